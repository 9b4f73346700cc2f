package org.tequio.server.command;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.procedure.KeyRefused;
import org.tequio.procedure.OfficeSeal;
import org.tequio.server.City;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code key}: with what the offices of a city sign their papers. */
@Command(
    name = "key",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {KeyCommand.Add.class, KeyCommand.Show.class})
final class KeyCommand extends CommandGroup {
  private static Map<String, Object> document(OfficeSeal seal) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("office", seal.office());
    document.put("name", seal.name());
    document.put("from", seal.from().toString());
    document.put("until", seal.until().toString());
    document.put("fingerprint", seal.fingerprint());
    return document;
  }

  /** {@code key add CITY OFFICE FILE}: gives an office the key with which it signs. */
  @Command(name = "add")
  static final class Add extends CityCommand {
    @Parameters(index = "0", paramLabel = "CITY")
    private Path city = Path.of("");

    @Parameters(index = "1", paramLabel = "OFFICE")
    private String office = "";

    @Parameters(index = "2", paramLabel = "FILE")
    private Path file = Path.of("");

    @Option(names = "--certificate", paramLabel = "FILE")
    private @Nullable Path certificate;

    @Option(names = "--password-file", paramLabel = "FILE")
    private @Nullable Path passwordFile;

    @Override
    ExitCode run() throws Exception {
      try (City open = open(city)) {
        Path words = passwordFile;
        Path pair = certificate;
        OfficeSeal seal =
            open.procedure()
                .addKey(
                    office,
                    Files.readAllBytes(file),
                    pair == null ? null : Files.readAllBytes(pair),
                    words == null
                        ? new char[0]
                        : Files.readString(words, StandardCharsets.UTF_8).strip().toCharArray());
        open.store().audit().append("operator", "key-add", office + " " + seal.fingerprint());
        terminal().say("key.added", office, seal.name(), seal.until().toString());
        terminal().answer(document(seal));
        return ExitCode.OK;
      } catch (KeyRefused e) {
        throw new CommandProblem(ExitCode.REFUSED, e.reason().in(terminal().language()));
      }
    }
  }

  /** {@code key list CITY}: whose keys there are, and until when they hold. */
  @Command(name = "list")
  static final class Show extends CityCommand {
    @Parameters(paramLabel = "CITY")
    private Path city = Path.of("");

    @Override
    ExitCode run() throws Exception {
      try (City open = open(city)) {
        List<List<String>> rows = new ArrayList<>();
        List<Map<String, Object>> documents = new ArrayList<>();
        for (OfficeSeal seal : open.procedure().listSeals()) {
          rows.add(
              List.of(seal.office(), seal.name(), seal.until().toString(), seal.fingerprint()));
          documents.add(document(seal));
        }
        if (rows.isEmpty()) {
          terminal().say("key.none");
        } else {
          terminal()
              .table(
                  List.of(
                      terminal().text("key.office"),
                      terminal().text("key.name"),
                      terminal().text("key.until"),
                      "SHA-256"),
                  rows);
        }
        terminal().answer(Map.of("keys", documents));
        return ExitCode.OK;
      }
    }
  }
}
