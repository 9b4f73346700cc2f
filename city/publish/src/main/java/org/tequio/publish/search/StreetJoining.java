package org.tequio.publish.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tequio.feature.LayerId;
import org.tequio.publish.search.SearchWords.Role;
import org.tequio.publish.search.SearchWords.Word;

/**
 * Joins what layers know of streets: pieces and doors of one name are one street where they lie
 * together, and several where they do not (there are many streets called 5 de Mayo). A street whose
 * kind nobody wrote joins the avenue or close of its name beside it. Used once.
 */
final class StreetJoining {
  /** Pieces in the same or in touching cells belong together; in degrees, some 450 m. */
  private static final double CELL = 0.004;

  private static final int MOST_AREAS = 40;

  private final List<StreetPieces> layers;
  private final List<Areas> areas;
  private final Map<String, Integer> keys = new HashMap<>();
  private final List<Boolean> keyHasKind = new ArrayList<>();
  private final List<List<Integer>> keysOfBareName = new ArrayList<>();
  private final Map<Long, Integer> nodes = new HashMap<>();
  private int[] parents = new int[1024];
  private int[] positions = new int[2048];
  private int nodeCount;

  /** Takes the layers in the order in which they are believed. */
  StreetJoining(List<StreetPieces> layers, List<Areas> areas) {
    this.layers = layers;
    this.areas = areas;
  }

  Streets join() {
    int doorCount = layers.stream().mapToInt(StreetPieces::doors).sum();
    int pieceCount = layers.stream().mapToInt(StreetPieces::pieces).sum();
    int[] doorNodes = new int[doorCount];
    int[] pieceNodes = new int[pieceCount];
    Arrays.fill(pieceNodes, -1);
    int door = 0;
    int piece = 0;
    for (StreetPieces layer : layers) {
      int[] keyOf = layer.names().stream().mapToInt(this::key).toArray();
      for (int i = 0; i < layer.pieces(); i++) {
        pieceNodes[piece++] = nodesOf(layer, i, keyOf[layer.pieceName(i)]);
      }
      for (int i = 0; i < layer.doors(); i++) {
        doorNodes[door++] = node(keyOf[layer.doorName(i)], layer.doorX(i), layer.doorY(i));
      }
    }
    joinNeighbors();
    joinKindless();
    return new Collecting(doorNodes, pieceNodes).streets();
  }

  // ---- names

  private int key(String name) {
    StringBuilder bare = new StringBuilder();
    StringBuilder kind = new StringBuilder();
    for (Word word : SearchWords.of(name)) {
      if (word.role() == Role.TYPE) {
        kind.append(word.text()).append(' ');
      } else if (word.telling()) {
        bare.append(word.text()).append(' ');
      }
    }
    int bareName = keys.computeIfAbsent("= " + bare, text -> addKey(false));
    if (kind.isEmpty()) {
      return bareName;
    }
    return keys.computeIfAbsent(
        kind + "= " + bare,
        text -> {
          int added = addKey(true);
          keysOfBareName.get(bareName).add(added);
          return added;
        });
  }

  private int addKey(boolean hasKind) {
    keyHasKind.add(hasKind);
    keysOfBareName.add(new ArrayList<>(0));
    return keyHasKind.size() - 1;
  }

  // ---- places

  private static int cell(int units) {
    return (int) Math.floor((units / StreetPieces.SCALE + 180) / CELL);
  }

  private static long nodeKey(int key, int cellX, int cellY) {
    return (long) key << 34 | (long) cellX << 17 | cellY;
  }

  private int node(int key, int x, int y) {
    Integer known = nodes.get(nodeKey(key, cell(x), cell(y)));
    if (known != null) {
      return known;
    }
    if (nodeCount == parents.length) {
      parents = Arrays.copyOf(parents, nodeCount * 2);
      positions = Arrays.copyOf(positions, nodeCount * 4);
    }
    parents[nodeCount] = nodeCount;
    positions[nodeCount * 2] = x;
    positions[nodeCount * 2 + 1] = y;
    nodes.put(nodeKey(key, cell(x), cell(y)), nodeCount);
    return nodeCount++;
  }

  private int nodesOf(StreetPieces layer, int piece, int key) {
    int first = -1;
    for (int p = layer.pieceStart(piece); p < layer.pieceStart(piece + 1); p++) {
      int node = node(key, layer.x(p), layer.y(p));
      if (first < 0) {
        first = node;
      } else {
        union(first, node);
      }
    }
    return first;
  }

  private int root(int node) {
    int at = node;
    while (parents[at] != at) {
      parents[at] = parents[parents[at]];
      at = parents[at];
    }
    return at;
  }

  private void union(int a, int b) {
    int first = root(a);
    int second = root(b);
    parents[Math.max(first, second)] = Math.min(first, second);
  }

  private void joinNeighbors() {
    nodes.forEach(
        (packed, node) -> {
          for (int dx = 0; dx <= 1; dx++) {
            for (int dy = -1; dy <= 1; dy++) {
              Integer other = nodes.get(packed + ((long) dx << 17) + dy);
              if (other != null) {
                union(node, other);
              }
            }
          }
        });
  }

  private void joinKindless() {
    Map<Integer, Integer> joins = new HashMap<>();
    nodes.forEach(
        (packed, node) -> {
          int key = (int) (packed >>> 34);
          if (!keyHasKind.get(key) && !joins.containsKey(root(node))) {
            int other = besideWithKind(key, packed);
            if (other >= 0) {
              joins.put(root(node), other);
            }
          }
        });
    joins.forEach(this::union);
  }

