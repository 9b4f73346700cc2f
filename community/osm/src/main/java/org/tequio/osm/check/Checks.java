package org.tequio.osm.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tequio.formats.osm.OsmElement;
import org.tequio.osm.CheckReport;
import org.tequio.osm.MapFinding;
import org.tequio.osm.preset.Presets;

/** All checks, and how they are run. Thread-safe. */
public final class Checks {
  /** From so many elements on, checks run beside each other. */
  private static final int MANY = 10_000;

  private static final Comparator<MapFinding> ORDER =
      Comparator.comparing((MapFinding one) -> one.rule().severity())
          .reversed()
          .thenComparing(MapFinding::rule)
          .thenComparing(one -> one.elements().getFirst().type())
          .thenComparing(one -> one.elements().getFirst().id())
          .thenComparing(one -> one.elements().toString())
          .thenComparing(MapFinding::lon)
          .thenComparing(MapFinding::lat);

  private final List<Check> all;

  /** By the presets of a city. */
  public Checks(Presets presets) {
    // The longest first, so that no core waits for it at the end.
    this.all =
        List.of(
            new BuildingOverlaps(),
            new Crossings(),
            new NearMisses(),
            new AreaOverlaps(),
            new PresetTags(presets),
            new SameNodes(),
            new SameWays(),
            new BrokenWays(),
            new OpenRings(),
            new NothingSaid(),
            new SquareCorners(),
            new PlausibleSizes(),
            new StreetNames());
  }

  /**
   * Looks at elements together with whatever lies around them. Of one kind of fault between the
   * same elements one place is told.
   */
  public CheckReport run(Collection<OsmElement> elements) {
    CheckedMap map = new CheckedMap(elements);
    Stream<Check> checks = map.size() < MANY ? all.stream() : all.parallelStream();
    List<Found> found =
        checks
            .map(
                check -> {
                  Found one = new Found();
                  check.run(map, one);
                  return one;
                })
            .toList();
    List<MapFinding> findings = new ArrayList<>();
    boolean isWhole = true;
    for (Found one : found) {
      findings.addAll(one.all());
      isWhole &= one.isWhole();
    }
    findings.sort(ORDER);
    Map<MapFinding.Key, MapFinding> distinct = LinkedHashMap.newLinkedHashMap(findings.size());
    findings.forEach(one -> distinct.putIfAbsent(one.key(), one));
    return new CheckReport(List.copyOf(distinct.values()), isWhole);
  }
}
