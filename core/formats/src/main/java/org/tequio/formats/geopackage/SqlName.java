package org.tequio.formats.geopackage;

/** Names of tables and columns as SQL text. */
final class SqlName {
  private SqlName() {}

  /** The name in double quotes, whatever characters it has. */
  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** A text literal in single quotes. */
  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
