package org.tequio.procedure.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tequio.catalogue.dictionary.LayerDictionary;
import org.tequio.feature.Code;
import org.tequio.feature.Crs;
import org.tequio.feature.DataClass;
import org.tequio.feature.LocalText;
import org.tequio.procedure.Basis;
import org.tequio.procedure.CodeTable;
import org.tequio.procedure.Fee;
import org.tequio.procedure.Handling;
import org.tequio.procedure.Input;
import org.tequio.procedure.InputType;
import org.tequio.procedure.Kind;
import org.tequio.procedure.Procedure;
import org.tequio.procedure.ProcedureId;
import org.tequio.procedure.Result;
import org.tequio.procedure.Silence;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Bruno, and somebody worse than Bruno, answers to the questions of a procedure. */
class EntryReaderTest {
  private static final LocalText TEXT = LocalText.same("x");
  private static final Basis BASIS = new Basis("law", null, null, false);
  private static final CompiledProcedure PROCEDURE =
      CompiledProcedure.of(
          new Procedure(
              new ProcedureId("q.test"),
              TEXT,
              TEXT,
              Kind.QUERY,
              Handling.INSTANT,
              TEXT,
              "works",
              List.of(
                  input("place", new InputType.Place(InputType.Shape.POLYGON), null),
                  input("area", new InputType.Number("m2", 0, 1000), null),
                  input("people", new InputType.Whole(1, 99), null),
                  input("note", new InputType.Text(20), null),
                  input("use", new InputType.Choice(List.of(new Code("shop", TEXT))), null),
                  input("trade", new InputType.CodeOf("trades"), null),
                  input("day", new InputType.Day(), null),
                  input("sells", new InputType.YesNo(), null),
                  input("licence", new InputType.Text(20), "sells")),
              List.of(),
              List.of(),
              List.of(),
              new Fee.Free(BASIS),
              null,
              null,
              new Silence(Silence.Effect.NONE, BASIS),
              List.of(),
              new Result(TEXT, null, null, BASIS),
              List.of(),
              null,
              List.of(),
              List.of()),
          LayerDictionary.standard(),
          Map.of(),
          Map.of("trades", trades()));

  private static CodeTable trades() {
    return new CodeTable(
        "trades",
        TEXT,
        IntStream.range(1, 15)
            .mapToObj(i -> new CodeTable.Entry("t" + i, TEXT, Map.of()))
            .toList());
  }

  private static final String RIGHT =
      """
      {"place": {"type": "Polygon", "coordinates":
        [[[-99.1, 19.4], [-99.0, 19.4], [-99.0, 19.5], [-99.1, 19.4]]]},
       "area": 12.5, "people": 3, "note": "none", "use": "shop", "trade": "t7", "day": "2026-02-28", "sells": false}
      """;

  private static Input input(String id, InputType type, @Nullable String when) {
    return new Input(id, type, TEXT, null, true, when, DataClass.PUBLIC);
  }

  private static Entries read(String json) {
    Map<String, JsonNode> given =
        JsonMapper.shared().readTree(json).properties().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    return EntryReader.read(PROCEDURE, given, PlaceReader.ofDegrees(new Crs(32614)));
  }

  @Test
  void whatIsRightIsReadAndWhatIsNotAskedMayBeMissing() {
    assertThat(read(RIGHT).value("people")).isEqualTo(3L);
    assertThat(read(RIGHT).value("licence")).isNull();
  }

  @Test
  void aConditionMakesAQuestionOne() {
    assertThatThrownBy(() -> read(RIGHT.replace("\"sells\": false", "\"sells\": true")))
        .isInstanceOfSatisfying(
            Entries.Refused.class, e -> assertThat(e.reasons()).containsOnlyKeys("licence"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "12.5|1001|area",
        "12.5|\"NaN\"|area",
        "12.5|1e999|area",
        "\"people\": 3|\"people\": 3.5|people",
        "\"people\": 3|\"people\": 0|people",
        "\"people\": 3|\"people\": null|people",
        "\"none\"|\"a note of more than twenty characters\"|note",
        "\"none\"|{\"$gt\": \"\"}|note",
        "\"shop\"|\"shop; true\"|use",
        "2026-02-28|2026-02-30|day",
        "\"sells\": false|\"sells\": \"no\"|sells",
        "\"sells\": false|\"sells\": false, \"role\": \"admin\"|role",
        "-99.1, 19.4|-999.1, 19.4|place",
        "Polygon|Point|place",
        "[-99.0, 19.5], [-99.1, 19.4]|[-99.0, 19.5]|place"
      })
  void whatIsWrongIsRefusedByItsName(String right, String wrong, String name) {
    assertThatThrownBy(() -> read(RIGHT.replace(right, wrong)))
        .isInstanceOfSatisfying(
            Entries.Refused.class, e -> assertThat(e.reasons()).containsOnlyKeys(name));
  }

  @Test
  void aCodeThatNoTableHasNamesTheFirstThatItHas() {
    assertThatThrownBy(() -> read(RIGHT.replace("\"t7\"", "\"t77\"")))
        .isInstanceOfSatisfying(
            Entries.Refused.class,
            e ->
                assertThat(e.reasons())
                    .hasEntrySatisfying(
                        "trade",
                        reason ->
                            assertThat(reason.en())
                                .startsWith("wanted one of: t1, t2, ")
                                .endsWith(", …")));
  }

  @Test
  void aMillionVerticesAreRefusedBeforeAnybodyLooksAtThem() {
    String ring =
        IntStream.range(0, 1_000_000)
            .mapToObj(i -> "[-99.1, 19.4]")
            .collect(Collectors.joining(","));

    assertThatThrownBy(
            () -> read("{\"place\": {\"type\": \"Polygon\", \"coordinates\": [[" + ring + "]]}}"))
        .isInstanceOfSatisfying(
            Entries.Refused.class,
            e ->
                assertThat(e.reasons())
                    .hasEntrySatisfying(
                        "place", reason -> assertThat(reason.en()).contains("10000")));
  }
}
