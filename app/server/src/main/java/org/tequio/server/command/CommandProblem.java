package org.tequio.server.command;

/** A command that cannot go on: told in the reader's language, without a stack trace. */
final class CommandProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode code;

  CommandProblem(ExitCode code, String message) {
    super(message);
    this.code = code;
  }

  ExitCode code() {
    return code;
  }
}
