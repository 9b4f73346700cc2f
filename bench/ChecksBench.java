import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tequio.feature.Findings;
import org.tequio.feature.Progress;
import org.tequio.formats.Limits;
import org.tequio.formats.ReadContext;
import org.tequio.formats.osm.OsmElement;
import org.tequio.formats.osm.OsmSource;
import org.tequio.osm.CheckReport;
import org.tequio.osm.check.Checks;
import org.tequio.osm.preset.Presets;

/** Checks a file of elements some times over: ChecksBench.java FILE TIMES. Prints milliseconds of each, and what was found. */
public final class ChecksBench {
  public static void main(String[] arguments) throws Exception {
    List<OsmElement> elements = new ArrayList<>();
    OsmSource.of(
            Path.of(arguments[0]), new ReadContext(new Findings(), Limits.STANDARD, Progress.NONE))
        .forEach(elements::add);
    Checks checks = new Checks(Presets.of(Path.of("no-presets-of-its-own")));
    CheckReport report = null;
    for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
      long begin = System.nanoTime();
      report = checks.run(elements);
      System.out.printf("checks %d ms%n", (System.nanoTime() - begin) / 1_000_000);
    }
    Map<String, Integer> rules = new TreeMap<>();
    report.findings().forEach(one -> rules.merge(one.rule().id(), 1, Integer::sum));
    System.out.println(
        elements.size() + " elements, whole: " + report.isWhole() + ", found: " + rules);
  }
}
