package org.tequio.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tequio.feature.Language;
import picocli.CommandLine;

/** What {@code --help} says of each command. */
class HelpTest {
  @Test
  void everyOptionAndEveryArgumentIsExplainedInEveryLanguage() {
    for (Language language : Language.values()) {
      CommandLine line = new CommandLine(new TequioCommand());
      line.setResourceBundle(Terminal.texts(language));
      assertThat(unexplained(line)).as(language.tag()).isEmpty();
    }
  }

  private static List<String> unexplained(CommandLine line) {
    Stream<String> own =
        line.getCommandSpec().args().stream()
            .filter(one -> String.join("", one.description()).isBlank())
            .map(one -> line.getCommandSpec().qualifiedName() + " " + one.paramLabel());
    return Stream.concat(
            own, line.getSubcommands().values().stream().flatMap(one -> unexplained(one).stream()))
        .toList();
  }
}
