package org.tequio.publish.ogc;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.http.Parameter;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The key by which pages follow each other: the last feature of a page, by its identifier and, in a
 * sorted answer, the values by which it stood where it did. Nothing is counted from the beginning,
 * so no feature is told twice or missed because others came or went between two pages.
 *
 * @param values as texts; empty where the order is that of identifiers
 */
record PageKey(long id, List<@Nullable String> values) {
  /** Before the first feature. */
  static final PageKey START = new PageKey(0, List.of());

  /** The query parameter. */
  static final Parameter<PageKey> AFTER =
      new Parameter<>(
          Parameter.Place.QUERY,
          "after",
          "Only features behind this one: the key by which pages follow each other. It is an"
              + " identifier or, in a sorted answer, what the link to the next page says.",
          new LocalText(
              "la clave del enlace a la página siguiente",
              "a chave da ligação à página seguinte",
              "the key of a link to the next page"),
          Parameter.schema("string", "pattern", "^[0-9]{1,18}(~[A-Za-z0-9_-]+)?$"),
          PageKey::parse);

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final int LONGEST = 8_000;

  /** Copies the values, keeping their nulls. */
  PageKey {
    values = Collections.unmodifiableList(new ArrayList<>(values));
  }

  private static Optional<PageKey> parse(String text) {
    if (text.length() > LONGEST || !text.matches("[0-9]{1,18}(~[A-Za-z0-9_-]+)?")) {
      return Optional.empty();
    }
    String[] parts = text.split("~", 2);
    long id = Long.parseLong(parts[0]);
    if (parts.length == 1) {
      return Optional.of(new PageKey(id, List.of()));
    }
    try {
      String json = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
      @Nullable String[] values = MAPPER.readValue(json, String[].class);
      return values == null
          ? Optional.empty()
          : Optional.of(new PageKey(id, java.util.Arrays.asList(values)));
    } catch (JacksonException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    if (values.isEmpty()) {
      return Long.toString(id);
    }
    byte[] json = MAPPER.writeValueAsBytes(values);
    return id + "~" + Base64.getUrlEncoder().withoutPadding().encodeToString(json);
  }
}
