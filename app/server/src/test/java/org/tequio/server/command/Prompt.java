package org.tequio.server.command;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.tequio.feature.Language;

/** Types commands in a folder. */
final class Prompt {
  private final Path folder;

  Prompt(Path folder) {
    this.folder = folder;
  }

  /** What a command said and how it ended. */
  record Answer(int code, String out, String err) {}

  Answer run(Language language, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        TequioCommand.execute(
            new Invocation(
                arguments,
                folder,
                language,
                false,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                null,
                null));
    return new Answer(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
