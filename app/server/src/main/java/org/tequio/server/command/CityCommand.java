package org.tequio.server.command;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** What every command has: a terminal to speak to, and a body that ends with an exit code. */
abstract class CityCommand implements Callable<Integer> {
  private @Nullable Terminal terminal;

  final void speakTo(Terminal terminal) {
    this.terminal = terminal;
  }

  final Terminal terminal() {
    return Objects.requireNonNull(terminal, "a command speaks only after it was parsed");
  }

  /** Does the command's work. */
  abstract ExitCode run() throws Exception;

  @Override
  public final Integer call() throws Exception {
    return run().number();
  }
}
