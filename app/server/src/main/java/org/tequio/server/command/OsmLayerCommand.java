package org.tequio.server.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.tequio.feature.Bbox;
import org.tequio.feature.Finding;
import org.tequio.formats.osm.OsmElement;
import org.tequio.osm.Box;
import org.tequio.osm.LayerConflict;
import org.tequio.osm.LayerReport;
import org.tequio.osm.LayerStatus;
import org.tequio.osm.MapLayers;
import org.tequio.osm.Settlement;
import org.tequio.server.City;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code osm layer}: the community map beside the city's layers. */
@Command(
    name = "layer",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      OsmLayerCommand.Status.class,
      OsmLayerCommand.Propose.class,
      OsmLayerCommand.Improve.class,
      OsmLayerCommand.Settle.class
    })
final class OsmLayerCommand extends CommandGroup {
  private static final String ACCOUNT = "operator";
  private static final Pattern ELEMENT = Pattern.compile("(node|way|relation)/([1-9][0-9]{0,14})");

  /** What lists contradictions. */
  private abstract static class Listing extends CommunityCommand {
    /** Tells in what a layer and the map contradict each other. */
    final ExitCode conflicts(List<LayerConflict> conflicts) {
      List<Map<String, Object>> documents = new ArrayList<>();
      List<List<String>> rows = new ArrayList<>();
      boolean waits = false;
      for (LayerConflict conflict : conflicts) {
        LayerStatus.Link link = conflict.link();
        for (LayerConflict.Difference one : conflict.differences()) {
          String right = one.settled().name().toLowerCase(Locale.ROOT);
          waits |= one.settled() == Settlement.OPEN;
          rows.add(
              List.of(
                  Long.toString(link.feature()),
                  link.element(),
                  one.field(),
                  value(one.inLayer()),
                  value(one.onMap()),
                  terminal().text("osm.layer.right." + right)));
          Map<String, Object> document = new LinkedHashMap<>();
          document.put("feature", link.feature());
          document.put("element", link.element());
          document.put("field", one.field());
          document.put("inLayer", one.inLayer());
          document.put("onMap", one.onMap());
          document.put("right", right);
          documents.add(document);
        }
      }
      terminal().answer(Map.of("conflicts", documents));
      if (rows.isEmpty()) {
        terminal().say("osm.no-conflicts");
        return ExitCode.OK;
      }
      terminal()
          .table(
              List.of(
                  terminal().text("osm.layer.head.feature"),
                  terminal().text("osm.head.element"),
                  terminal().text("osm.layer.head.field"),
                  terminal().text("osm.layer.head.city"),
                  terminal().text("osm.layer.head.community"),
                  terminal().text("osm.layer.head.right")),
              rows);
      return waits ? ExitCode.ATTENTION : ExitCode.OK;
    }

    private static String value(@Nullable String said) {
      return said == null ? "–" : said;
    }
  }

  /** {@code osm layer status CITY [MAPPING]}. */
  @Command(name = "status")
  static final class Status extends Listing {
    @Parameters(index = "1", arity = "0..1", paramLabel = "MAPPING")
    private @Nullable String mapping;

    @Override
    ExitCode run(City open, ProgressBar progress) {
      progress.close();
      MapLayers layers = open.mapLayers();
      if (mapping != null) {
        return conflicts(layers.listConflicts(mapping));
      }
      List<List<String>> rows = new ArrayList<>();
      List<Map<String, Object>> documents = new ArrayList<>();
      for (LayerStatus status : layers.list()) {
        String layer = status.layer() == null ? "" : status.layer().value();
        rows.add(
            List.of(
                status.mapping(),
                layer.isEmpty() ? "–" : layer,
                terminal().number(status.linked()),
                terminal().number(status.conflicts()),
                String.join(", ", status.fields())));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("mapping", status.mapping());
        document.put("layer", layer);
        document.put("linked", status.linked());
        document.put("conflicts", status.conflicts());
        document.put("fields", status.fields());
        documents.add(document);
      }
      terminal().answer(Map.of("mappings", documents));
      terminal()
          .table(
              List.of(
                  terminal().text("osm.layer.head.mapping"),
                  terminal().text("osm.layer.head.layer"),
                  terminal().text("osm.layer.head.linked"),
                  terminal().text("osm.layer.head.conflicts"),
                  terminal().text("osm.layer.head.fields")),
              rows);
      return ExitCode.OK;
    }
  }

  /** {@code osm layer settle CITY MAPPING}: in what both contradict, and who is right. */
  @Command(name = "settle")
  static final class Settle extends Listing {
    @Parameters(index = "1", paramLabel = "MAPPING")
    private String mapping = "";

