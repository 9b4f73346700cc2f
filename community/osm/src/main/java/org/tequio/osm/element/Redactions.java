package org.tequio.osm.element;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.storage.Sql;

/**
 * Versions of elements that nobody but moderators may see any more, such as one with somebody's
 * name and telephone. They stay where they are, and say under which number they were hidden.
 */
public final class Redactions {
  private Redactions() {}

  /** How an attempt ended. */
  public enum Outcome {
    /** As it was wanted. */
    DONE,
    /** There is no such version. */
    MISSING,
    /** It is the present one, which everybody builds on. */
    CURRENT
  }

  /**
   * Hides a version, or shows it again.
   *
   * @param redaction the number under which it is hidden; null to show it
   */
  public static Outcome set(Connection connection, long key, int version, @Nullable Long redaction)
      throws SQLException {
    if (Sql.update(
            connection,
            "UPDATE osm_past SET redaction = ? WHERE key = ? AND version = ?",
            redaction,
            key,
            version)
        > 0) {
      return Outcome.DONE;
    }
    Optional<StoredElement> present = Elements.version(connection, key, version);
    return present.isPresent() ? Outcome.CURRENT : Outcome.MISSING;
  }

  /** True where a version is hidden. */
  public static boolean isHidden(Connection connection, long key, int version) throws SQLException {
    return Sql.number(
            connection,
            "SELECT COUNT(*) FROM osm_past WHERE key = ? AND version = ? AND redaction IS NOT NULL",
            key,
            version)
        > 0;
  }
}
