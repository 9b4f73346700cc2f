package org.tequio.reconcile.match;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tequio.feature.BoxIndex;
import org.tequio.reconcile.GroupState;

/**
 * Makes groups of pairs. The best pairs come first: what people decided, then what surely matches;
 * a group takes at most one feature of each layer, so no two features would both rather have each
 * other than what they got. Pairs that stay in doubt tie groups into clusters. Not thread-safe.
 */
final class Grouping {
  /** A cluster that grew larger would be no question that a person can answer. */
  private static final int LARGEST_CLUSTER = 12;

  private static final int NONE = -1;

  private final List<MemberRows> members;
  private final int[] offsets;
  private final int items;
  private final int[] parent;
  private final int[] next;
  private final int[] last;
  private final int[] layersIn;
  private final int[] weakest;
  private final BitSet decided;
  private final Set<Long> apart = new HashSet<>();

  Grouping(List<MemberRows> members) {
    this.members = members;
    this.offsets = new int[members.size() + 1];
    for (int i = 0; i < members.size(); i++) {
      offsets[i + 1] = Math.addExact(offsets[i], members.get(i).size());
    }
    this.items = offsets[members.size()];
    this.parent = new int[items];
    this.next = new int[items];
    this.last = new int[items];
    this.layersIn = new int[items];
    this.weakest = new int[items];
    this.decided = new BitSet(items);
    Arrays.fill(next, NONE);
    Arrays.fill(weakest, NONE);
    for (int layer = 0; layer < members.size(); layer++) {
      for (int item = offsets[layer]; item < offsets[layer + 1]; item++) {
        parent[item] = item;
        last[item] = item;
        layersIn[item] = 1 << layer;
      }
    }
  }

  /** The number of a layer's row among all rows. */
  int item(int layer, int row) {
    return offsets[layer] + row;
  }

  int offset(int layer) {
    return offsets[layer];
  }

  private int layerOf(int item) {
    int layer = Arrays.binarySearch(offsets, item);
    if (layer < 0) {
      return -layer - 2;
    }
    while (layer + 1 < offsets.length && offsets[layer + 1] == item) {
      layer++;
    }
    return layer;
  }

  /** Someone said that two are one, whatever else speaks against it. */
  void decideSame(int item, int other) {
    int a = root(item);
    int b = root(other);
    if (a != b) {
      join(a, b, NONE);
    }
    decided.set(root(item));
  }

  /** Someone said that two are not one. */
  void decideApart(int item, int other) {
    apart.add(pair(item, other));
  }

  private static long pair(int item, int other) {
    return (long) Math.min(item, other) << 32 | Math.max(item, other);
  }

