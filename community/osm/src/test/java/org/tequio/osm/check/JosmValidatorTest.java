package org.tequio.osm.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.formats.osm.ElementForm;
import org.tequio.formats.osm.ElementWriter;
import org.tequio.formats.osm.OsmElement;
import org.tequio.formats.osm.OsmElement.Meta;

/**
 * JOSM's own validator, run on what we write, finds the same faults wherever both know the rule.
 * Skipped where the package {@code josm} is not installed.
 */
class JosmValidatorTest {
  private static final Path JOSM = Path.of("/usr/share/josm/josm.jar");
  private static final Pattern MESSAGE = Pattern.compile("\"message\":\"([^\"]*)\"");

  @TempDir Path folder;

  private final Sketch map = new Sketch();

  /** Our rule, and what JOSM says of the same fault; see the table in docs/conformance.md. */
  private Map<String, String> drawFaults() {
    Map<String, String> both = new LinkedHashMap<>();
    map.box("building=yes", 0, 0, 10, 10);
    map.box("building=yes", 5, 5, 15, 15);
    both.put("crossing-buildings", "Overlapping buildings");
    map.line("landuse=residential", 100, 0, 130, 0, 130, 30, 100, 30);
    both.put("unclosed-area", "Unclosed way");
    map.line("highway=path", 200, 0, 220, 20, 220, 0, 200, 20);
    both.put("self-crossing", "Self crossing ways");
    long a = map.node(300, 0);
    long b = map.node(340, 5);
    map.way("highway=path", a, b);
    map.way("highway=path", a, b);
    both.put("duplicate-ways", "Duplicated ways");
    map.way("highway=path", map.node(400, 0), map.node(420, 0));
    map.way("highway=path", map.node(400, 0), map.node(400, 30));
    both.put("duplicate-nodes", "Highway duplicated nodes");
    map.line("highway=residential", 500, 0, 560, 0);
    map.line("highway=residential", 530, -30, 530, 30);
    both.put("crossing-roads", "Crossing highways");
    map.line("waterway=stream", 600, 0, 660, 0);
    map.line("waterway=stream", 630, -30, 630, 30);
    both.put("crossing-waterways", "Crossing waterways");
    map.line("waterway=stream", 700, 0, 760, 0);
    map.line("highway=residential", 730, -30, 730, 30);
    both.put("road-over-water", "Crossing highway/waterway");
    map.box("building=yes", 800, -5, 810, 5);
    map.line("highway=residential", 790, 0, 830, 0);
    both.put("road-through-building", "Crossing building/highway");
    map.line("", 900, 0, 940, 0);
    both.put("tagless-way", "Untagged ways");
    map.way("highway=path", map.node(1000, 0));
    both.put("short-way", "One node ways");
    map.node(1100, 0);
    both.put("tagless-node", "Unconnected nodes without physical tags");
    map.line("highway=residential", 1200, 0, 1260, 0);
    map.line("highway=residential", 1230, 40, 1230, 3);
    both.put("loose-end", "Way end node near other highway");
    return both;
  }

  @Test
  void bothFindTheSameFaults() throws Exception {
    assumeTrue(Files.exists(JOSM), "JOSM is not installed (Debian package josm)");
    Map<String, String> both = drawFaults();
    Path file = folder.resolve("faults.osm");
    try (OutputStream out = Files.newOutputStream(file);
        ElementWriter writer = ElementForm.XML.open(out, ElementForm.Content.SORTED)) {
      for (OsmElement element :
          map.elements().stream()
              .sorted(Comparator.comparing(OsmElement::type).thenComparing(OsmElement::id))
              .toList()) {
        writer.write(element.with(new Meta(1, 1_700_000_000, 1, 1, "Alicia", true)));
      }
    }

    String josm = validate(file);

    Map<String, Boolean> ours = new TreeMap<>();
    both.forEach((rule, message) -> ours.put(rule, josm.contains(message)));
    assertThat(new TreeSet<>(map.rules())).containsAll(both.keySet());
    assertThat(ours).as(josm).doesNotContainValue(false);
  }

  /** What JOSM says, a line each. */
  private String validate(Path file) throws IOException, InterruptedException {
    Path answer = folder.resolve("answer.geojson");
    Path log = folder.resolve("josm.log");
    Process josm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djosm.home=" + folder.resolve("josm"),
                "-Djava.awt.headless=true",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                JOSM.toString(),
                "validate",
                "-i",
                file.toString(),
                "-o",
                answer.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(josm.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(josm.exitValue()).as(Files.readString(log)).isZero();
    TreeSet<String> messages = new TreeSet<>();
    Matcher message = MESSAGE.matcher(Files.readString(answer));
    while (message.find()) {
      messages.add(message.group(1));
    }
    return String.join("\n", messages);
  }
}
