package org.tequio.osm.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tequio.formats.osm.OsmElement;
import org.tequio.formats.osm.OsmElement.Type;

/**
 * The rings of a multipolygon, joined of its ways; each as nodes, the first again at the end.
 *
 * @param ways of which it is made
 * @param gap the node at which a ring ends that does not close; {@link CheckedMap#MISSING} where
 *     all close
 * @param isKnown false where a way or a node is not among the elements, so that nobody can say
 */
record Rings(List<int[]> outer, List<int[]> inner, List<Integer> ways, int gap, boolean isKnown) {

  /** True where everything is there and closes. */
  boolean isWhole() {
    return isKnown && gap == CheckedMap.MISSING && !outer.isEmpty();
  }

  static Rings of(CheckedMap map, OsmElement relation) {
    List<int[]> outer = new ArrayList<>();
    List<int[]> inner = new ArrayList<>();
    List<Integer> ways = new ArrayList<>();
    boolean isKnown = true;
    for (int i = 0; i < relation.refs().length; i++) {
      if (relation.types()[i] != Type.WAY) {
        continue;
      }
      int way = map.findWay(relation.refs()[i]);
      if (way == CheckedMap.MISSING || !map.isWhole(way)) {
        isKnown = false;
        continue;
      }
      ways.add(way);
      (relation.roles()[i].equals("inner") ? inner : outer).add(nodes(map, way));
    }
    if (!isKnown) {
      return new Rings(List.of(), List.of(), ways, CheckedMap.MISSING, false);
    }
    int[] gap = {CheckedMap.MISSING};
    return new Rings(joined(outer, gap), joined(inner, gap), ways, gap[0], true);
  }

  /** The nodes of a way. */
  static int[] nodes(CheckedMap map, int way) {
    int[] nodes = new int[map.length(way)];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = map.node(way, i);
    }
    return nodes;
  }

  private static List<int[]> joined(List<int[]> pieces, int[] gap) {
    Map<Integer, List<int[]>> byEnd = new HashMap<>();
    List<int[]> rings = new ArrayList<>();
    List<int[]> open = new ArrayList<>();
    for (int[] piece : pieces) {
      if (piece[0] == piece[piece.length - 1]) {
        rings.add(piece);
      } else {
        open.add(piece);
        byEnd.computeIfAbsent(piece[0], any -> new ArrayList<>()).add(piece);
        byEnd.computeIfAbsent(piece[piece.length - 1], any -> new ArrayList<>()).add(piece);
      }
    }
    for (int[] first : open) {
      if (!take(byEnd, first)) {
        continue;
      }
      List<Integer> ring = new ArrayList<>();
      append(ring, first, first[0]);
      while (!ring.getLast().equals(ring.getFirst())) {
        List<int[]> next = byEnd.getOrDefault(ring.getLast(), List.of());
        if (next.isEmpty()) {
          gap[0] = ring.getLast();
          return rings;
        }
        int[] piece = next.getFirst();
        take(byEnd, piece);
        append(ring, piece, ring.removeLast());
      }
      rings.add(ring.stream().mapToInt(Integer::intValue).toArray());
    }
    return rings;
  }

  /** Takes a piece away from both of its ends; false where it was taken already. */
  private static boolean take(Map<Integer, List<int[]>> byEnd, int[] piece) {
    boolean isThere = byEnd.getOrDefault(piece[0], new ArrayList<>()).remove(piece);
    byEnd.getOrDefault(piece[piece.length - 1], new ArrayList<>()).remove(piece);
    return isThere;
  }

  private static void append(List<Integer> ring, int[] piece, int from) {
    boolean isForward = piece[0] == from;
    for (int i = 0; i < piece.length; i++) {
      ring.add(isForward ? piece[i] : piece[piece.length - 1 - i]);
    }
  }
}
