package org.tequio.demo.file;

import java.util.ArrayList;
import java.util.List;

/**
 * One column of a department's table.
 *
 * @param name as the department writes it
 * @param type what its cells hold
 */
public record Column(String name, Type type) {

  /** What cells hold. */
  public enum Type {
    /** String. */
    TEXT,
    /** Long or Integer. */
    INTEGER,
    /** Double. */
    DECIMAL,
    /** LocalDate. */
    DATE
  }

  /**
   * Columns of a short notation: names parted by blanks; {@code :i} behind a name makes it an
   * integer, {@code :d} a decimal, {@code :t} a date.
   */
  public static List<Column> list(String notation) {
    List<Column> columns = new ArrayList<>();
    for (String word : notation.split(" ")) {
      int colon = word.lastIndexOf(':');
      Type type =
          colon < 0
              ? Type.TEXT
              : switch (word.substring(colon)) {
                case ":i" -> Type.INTEGER;
                case ":d" -> Type.DECIMAL;
                case ":t" -> Type.DATE;
                default -> throw new IllegalArgumentException("not a column: " + word);
              };
      columns.add(new Column(colon < 0 ? word : word.substring(0, colon), type));
    }
    return List.copyOf(columns);
  }
}