  private int besideWithKind(int bareName, long packed) {
    long place = packed & (1L << 34) - 1;
    for (int key : keysOfBareName.get(bareName)) {
      for (int dx = -1; dx <= 1; dx++) {
        for (int dy = -1; dy <= 1; dy++) {
          Integer other = nodes.get(((long) key << 34 | place) + ((long) dx << 17) + dy);
          if (other != null) {
            return other;
          }
        }
      }
    }
    return -1;
  }

  // ---- streets

  /** Numbers the streets and gives each its own. */
  private final class Collecting {
    private final int[] doorNodes;
    private final int[] pieceNodes;
    private final int[] streetOfRoot = new int[nodeCount];
    private final List<Draft> drafts = new ArrayList<>();

    Collecting(int[] doorNodes, int[] pieceNodes) {
      this.doorNodes = doorNodes;
      this.pieceNodes = pieceNodes;
      Arrays.fill(streetOfRoot, -1);
    }

    private Draft draft(int node) {
      int root = root(node);
      if (streetOfRoot[root] < 0) {
        streetOfRoot[root] = drafts.size();
        drafts.add(new Draft(drafts.size()));
      }
      return drafts.get(streetOfRoot[root]);
    }

    Streets streets() {
      int place = 0;
      for (StreetPieces layer : layers) {
        for (int i = 0; i < layer.pieces(); i++, place++) {
          if (pieceNodes[place] >= 0) {
            draft(pieceNodes[place]).piece(layer, i, place);
          }
        }
      }
      long[] doors = new long[doorNodes.length];
      place = 0;
      for (StreetPieces layer : layers) {
        for (int i = 0; i < layer.doors(); i++, place++) {
          Draft draft = draft(doorNodes[place]);
          draft.door(layer, i);
          doors[place] =
              (long) draft.number << Streets.STREET_SHIFT
                  | (long) layer.doorNumber(i) << Streets.NUMBER_SHIFT
                  | place;
        }
      }
      Arrays.parallelSort(doors);
      for (int node = 0; node < nodeCount; node++) {
        draft(node).around(positions[node * 2], positions[node * 2 + 1]);
      }
      NameIndex.Builder names = new NameIndex.Builder();
      for (Draft draft : drafts) {
        names.add(SearchWords.of(draft.title), SearchWords.of(String.join(" ", draft.areas)));
      }
      return new Streets(layers, names.build(), drafts.stream().map(Draft::street).toList(), doors);
    }
  }

  /** A street that is being put together. */
  private final class Draft {
    private final int number;
    private final int[] box = {
      Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.MIN_VALUE
    };
    private final Set<String> areas = new LinkedHashSet<>(4);
    private String title = "";
    private LayerId layer = StreetJoining.this.layers.getFirst().layer();
    private long feature;
    private int[] pieces = new int[2];
    private int pieceCount;
    private StreetPieces lastLayer = StreetJoining.this.layers.getFirst();
    private int lastArea = -1;

    Draft(int number) {
      this.number = number;
    }

    void piece(StreetPieces from, int piece, int place) {
      if (pieceCount == pieces.length) {
        pieces = Arrays.copyOf(pieces, pieceCount * 2);
      }
      pieces[pieceCount++] = place;
      called(from.names().get(from.pieceName(piece)), from.layer(), from.pieceFeature(piece));
      for (int p = from.pieceStart(piece); p < from.pieceStart(piece + 1); p++) {
        extend(from.x(p), from.y(p));
      }
    }

    void door(StreetPieces from, int door) {
      if (pieceCount == 0) {
        called(from.names().get(from.doorName(door)), from.layer(), from.doorFeature(door));
      }
      extend(from.doorX(door), from.doorY(door));
      boolean another = lastLayer != from || lastArea != from.doorAreaNumber(door);
      if (another && !from.doorArea(door).isEmpty() && areas.size() < MOST_AREAS) {
        areas.add(from.doorArea(door));
      }
      lastLayer = from;
      lastArea = from.doorAreaNumber(door);
    }

    void around(int x, int y) {
      for (Areas one : StreetJoining.this.areas) {
        for (String name : one.at(x / StreetPieces.SCALE, y / StreetPieces.SCALE)) {
          boolean known = areas.stream().anyMatch(name::equalsIgnoreCase);
          if (!known && areas.size() < MOST_AREAS) {
            areas.add(name);
          }
        }
      }
    }

    private void called(String name, LayerId by, long as) {
      if (feature == 0) {
        layer = by;
        feature = as;
      }
      if (worth(name) > worth(title)) {
        title = name;
      }
    }

    // Written with small letters, and longest: with its kind rather than without.
    private static int worth(String name) {
      boolean capitals = name.equals(name.toUpperCase(java.util.Locale.ROOT));
      return name.length() + (capitals ? 0 : 100);
    }

    private void extend(int x, int y) {
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    }

    Streets.Street street() {
      List<String> known = List.copyOf(areas);
      String area = String.join(", ", known.subList(0, Math.min(2, known.size())));
      return new Streets.Street(
          title,
          known.size() > 2 ? area + " …" : area,
          layer,
          feature,
          Arrays.copyOf(pieces, pieceCount),
          box);
    }
  }
}
