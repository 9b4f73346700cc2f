package org.tequio.formats.osm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.formats.xml.Positions;
import org.tequio.formats.xml.Shape;

/** Joins the ways of a multipolygon into rings and puts holes into their outlines. */
public final class RingAssembly {
  private final NodePlaces nodes;
  private String fault = "";

  /** Of ways through these nodes. */
  public RingAssembly(NodePlaces nodes) {
    this.nodes = nodes;
  }

  /** What is wrong; empty where nothing is. */
  public String fault() {
    return fault;
  }

  /** The polygons of some outer and inner ways; null where they do not close. */
  @Nullable Shape assemble(List<long[]> outer, List<long[]> inner) {
    List<Positions> outlines = rings(outer);
    List<Positions> holes = rings(inner);
    if (outlines.isEmpty() || !fault.isEmpty()) {
      fault = fault.isEmpty() ? "no outer ring" : fault;
      return null;
    }
    List<List<Positions>> polygons = new ArrayList<>();
    for (Positions outline : outlines) {
      polygons.add(new ArrayList<>(List.of(outline)));
    }
    for (Positions hole : holes) {
      polygons.get(smallestAround(hole, outlines)).add(hole);
    }
    List<Shape> parts = new ArrayList<>();
    polygons.forEach(rings -> parts.add(new Shape.Polygon(rings)));
    return new Shape.Many(parts);
  }

  /** The same as little-endian WKB of a MultiPolygon in longitude and latitude. */
  public byte @Nullable [] multiPolygon(List<long[]> outer, List<long[]> inner) {
    Shape shape = assemble(outer, inner);
    return shape == null ? null : shape.toWkb();
  }

  private List<Positions> rings(List<long[]> ways) {
    List<Positions> rings = new ArrayList<>();
    Map<Long, List<Integer>> ends = new HashMap<>();
    boolean[] used = new boolean[ways.size()];
    for (int i = 0; i < used.length; i++) {
      long[] way = ways.get(i);
      used[i] = way.length < 2;
      if (way.length >= 4 && way[0] == way[way.length - 1]) {
        rings.add(positions(way));
        used[i] = true;
      } else if (!used[i]) {
        ends.computeIfAbsent(way[0], key -> new ArrayList<>()).add(i);
        ends.computeIfAbsent(way[way.length - 1], key -> new ArrayList<>()).add(i);
      }
    }
    for (int i = 0; i < used.length; i++) {
      if (used[i]) {
        continue;
      }
      used[i] = true;
      List<Long> ring = new ArrayList<>();
      for (long ref : ways.get(i)) {
        ring.add(ref);
      }
      while (!ring.getLast().equals(ring.getFirst())) {
        int next = unused(ends.getOrDefault(ring.getLast(), List.of()), used);
        if (next < 0) {
          fault = "the ring ends at node " + ring.getLast();
          return List.of();
        }
        used[next] = true;
        append(ring, ways.get(next));
      }
      rings.add(positions(ring.stream().mapToLong(Long::longValue).toArray()));
    }
    return rings;
  }

  private static int unused(List<Integer> candidates, boolean[] used) {
    for (int candidate : candidates) {
      if (!used[candidate]) {
        return candidate;
      }
    }
    return -1;
  }

  private static void append(List<Long> ring, long[] way) {
    boolean forward = way[0] == ring.getLast();
    for (int i = 1; i < way.length; i++) {
      ring.add(forward ? way[i] : way[way.length - 1 - i]);
    }
  }

  private Positions positions(long[] refs) {
    Positions positions = new Positions();
    for (long ref : refs) {
      int index = nodes.find(ref);
      if (index < 0) {
        fault = "node " + ref + " is not in the extract";
        return positions;
      }
      positions.add(nodes.x(index), nodes.y(index), Double.NaN);
    }
    return positions;
  }

  private static int smallestAround(Positions hole, List<Positions> outlines) {
    int best = 0;
    double bestArea = Double.POSITIVE_INFINITY;
    for (int i = 0; i < outlines.size(); i++) {
      Positions outline = outlines.get(i);
      double area = area(outline);
      if (area < bestArea && holds(outline, hole)) {
        best = i;
        bestArea = area;
      }
    }
    return best;
  }

  // Most of the hole's vertices inside: some may lie on the outline.
  private static boolean holds(Positions outline, Positions hole) {
    int inside = 0;
    int looked = Math.min(hole.size(), 16);
    for (int i = 0; i < looked; i++) {
      int at = (int) ((long) i * hole.size() / looked);
      inside += contains(outline, hole.x(at), hole.y(at)) ? 1 : 0;
    }
    return inside * 2 > looked;
  }

  private static boolean contains(Positions ring, double x, double y) {
    boolean inside = false;
    for (int i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
      if ((ring.y(i) > y) != (ring.y(j) > y)
          && x < (ring.x(j) - ring.x(i)) * (y - ring.y(i)) / (ring.y(j) - ring.y(i)) + ring.x(i)) {
        inside = !inside;
      }
    }
    return inside;
  }

  private static double area(Positions ring) {
    double twice = 0;
    for (int i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
      twice += ring.x(j) * ring.y(i) - ring.x(i) * ring.y(j);
    }
    return Math.abs(twice) / 2;
  }
}
