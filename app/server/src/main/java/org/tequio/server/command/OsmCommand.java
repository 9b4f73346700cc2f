package org.tequio.server.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.formats.FormatException;
import org.tequio.formats.osm.ElementForm;
import org.tequio.formats.osm.OsmElement;
import org.tequio.osm.ImportReport;
import org.tequio.osm.MapConflict;
import org.tequio.osm.MapExtract;
import org.tequio.osm.MapFiles;
import org.tequio.osm.PullReport;
import org.tequio.server.City;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code osm}: the community map as files, and the map that it follows. */
@Command(
    name = "osm",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      OsmCommand.Import.class,
      OsmCommand.Export.class,
      OsmCommand.Pull.class,
      OsmCommand.Conflicts.class,
      OsmLayerCommand.class
    })
final class OsmCommand extends CommandGroup {
  /** {@code osm import CITY FILE}. */
  @Command(name = "import")
  static final class Import extends CommunityCommand {
    @Parameters(index = "1", paramLabel = "FILE")
    private String file = "";

    @Override
    ExitCode run(City open, ProgressBar progress) throws IOException, FormatException {
      Path named = resolve(file);
      if (!Files.isRegularFile(named)) {
        throw new CommandProblem(ExitCode.REFUSED, terminal().text("osm.missing", file));
      }
      ImportReport report = open.osm().files().take(named, progress);
      progress.close();
      terminal().answer(report);
      terminal()
          .say(
              "osm.imported",
              file,
              terminal().number(report.nodes()),
              terminal().number(report.ways()),
              terminal().number(report.relations()));
      tell("osm.known", report.known());
      tell("osm.gone", report.gone());
      tell("osm.unversioned", report.unversioned());
      tell("osm.missing-nodes", report.missingNodes());
      tell("osm.missing-members", report.missingMembers());
      return ExitCode.OK;
    }
  }

  /** {@code osm export CITY FILE}. */
  @Command(name = "export")
  static final class Export extends CommunityCommand {
    @Parameters(index = "1", paramLabel = "FILE")
    private String file = "";

    @Option(names = "--bbox", paramLabel = "W,S,E,N")
    private @Nullable String bbox;

    @Option(names = "--without-authors")
    private boolean withoutAuthors;

    @Override
    ExitCode run(City open, ProgressBar progress) throws IOException {
      ElementForm form =
          ElementForm.ofName(file.toLowerCase(Locale.ROOT))
              .filter(ElementForm::isState)
              .orElseThrow(
                  () -> new CommandProblem(ExitCode.USAGE, terminal().text("osm.form", file)));
      Path target = resolve(file);
      Path part = target.resolveSibling(target.getFileName() + ".part");
      try {
        MapExtract.Counts counts =
            open.osm()
                .files()
                .write(
                    new MapExtract(bbox == null ? null : box(bbox), !withoutAuthors),
                    form,
                    Files.newOutputStream(part),
                    progress);
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        progress.close();
        terminal().answer(counts);
        terminal()
            .say(
                "osm.exported",
                file,
                terminal().number(counts.nodes()),
                terminal().number(counts.ways()),
                terminal().number(counts.relations()));
        return ExitCode.OK;
      } finally {
        Files.deleteIfExists(part);
      }
    }
  }

  /** {@code osm pull CITY URL}. */
  @Command(name = "pull")
  static final class Pull extends CommunityCommand {
    @Parameters(index = "1", paramLabel = "URL")
    private String url = "";

    @Option(names = "--bbox", paramLabel = "W,S,E,N")
    private @Nullable String bbox;

    @Option(names = "--since", paramLabel = "SEQUENCE")
    private @Nullable Long since;

    @Override
    ExitCode run(City open, ProgressBar progress) throws IOException, FormatException {
      PullReport report =
          open.osm().files().pull(url, bbox == null ? null : box(bbox), since, progress);
      progress.close();
      terminal().answer(report);
      terminal()
          .say(
              "osm.pulled",
              terminal().number(report.sequence()),
              terminal().number(report.taken()),
              terminal().number(report.merged()),
              terminal().number(report.same()),
              terminal().number(report.elsewhere()));
      if (report.conflicts() > 0) {
        terminal().say("osm.conflicts", terminal().number(report.conflicts()));
        return ExitCode.ATTENTION;
      }
      return ExitCode.OK;
    }
  }

  /** {@code osm conflicts CITY}: what pulls could not merge, and what a person says of it. */
  @Command(name = "conflicts")
  static final class Conflicts extends CommunityCommand {
    @Option(names = "--ours", paramLabel = "TYPE/ID")
    private List<String> ours = List.of();

    @Option(names = "--theirs", paramLabel = "TYPE/ID")
    private List<String> theirs = List.of();

    @Override
    ExitCode run(City open, ProgressBar progress) {
      progress.close();
      MapFiles files = open.osm().files();
      ours.forEach(one -> settle(files, one, false));
      theirs.forEach(one -> settle(files, one, true));
      List<MapConflict> left = files.listConflicts();
      List<List<String>> rows = new ArrayList<>();
      List<Map<String, Object>> documents = new ArrayList<>();
      for (MapConflict conflict : left) {
        OsmElement element = conflict.theirs();
        String name = element.type().word() + "/" + element.id();
        String reason = conflict.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
        for (MapConflict.Difference one : conflict.differences()) {
          rows.add(
              List.of(
                  name,
                  terminal().text("osm.reason." + reason),
                  what(one),
                  said(one, one.ours()),
                  said(one, one.theirs()),
                  String.valueOf(element.meta().version()),
                  element.meta().user()));
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("element", name);
        document.put("reason", reason);
        document.put("differences", conflict.differences());
        document.put("theirVersion", element.meta().version());
        document.put("since", conflict.since().toString());
        documents.add(document);
      }
      terminal().answer(Map.of("conflicts", documents));
      if (left.isEmpty()) {
        terminal().say("osm.no-conflicts");
      } else {
        terminal()
            .table(
                List.of(
                    terminal().text("osm.head.element"),
                    terminal().text("osm.head.reason"),
                    terminal().text("osm.head.what"),
                    terminal().text("osm.head.ours"),
                    terminal().text("osm.head.theirs"),
                    terminal().text("osm.head.version"),
                    terminal().text("osm.head.author")),
                rows);
      }
      return ExitCode.OK;
    }

    private String what(MapConflict.Difference one) {
      return switch (one.what()) {
        case "@place", "@nodes", "@members", "@there" ->
            terminal().text("osm.what." + one.what().substring(1));
        default -> one.what();
      };
    }

    private String said(MapConflict.Difference one, @Nullable String value) {
      if (value == null) {
        return "—";
      }
      return one.what().equals("@there") ? terminal().text("osm.there." + value) : value;
    }

    private void settle(MapFiles files, String name, boolean asTheirs) {
      String[] parts = name.split("/", 3);
      for (OsmElement.Type type : OsmElement.Type.values()) {
        if (parts.length == 2
            && type.word().equals(parts[0])
            && parts[1].matches("[0-9]{1,15}")
            && files.settle(type, Long.parseLong(parts[1]), asTheirs)) {
          return;
        }
      }
      throw new CommandProblem(ExitCode.REFUSED, terminal().text("osm.no-conflict", name));
    }
  }
}
