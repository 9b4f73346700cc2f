package org.tequio.osm.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.formats.osm.OsmElement;
import org.tequio.formats.osm.OsmElement.Type;
import org.tequio.osm.MapFinding;

/**
 * Elements in arrays, so that looks at all of them are quick: nodes, ways and relations by rising
 * id, each named by its place in its array; the nodes of all ways in one array; who uses a node.
 * What says "deleted" is left out; nodes that a way names and that are not among the elements are
 * {@link #MISSING}. Immutable; its arrays are read and not written by checks.
 */
final class CheckedMap {
  /** In place of a node that is not there. */
  static final int MISSING = -1;

  private static final String[] LEVELS = {"layer", "level", "location", "indoor"};

  final OsmElement[] nodes;
  final OsmElement[] ways;
  final OsmElement[] relations;

  /** Places of the nodes, in 1e-7 degrees. */
  final int[] x;

  final int[] y;

  /** What each way is. */
  final WayKind[] kinds;

  private final int[] starts;
  private final int[] through;
  private final int[] userStarts;
  private final int[] users;

  /** Nodes, and ways, that are members of a relation. */
  final BitSet memberNodes = new BitSet();

  final BitSet memberWays = new BitSet();

  private @Nullable Segments segments;

  /** Arranges elements; of several with one name the last counts. */
  CheckedMap(Collection<OsmElement> elements) {
    this.nodes = sorted(elements, Type.NODE);
    this.ways = sorted(elements, Type.WAY);
    this.relations = sorted(elements, Type.RELATION);
    this.x = new int[nodes.length];
    this.y = new int[nodes.length];
    long[] ids = new long[nodes.length];
    for (int i = 0; i < nodes.length; i++) {
      x[i] = nodes[i].x();
      y[i] = nodes[i].y();
      ids[i] = nodes[i].id();
    }
    this.kinds = new WayKind[ways.length];
    this.starts = new int[ways.length + 1];
    for (int way = 0; way < ways.length; way++) {
      kinds[way] = WayKind.of(ways[way]);
      starts[way + 1] = starts[way] + ways[way].refs().length;
    }
    this.through = new int[starts[ways.length]];
    this.userStarts = new int[nodes.length + 1];
    int at = 0;
    for (OsmElement way : ways) {
      for (long ref : way.refs()) {
        int node = Arrays.binarySearch(ids, ref);
        through[at++] = node < 0 ? MISSING : node;
        if (node >= 0) {
          userStarts[node + 1]++;
        }
      }
    }
    for (int node = 0; node < nodes.length; node++) {
      userStarts[node + 1] += userStarts[node];
    }
    this.users = new int[userStarts[nodes.length]];
    int[] next = Arrays.copyOf(userStarts, nodes.length);
    for (int way = 0; way < ways.length; way++) {
      for (int i = starts[way]; i < starts[way + 1]; i++) {
        if (through[i] != MISSING) {
          users[next[through[i]]++] = way;
        }
      }
    }
    long[] wayIds = Arrays.stream(ways).mapToLong(OsmElement::id).toArray();
    for (OsmElement relation : relations) {
      for (int i = 0; i < relation.refs().length; i++) {
        if (relation.types()[i] == Type.RELATION) {
          continue;
        }
        boolean isNode = relation.types()[i] == Type.NODE;
        int member = Arrays.binarySearch(isNode ? ids : wayIds, relation.refs()[i]);
        if (member >= 0) {
          (isNode ? memberNodes : memberWays).set(member);
        }
      }
    }
  }

  private static OsmElement[] sorted(Collection<OsmElement> elements, Type type) {
    OsmElement[] all =
        elements.stream()
            .filter(one -> one.type() == type && one.meta().visible())
            .toArray(OsmElement[]::new);
    Arrays.sort(all, Comparator.comparingLong(OsmElement::id));
    int kept = 0;
    for (OsmElement element : all) {
      if (kept > 0 && all[kept - 1].id() == element.id()) {
        kept--;
      }
      all[kept++] = element;
    }
    return Arrays.copyOf(all, kept);
  }

  /** The pieces of all ways; made when first asked for. */
  synchronized Segments segments() {
    if (segments == null) {
      segments = new Segments(this);
    }
    return segments;
  }

  /** How many elements there are. */
  int size() {
    return nodes.length + ways.length + relations.length;
  }

  /** How many nodes a way names, missing ones too. */
  int length(int way) {
    return starts[way + 1] - starts[way];
  }

  /** A node of a way; {@link #MISSING} where it is not there. */
  int node(int way, int index) {
    return through[starts[way] + index];
  }

  /** True where a way has at least two nodes and none of them is missing. */
  boolean isWhole(int way) {
    for (int i = starts[way]; i < starts[way + 1]; i++) {
      if (through[i] == MISSING) {
        return false;
      }
    }
    return length(way) > 1;
  }

  /** True for a way that ends where it begins. */
  boolean isClosed(int way) {
    return ways[way].isClosed();
  }

  /** How often ways go through a node. */
  int uses(int node) {
    return userStarts[node + 1] - userStarts[node];
  }

  /** A way through a node. */
  int user(int node, int index) {
    return users[userStarts[node] + index];
  }

  /** True where a way goes through a node. */
  boolean isThrough(int way, int node) {
    for (int i = userStarts[node]; i < userStarts[node + 1]; i++) {
      if (users[i] == way) {
        return true;
      }
    }
    return false;
  }

  /** The first node of a way that is there; {@link #MISSING} where none is. */
  int anyNode(int way) {
    for (int i = starts[way]; i < starts[way + 1]; i++) {
      if (through[i] != MISSING) {
        return through[i];
      }
    }
    return MISSING;
  }

  /** The way of an id; {@link #MISSING} where it is not there. */
  int findWay(long id) {
    int low = 0;
    int high = ways.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (ways[middle].id() < id) {
        low = middle + 1;
      } else if (ways[middle].id() > id) {
        high = middle - 1;
      } else {
        return middle;
      }
    }
    return MISSING;
  }

  /** The name of a node. */
  MapFinding.Element nodeName(int node) {
    return MapFinding.Element.of(nodes[node]);
  }

  /** The name of a way. */
  MapFinding.Element wayName(int way) {
    return MapFinding.Element.of(ways[way]);
  }

  /** The names of two ways, the lesser id first. */
  List<MapFinding.Element> wayNames(int one, int other) {
    List<MapFinding.Element> names = new ArrayList<>(2);
    names.add(wayName(Math.min(one, other)));
    names.add(wayName(Math.max(one, other)));
    return names;
  }

  /** True where two elements say that they lie above each other. */
  static boolean isApart(OsmElement one, OsmElement other) {
    for (String key : LEVELS) {
      String here = one.tag(key);
      String there = other.tag(key);
      if (!(here == null ? "0" : here).equals(there == null ? "0" : there)) {
        return true;
      }
    }
    return isLifted(one) != isLifted(other);
  }

  private static boolean isLifted(OsmElement element) {
    return says(element, "bridge") || says(element, "tunnel") || says(element, "covered");
  }

  /** True where an element has a tag whose value is not "no". */
  static boolean says(OsmElement element, String key) {
    String value = element.tag(key);
    return value != null && !value.equals("no");
  }
}
