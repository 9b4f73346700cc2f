package org.tequio.formats.geoparquet;

import org.tequio.feature.FieldType;

/**
 * How a column's values lie in the file, and what they mean (parquet-format 2.x, Types and Logical
 * Types).
 */
enum ParquetType {
  BOOLEAN(0),
  DATE(1),
  INTEGER(2),
  INSTANT(2),
  DECIMAL(5),
  WKB(6),
  TEXT(6);

  private final int physical;

  ParquetType(int physical) {
    this.physical = physical;
  }

  static ParquetType of(FieldType type) {
    return switch (type) {
      case TEXT -> TEXT;
      case INTEGER -> INTEGER;
      case DECIMAL -> DECIMAL;
      case BOOLEAN -> BOOLEAN;
      case DATE -> DATE;
      case INSTANT -> INSTANT;
    };
  }

  /** The number of its physical type. */
  int physical() {
    return physical;
  }

  /** True where the least and the greatest of a group of rows are told. */
  boolean hasOrder() {
    return switch (this) {
      case DATE, INTEGER, INSTANT, DECIMAL -> true;
      case BOOLEAN, WKB, TEXT -> false;
    };
  }

  /** Says what the values mean, in words old and new. */
  void meaning(ThriftBytes column) {
    switch (this) {
      case TEXT -> {
        column.i32(6, 0);
        column.struct(10, is -> is.mark(1));
      }
      case DATE -> {
        column.i32(6, 6);
        column.struct(10, is -> is.mark(6));
      }
      case INSTANT -> {
        column.i32(6, 10);
        column.struct(
            10,
            is ->
                is.struct(
                    8,
                    time -> {
                      time.bool(1, true);
                      time.struct(2, unit -> unit.mark(2));
                    }));
      }
      case BOOLEAN, INTEGER, DECIMAL, WKB -> {
        // The physical type says it.
      }
    }
  }
}