    @Option(names = "--city", paramLabel = "TYPE/ID")
    private List<String> city = List.of();

    @Option(names = "--community", paramLabel = "TYPE/ID")
    private List<String> community = List.of();

    @Option(names = "--open", paramLabel = "TYPE/ID")
    private List<String> open = List.of();

    @Override
    ExitCode run(City opened, ProgressBar progress) {
      progress.close();
      MapLayers layers = opened.mapLayers();
      city.forEach(one -> settle(layers, one, Settlement.LAYER));
      community.forEach(one -> settle(layers, one, Settlement.ELEMENT));
      open.forEach(one -> settle(layers, one, Settlement.OPEN));
      return conflicts(layers.listConflicts(mapping));
    }

    private void settle(MapLayers layers, String name, Settlement right) {
      Matcher named = ELEMENT.matcher(name);
      if (named.matches()) {
        OsmElement.Type type = OsmElement.Type.valueOf(named.group(1).toUpperCase(Locale.ROOT));
        if (layers.settle(mapping, type, Long.parseLong(named.group(2)), right)) {
          return;
        }
      }
      throw new CommandProblem(ExitCode.REFUSED, terminal().text("osm.no-conflict", name));
    }
  }

  /** What proposing and improving have: a mapping and a box. */
  private abstract static class Exchange extends CommunityCommand {
    @Parameters(index = "1", paramLabel = "MAPPING")
    private String mapping = "";

    @Option(names = "--bbox", paramLabel = "W,S,E,N")
    private @Nullable String bbox;

    @Option(names = "--dry-run")
    private boolean dryRun;

    @Override
    final ExitCode run(City open, ProgressBar progress) throws IOException {
      LayerReport report = run(open.mapLayers(), mapping, area(open), dryRun, progress);
      progress.close();
      LayerReport.Counts counts = report.counts();
      terminal().answer(report);
      terminal()
          .say(
              "osm.layer.report",
              report.layer(),
              terminal().number(counts.seen()),
              terminal().number(counts.created()),
              terminal().number(counts.changed()),
              terminal().number(counts.gone()),
              terminal().number(counts.same()));
      tell("osm.layer.found", counts.found());
      tell("osm.layer.waiting", counts.waiting());
      tell("osm.layer.conflicts", counts.conflicts());
      tell("osm.layer.unfit", counts.unfit());
      for (Finding finding : report.findings()) {
        String subject = String.valueOf(finding.subject());
        terminal()
            .say(
                "osm.layer.finding",
                terminal().number(finding.count()),
                finding.code().title().in(terminal().language()).replace("{subject}", subject),
                String.join(
                    ", ",
                    finding.examples().stream().map(Finding.Example::text).limit(5).toList()));
      }
      if (dryRun) {
        terminal().say("osm.layer.dry");
      } else {
        Long submission = report.submission();
        if (submission != null) {
          terminal().say("osm.layer.submission", Long.toString(submission), report.state());
        }
        report.changesets().forEach(one -> terminal().say("osm.layer.changeset", "" + one));
      }
      return counts.conflicts() + counts.unfit() > 0 ? ExitCode.ATTENTION : ExitCode.OK;
    }

    abstract LayerReport run(
        MapLayers layers, String mapping, Geometry area, boolean dry, ProgressBar progress)
        throws IOException;

    private Geometry area(City open) {
      if (bbox == null) {
        Bbox city = open.catalogue().city().bounds();
        if (city == null) {
          throw noBox("");
        }
        return area(city.minX(), city.minY(), city.maxX(), city.maxY());
      }
      Box box = box(bbox);
      if (box.area() == 0) {
        throw noBox(bbox);
      }
      return area(box.west() / 1e7, box.south() / 1e7, box.east() / 1e7, box.north() / 1e7);
    }

    private static Geometry area(double west, double south, double east, double north) {
      return new GeometryFactory().toGeometry(new Envelope(west, east, south, north));
    }
  }

  /** {@code osm layer propose CITY MAPPING}. */
  @Command(name = "propose")
  static final class Propose extends Exchange {
    @Override
    LayerReport run(
        MapLayers layers, String mapping, Geometry area, boolean dry, ProgressBar progress)
        throws IOException {
      return layers.propose(mapping, area, ACCOUNT, ACCOUNT, dry, progress);
    }
  }

  /** {@code osm layer improve CITY MAPPING}. */
  @Command(name = "improve")
  static final class Improve extends Exchange {
    @Override
    LayerReport run(
        MapLayers layers, String mapping, Geometry area, boolean dry, ProgressBar progress) {
      return layers.improve(mapping, area, dry, progress);
    }
  }
}