  private int root(int item) {
    int at = item;
    while (parent[at] != at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  }

  private void join(int a, int b, int edge) {
    parent[b] = a;
    next[last[a]] = b;
    last[a] = last[b];
    layersIn[a] |= layersIn[b];
    weakest[a] = Math.max(weakest[a], Math.max(weakest[b], edge));
    if (decided.get(b)) {
      decided.set(a);
    }
  }

  private boolean mayJoin(int a, int b) {
    if (apart.isEmpty()) {
      return true;
    }
    for (int i = a; i != NONE; i = next[i]) {
      for (int j = b; j != NONE; j = next[j]) {
        if (apart.contains(pair(i, j))) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Groups everything.
   *
   * @param edges between rows numbered by {@link #item}
   * @param previous whose numbers are kept where their members are still together
   */
  GroupSet group(Edges edges, GroupSet previous) {
    int[] ranked = ranked(edges);
    // Ranks stand for edges from here on: a greater rank is a weaker link.
    for (int rank = 0; rank < ranked.length; rank++) {
      int edge = ranked[rank];
      if (edges.score[edge] < Evidence.MATCHED || edges.ambiguous[edge]) {
        continue;
      }
      int a = root(edges.a[edge]);
      int b = root(edges.b[edge]);
      if (a != b && (layersIn[a] & layersIn[b]) == 0 && mayJoin(a, b)) {
        join(Math.min(a, b), Math.max(a, b), rank);
      }
    }
    Clusters clusters = new Clusters();
    for (int rank = 0; rank < ranked.length; rank++) {
      int edge = ranked[rank];
      int a = root(edges.a[edge]);
      int b = root(edges.b[edge]);
      boolean one = a != b && (layersIn[a] & layersIn[b]) == 0;
      boolean rivals = a != b && (edges.ambiguous[edge] || edges.split[edge]);
      if ((one || rivals) && !apart.contains(pair(edges.a[edge], edges.b[edge]))) {
        clusters.tie(a, b, rank);
      }
    }
    return collect(edges, ranked, clusters, previous);
  }

  private static int[] ranked(Edges edges) {
    long[] order = new long[edges.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = (long) (Integer.MAX_VALUE - Float.floatToIntBits(edges.score[i])) << 32 | i;
    }
    Arrays.parallelSort(order);
    int[] ranked = new int[order.length];
    for (int i = 0; i < ranked.length; i++) {
      ranked[i] = (int) order[i];
    }
    return ranked;
  }

  /** Groups that may be one thing with others. */
  private final class Clusters {
    private final int[] up = new int[items];
    private final int[] count = new int[items];
    private final int[] strongest = new int[items];

    Clusters() {
      Arrays.setAll(up, i -> i);
      Arrays.fill(count, 1);
      Arrays.fill(strongest, NONE);
    }

    int of(int group) {
      int at = group;
      while (up[at] != at) {
        up[at] = up[up[at]];
        at = up[at];
      }
      return at;
    }

    void tie(int group, int other, int rank) {
      int a = of(group);
      int b = of(other);
      if (a == b || count[a] + count[b] > LARGEST_CLUSTER) {
        return;
      }
      int low = Math.min(a, b);
      int high = Math.max(a, b);
      up[high] = low;
      count[low] += count[high];
      int best = strongest[low];
      for (int one : new int[] {strongest[high], rank}) {
        best = best == NONE || one != NONE && one < best ? one : best;
      }
      strongest[low] = best;
    }
  }

  private GroupSet collect(Edges edges, int[] ranked, Clusters clusters, GroupSet previous) {
    int[] roots = rootsAlongTheCurve();
    GroupNumbers numbers = new GroupNumbers(previous, roots.length);
    long[] members = new long[items];
    for (int i = 0; i < roots.length; i++) {
      int count = 0;
      for (int item = roots[i]; item != NONE; item = next[item]) {
        members[count++] = GroupNumbers.member(layerOf(item), id(item));
      }
      numbers.claim(i, members, count);
    }
    long[] given = numbers.give();
    long[] order = new long[roots.length];
    long[] clusterNumbers = new long[items];
    for (int i = 0; i < roots.length; i++) {
      order[i] = given[i];
      int cluster = clusters.of(roots[i]);
      long known = clusterNumbers[cluster];
      clusterNumbers[cluster] = known == 0 ? given[i] : Math.min(known, given[i]);
    }
    int[] byNumber = sortedBy(order);
    GroupSet set = new GroupSet(roots.length, items, numbers.next());
    int member = 0;
    for (int g = 0; g < byNumber.length; g++) {
      int root = roots[byNumber[g]];
      int cluster = clusters.of(root);
      set.numbers[g] = given[byNumber[g]];
      set.clusters[g] = clusterNumbers[cluster];
      for (int item = root; item != NONE; item = next[item]) {
        set.layers[member] = (byte) layerOf(item);
        set.features[member++] = id(item);
      }
      set.starts[g + 1] = member;
      boolean doubtful = clusters.count[cluster] > 1;
      boolean alone = next[root] == NONE;
      GroupState state =
          doubtful
              ? GroupState.DOUBTFUL
              : decided.get(root)
                  ? GroupState.SETTLED
                  : alone ? GroupState.SINGLE : GroupState.MATCHED;
      set.states[g] = (byte) state.ordinal();
      int link = doubtful ? clusters.strongest[cluster] : weakest[root];
      describe(set, g, edges, link == NONE ? NONE : ranked[link], alone && !doubtful);
    }
    return set;
  }

  private static void describe(GroupSet set, int group, Edges edges, int edge, boolean alone) {
    if (edge == NONE) {
      set.scores[group] = alone ? 0 : 1;
      set.names[group] = Float.NaN;
      set.shapes[group] = Float.NaN;
      return;
    }
    set.scores[group] = edges.score[edge];
    set.keys[group] = edges.key[edge];
    set.names[group] = edges.name[edge];
    set.shapes[group] = edges.shape[edge];
    set.splits[group] = edges.split[edge];
  }

  private long id(int item) {
    int layer = layerOf(item);
    return members.get(layer).id(item - offsets[layer]);
  }

  /** The first item of each group, near in the plane near in the list; the placeless at the end. */
  private int[] rootsAlongTheCurve() {
    double[] boxes = new double[4 * items];
    Arrays.fill(boxes, Double.NaN);
    int count = 0;
    for (int layer = 0; layer < members.size(); layer++) {
      MemberRows rows = members.get(layer);
      for (int row = 0; row < rows.size(); row++) {
        int item = offsets[layer] + row;
        int root = root(item);
        count += root == item ? 1 : 0;
        if (Double.isNaN(boxes[4 * root])) {
          System.arraycopy(rows.boxes(), 4 * row, boxes, 4 * root, 4);
        }
      }
    }
    int[] roots = new int[count];
    int at = 0;
    for (long placed : BoxIndex.curveOrder(boxes)) {
      roots[at++] = (int) placed;
    }
    for (int item = 0; item < items; item++) {
      if (parent[item] == item && !(boxes[4 * item] <= boxes[4 * item + 2])) {
        roots[at++] = item;
      }
    }
    return roots;
  }

  private static int[] sortedBy(long[] numbers) {
    boolean sorted = true;
    for (int i = 1; i < numbers.length && sorted; i++) {
      sorted = numbers[i - 1] < numbers[i];
    }
    int[] order = new int[numbers.length];
    Arrays.setAll(order, i -> i);
    if (sorted) {
      return order;
    }
    long[] ascending = numbers.clone();
    Arrays.parallelSort(ascending);
    for (int i = 0; i < numbers.length; i++) {
      order[Arrays.binarySearch(ascending, numbers[i])] = i;
    }
    return order;
  }
}
