package org.tequio.server;

import org.tequio.server.command.TequioCommand;

/** The program's entry: hands the command line to {@link TequioCommand}. */
public final class Tequio {
  private Tequio() {}

  /** Runs one command and exits with its code; see {@code ./tequio --help}. */
  public static void main(String[] arguments) {
    System.exit(TequioCommand.execute(arguments));
  }
}
