package org.tequio.feature.filter;

import java.util.Arrays;
import java.util.Optional;

/** The encodings of a filter (OGC 21-065r2, clause 8). Both are written and read without loss. */
public enum FilterLanguage {
  /** CQL2 text. */
  CQL2_TEXT("cql2-text"),
  /** CQL2 JSON. */
  CQL2_JSON("cql2-json");

  private final String wireName;

  FilterLanguage(String wireName) {
    this.wireName = wireName;
  }

  /** The value of the parameter {@code filter-lang}. */
  public String wireName() {
    return wireName;
  }

  /** The language of this wire name. */
  public static Optional<FilterLanguage> find(String wireName) {
    return Arrays.stream(values()).filter(one -> one.wireName.equals(wireName)).findFirst();
  }

  /**
   * Reads a filter.
   *
   * @throws FilterRefused where it is none, with the place and what was expected there
   */
  public Expression parse(String filter) {
    return switch (this) {
      case CQL2_TEXT -> Cql2TextParser.parse(filter);
      case CQL2_JSON -> Cql2JsonParser.parse(filter);
    };
  }

  /** Writes a filter so that {@link #parse} reads the same. */
  public String write(Expression filter) {
    return switch (this) {
      case CQL2_TEXT -> Cql2TextWriter.write(filter);
      case CQL2_JSON -> Cql2JsonWriter.write(filter);
    };
  }
}
