package org.tequio.storage.postgis;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.tequio.storage.StoreBusy;
import org.tequio.storage.StoreFault;

/** What the failures of PostgreSQL mean (SQLSTATE, PostgreSQL's appendix A). */
final class Faults {
  /** Of our own making: a commit that nobody answered. */
  static final String COMMIT_UNKNOWN = "TQ001";

  private static final Set<String> LOCKED = Set.of("55P03", "40P01", "40001", "57014");
  private static final Set<String> SHUT_DOWN = Set.of("57P01", "57P02", "57P03", "53300");

  private Faults() {}

  /** True where the connection is gone. */
  static boolean isLost(SQLException e) {
    String state = e.getSQLState();
    return state != null && (state.startsWith("08") || SHUT_DOWN.contains(state));
  }

  /** What a failure is to those who call the store. */
  static StoreFault of(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    if (e instanceof SQLTransientConnectionException) {
      return new StoreBusy(
          "no connection to PostgreSQL is free, or it cannot be reached: " + e.getMessage(), e);
    }
    if (isLost(e)) {
      return new StoreBusy("the connection to PostgreSQL was lost: " + e.getMessage(), e);
    }
    if (LOCKED.contains(state)) {
      return new StoreBusy(
          "another program holds what is to be changed; save or end its edit session and try"
              + " again: "
              + e.getMessage(),
          e);
    }
    return new StoreFault("PostgreSQL: " + e.getMessage(), e);
  }
}
