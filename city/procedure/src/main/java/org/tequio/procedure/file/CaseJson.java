package org.tequio.procedure.file;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tequio.procedure.writeback.MapLine;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;

/** Case files as the table keeps them. */
final class CaseJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addMixIn(CaseState.class, Tagged.class)
          .registerSubtypes(
              new NamedType(CaseState.Draft.class, "draft"),
              new NamedType(CaseState.AwaitingPayment.class, "awaiting-payment"),
              new NamedType(CaseState.Filed.class, "filed"),
              new NamedType(CaseState.UnderReview.class, "under-review"),
              new NamedType(CaseState.Prevented.class, "prevented"),
              new NamedType(CaseState.Fulfilled.class, "fulfilled"),
              new NamedType(CaseState.Granted.class, "granted"),
              new NamedType(CaseState.Refused.class, "refused"),
              new NamedType(CaseState.FellSilent.class, "fell-silent"),
              new NamedType(CaseState.NotPresented.class, "not-presented"),
              new NamedType(CaseState.Withdrawn.class, "withdrawn"),
              new NamedType(CaseState.Archived.class, "archived"))
          .build();

  private CaseJson() {}

  /** A state says which it is. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
  private interface Tagged {}

  static String write(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  static Map<String, String> texts(String text) {
    Map<String, String> texts = new LinkedHashMap<>();
    MAPPER
        .readTree(text)
        .properties()
        .forEach(one -> texts.put(one.getKey(), one.getValue().asString()));
    return texts;
  }

  static MapLine readLine(String text) {
    return MAPPER.readValue(text, MapLine.class);
  }

  static CaseFile read(String text) {
    return MAPPER.readValue(text, CaseFile.class);
  }
}
