package org.tequio.server.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.UnsuitableFiles;
import org.tequio.feature.LayerId;
import org.tequio.review.DiffSummary;
import org.tequio.review.LayerComparison;
import org.tequio.review.SchemaChange;
import org.tequio.server.City;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code diff CITY LAYER A [B]}: what is different between two states of a layer, or between the
 * layer and a file that would be its new version.
 */
@Command(name = "diff")
final class DiffCommand extends CityCommand {
  private static final int PAGE = 1000;

  @Parameters(index = "0", paramLabel = "CITY")
  private Path city = Path.of("");

  @Parameters(index = "1", paramLabel = "LAYER")
  private String layer = "";

  @Parameters(index = "2", paramLabel = "A|FILE")
  private String from = "";

  @Parameters(index = "3", arity = "0..1", paramLabel = "B")
  private @Nullable String to;

  @Option(names = "--limit", paramLabel = "N", defaultValue = "20")
  private int limit;

  @Override
  ExitCode run() throws Exception {
    try (City open = open(city);
        ProgressBar progress = progress()) {
      LayerId id = layer(open, layer);
      Path file = resolve(from);
      LayerComparison comparison =
          to == null && Files.isRegularFile(file)
              ? open.review().compare(id, file, progress)
              : open.review().compare(id, state(from), state(to), progress);
      progress.close();
      return report(comparison);
    } catch (UnsuitableFiles e) {
      throw new CommandProblem(ExitCode.REFUSED, e.reason().in(terminal().language()));
    } catch (IllegalArgumentException e) {
      throw new CommandProblem(ExitCode.REFUSED, terminal().text("diff.nothing", layer, from));
    }
  }

  static List<String> head(Terminal terminal) {
    return List.of(
        terminal.text("diff.layer"),
        terminal.text("diff.added"),
        terminal.text("diff.removed"),
        terminal.text("diff.geometry"),
        terminal.text("diff.attributes"),
        terminal.text("diff.both"),
        terminal.text("diff.unchanged"),
        terminal.text("diff.doubtful"));
  }

  private ExitCode report(LayerComparison comparison) throws java.io.IOException {
    DiffSummary sum = comparison.summary();
    terminal()
        .table(
            head(terminal()).subList(0, 7),
            List.of(
                List.of(
                    comparison.layer().value(),
                    Long.toString(sum.added()),
                    Long.toString(sum.removed()),
                    Long.toString(sum.geometry()),
                    Long.toString(sum.attributes()),
                    Long.toString(sum.both()),
                    Long.toString(sum.unchanged()))));
    for (SchemaChange change : comparison.schema()) {
      terminal()
          .say(
              "diff.field",
              change.kind(),
              change.field(),
              String.valueOf(change.from()),
              String.valueOf(change.to()));
    }
    List<LayerComparison.Change> changes =
        comparison.changes().list(0, Math.min(PAGE, Math.max(0, limit)));
    for (LayerComparison.Change change : changes) {
      terminal().say("diff.change", change.kind(), Long.toString(change.feature()));
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("layer", comparison.layer().value());
    answer.put("summary", sum);
    answer.put("schema", comparison.schema());
    answer.put("changes", changes);
    terminal().answer(answer);
    return ExitCode.OK;
  }
}
