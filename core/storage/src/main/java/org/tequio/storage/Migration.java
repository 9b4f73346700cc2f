package org.tequio.storage;

import java.util.List;

/**
 * One step of a module's tables.
 *
 * @param version from 1, in order, never changed once released
 * @param statements SQL in the common subset of SQLite and PostgreSQL
 */
public record Migration(int version, List<String> statements) {
  /** Copies the statements. */
  public Migration {
    statements = List.copyOf(statements);
  }
}
