package org.tequio.server.command;

/** What a command's exit code says to a script; documented in {@code ./tequio --help}. */
enum ExitCode {
  /** Done. */
  OK(0),
  /** Done, and something needs attention: damage found, files refused. */
  ATTENTION(1),
  /** The command line was wrong. */
  USAGE(2),
  /** No city there, or it is in use by another process. */
  NO_CITY(3),
  /** Nothing was done because the input could not be used. */
  REFUSED(4),
  /** The disk or network failed. */
  INPUT_OUTPUT(5),
  /** A fault of Tequio's own. */
  BUG(70),
  /** Stopped by Ctrl-C; nothing half-done was kept. */
  CANCELLED(130);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
