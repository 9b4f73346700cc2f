package org.tequio.osm.check;

import java.util.ArrayList;
import java.util.List;
import org.tequio.osm.MapFinding;
import org.tequio.osm.MapRule;

/** Gathers what one check finds, and keeps it from working for ever. Used by one thread. */
final class Found {
  /** So many pairs of things are compared by one check; what is so tangled is not looked at. */
  static final long MOST_PAIRS = 30_000_000;

  private final List<MapFinding> all = new ArrayList<>();
  private long pairs;
  private boolean isWhole = true;

  /** Something is wrong with elements at a place in 1e-7 degrees. */
  void add(MapRule rule, int lon, int lat, String detail, List<MapFinding.Element> elements) {
    all.add(new MapFinding(rule, elements, lon, lat, detail));
  }

  /** Something is wrong with one element. */
  void add(MapRule rule, int lon, int lat, String detail, MapFinding.Element element) {
    add(rule, lon, lat, detail, List.of(element));
  }

  /** Counts pairs that were compared; false where the check should end. */
  boolean goesOn(long more) {
    pairs += more;
    if (pairs > MOST_PAIRS) {
      isWhole = false;
    }
    return isWhole;
  }

  /** Something could not be looked at. */
  void leaveOut() {
    isWhole = false;
  }

  List<MapFinding> all() {
    return all;
  }

  boolean isWhole() {
    return isWhole;
  }
}
