package org.tequio.catalogue.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.tequio.feature.BoxIndex;

/**
 * Which row of a new state is which feature of the one before, one to one. Certain pairs come
 * first: equal keys; without a key equal content, equal values of columns that prove to be keys,
 * equal geometry, equal attributes that nobody else has. What is left is compared by likeness and
 * given away in order of it; a pair that is neither clearly one thing nor clearly two is a doubt,
 * and stays two until someone says otherwise.
 */
public final class Matching {
  /** From here on two rows are one thing. */
  static final double CERTAIN = 0.75;

  /** From here on they may be. */
  static final double DOUBTFUL = 0.5;

  /** A certain pair is better than any other of its rows by so much. */
  private static final double CLEARLY = 0.08;

  /** Two rows that a column calls the same must agree so much in everything else. */
  private static final double AGREES = 0.4;

  private static final int MOST_RIVALS = 6;
  private static final int MOST_ALIKE = 64;

  /** Doubts that are kept; a steward settles no more by hand. */
  private static final int MOST_DOUBTS = 10_000;

  private final RowSource beforeRows;
  private final RowSource afterRows;
  private final int columns;
  private final boolean keyed;
  private final RowSurvey before;
  private final RowSurvey after;
  private final int[] beforeOf;
  private final BitSet openBefore = new BitSet();
  private final BitSet openAfter = new BitSet();
  private final List<Doubt> doubts = new ArrayList<>();

  private Matching(RowSource before, RowSource after, int columns, int keyColumn) {
    this.beforeRows = before;
    this.afterRows = after;
    this.columns = columns;
    this.keyed = keyColumn >= 0;
    var other = CompletableFuture.supplyAsync(() -> RowSurvey.of(before, columns, keyColumn));
    this.after = RowSurvey.of(after, columns, keyColumn);
    this.before = other.join();
    this.beforeOf = new int[this.after.size()];
    Arrays.fill(beforeOf, -1);
    openBefore.set(0, this.before.size());
    openAfter.set(0, this.after.size());
  }

  /**
   * Matches.
   *
   * @param columns how many columns both states have
   * @param keyColumn the one that identifies features in both states; -1 where none does
   */
  public static Matching of(RowSource before, RowSource after, int columns, int keyColumn) {
    Matching matching = new Matching(before, after, columns, keyColumn);
    matching.match();
    return matching;
  }

  /** The id of the feature that a row of the new state is; 0 where it is a new one. */
  public long idOf(int row) {
    return beforeOf[row] < 0 ? 0 : before.id(beforeOf[row]);
  }

  /** Pairs that someone should look at, most alike first. */
  public List<Doubt> doubts() {
    return List.copyOf(doubts);
  }

  private void match() {
    if (keyed) {
      pairEqual(before.keys(), after.keys());
    } else {
      pairEqual(before.contents(), after.contents());
    }
    if (openBefore.isEmpty() || openAfter.isEmpty()) {
      return;
    }
    var other =
        CompletableFuture.supplyAsync(
            () -> RowFacts.of(beforeRows, (BitSet) openBefore.clone(), columns));
    RowFacts a = RowFacts.of(afterRows, (BitSet) openAfter.clone(), columns);
    RowFacts b = other.join();
    Likeness likeness = likeness(b, a);
    if (!keyed) {
      for (int column = 0; column < b.columns(); column++) {
        if (before.mayBeKey(column) && after.mayBeKey(column)) {
          pairByColumn(b, a, likeness, column);
        }
      }
      pairByGeometry(b, a, likeness);
      pairByAttributes(b, a);
    }
    pairByLikeness(b, a, likeness);
  }

  private Likeness likeness(RowFacts b, RowFacts a) {
    double[] weights = new double[b.columns()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.log1p(Math.max(before.distinct(i), after.distinct(i)));
    }
    return new Likeness(b, a, Arrays.copyOf(weights, Math.min(b.columns(), a.columns())), reach(b));
  }

  /** About the distance between neighbours. */
  private double reach(RowFacts b) {
    double minX = Double.POSITIVE_INFINITY;
    double minY = Double.POSITIVE_INFINITY;
    double maxX = Double.NEGATIVE_INFINITY;
    double maxY = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < b.count(); i++) {
      if (b.hasPlace(i)) {
        minX = Math.min(minX, b.boxes()[4 * i]);
        minY = Math.min(minY, b.boxes()[4 * i + 1]);
        maxX = Math.max(maxX, b.boxes()[4 * i + 2]);
        maxY = Math.max(maxY, b.boxes()[4 * i + 3]);
      }
    }
    double area = (maxX - minX) * (maxY - minY);
    return area > 0 && Double.isFinite(area)
        ? Math.sqrt(area / Math.max(1, before.size()))
        : Double.MIN_NORMAL;
  }

  private void pair(int b, int a) {
    beforeOf[a] = b;
    openBefore.clear(b);
    openAfter.clear(a);
  }

  /** Pairs rows of one hash in their order; hash 0 is none. */
  private void pairEqual(long[] hashesBefore, long[] hashesAfter) {
    int[] b = sortedByHash(hashesBefore);
    int[] a = sortedByHash(hashesAfter);
    int i = 0;
    int j = 0;
    while (i < b.length && j < a.length) {
      int order = Long.compare(hashesBefore[b[i]], hashesAfter[a[j]]);
      if (order < 0) {
        i++;
      } else if (order > 0) {
        j++;
      } else {
        if (hashesBefore[b[i]] != 0) {
          pair(b[i], a[j]);
        }
        i++;
        j++;
      }
    }
  }

  /** Places in the order of their hashes, those of one hash in their own order. */
  private static int[] sortedByHash(long[] hashes) {
    long[] sorted = hashes.clone();
    Arrays.parallelSort(sorted);
    // Equal hashes get neighbouring places by counting them, without boxing a million numbers.
    int[] order = new int[hashes.length];
    int[] used = new int[hashes.length];
    for (int row = 0; row < hashes.length; row++) {
      int first = firstOf(sorted, hashes[row]);
      order[first + used[first]++] = row;
    }
    return order;
  }

  private static int firstOf(long[] sorted, long hash) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int mid = (low + high) >>> 1;
      if (sorted[mid] < hash) {
        low = mid + 1;
      } else {
        high = mid;
      }
    }
    return low;
  }

  /** The places of the open rows of one hash each, beside the hash; those of several are left. */
  private static long[][] unique(long[] hashes, RowFacts facts, BitSet open) {
    int n = 0;
    long[] of = new long[facts.count()];
    for (int i = 0; i < of.length; i++) {
      if (hashes[i] != 0 && open.get(facts.row(i))) {
        of[n++] = hashes[i];
      }
    }
    long[] sorted = Arrays.copyOf(of, n);
    Arrays.parallelSort(sorted);
    long[] place = new long[n];
    Arrays.fill(place, -1);
    for (int i = 0; i < facts.count(); i++) {
      if (hashes[i] != 0 && open.get(facts.row(i))) {
        int first = firstOf(sorted, hashes[i]);
        boolean alone = first + 1 == n || sorted[first + 1] != hashes[i];
        place[first] = alone ? i : -1;
      }
    }
    return new long[][] {sorted, place};
  }

  /** A visitor of pairs of places among the rows looked at closely. */
  @FunctionalInterface
  private interface Pairs {
    void pair(int b, int a);
  }

  private void forEachUniquePair(
      RowFacts b, long[] hashesBefore, RowFacts a, long[] hashesAfter, Pairs pairs) {
    long[][] ofBefore = unique(hashesBefore, b, openBefore);
    long[][] ofAfter = unique(hashesAfter, a, openAfter);
    int i = 0;
    int j = 0;
    while (i < ofBefore[0].length && j < ofAfter[0].length) {
      int order = Long.compare(ofBefore[0][i], ofAfter[0][j]);
      if (order == 0 && ofBefore[1][i] >= 0 && ofAfter[1][j] >= 0) {
        pairs.pair((int) ofBefore[1][i], (int) ofAfter[1][j]);
      }
      i += order <= 0 ? 1 : 0;
      j += order >= 0 ? 1 : 0;
    }
  }

  /**
   * A column of different values is a key only where the rows it brings together agree in other
   * ways: a running number does not.
   */
  private void pairByColumn(RowFacts b, RowFacts a, Likeness likeness, int column) {
    List<int[]> agreeing = new ArrayList<>();
    int[] proposed = new int[1];
    forEachUniquePair(
        b,
        b.column(column),
        a,
        a.column(column),
        (p, q) -> {
          proposed[0]++;
          if (likeness.geometry(p, q) >= AGREES || likeness.attributes(p, q) >= AGREES * 1.5) {
            agreeing.add(new int[] {p, q});
          }
        });
    if (2 * agreeing.size() > proposed[0]) {
      agreeing.forEach(pair -> pair(b.row(pair[0]), a.row(pair[1])));
    }
  }

  /** Equal geometry; where several lie in one place, those that are most alike. */
  private void pairByGeometry(RowFacts b, RowFacts a, Likeness likeness) {
    forEachUniquePair(b, b.geometries(), a, a.geometries(), (p, q) -> pair(b.row(p), a.row(q)));
    int[] ofBefore = sortedByHash(b.geometries());
    int[] ofAfter = sortedByHash(a.geometries());
    int i = 0;
    int j = 0;
    while (i < ofBefore.length && j < ofAfter.length) {
      long hash = b.geometries()[ofBefore[i]];
      int order = Long.compare(hash, a.geometries()[ofAfter[j]]);
      if (order != 0 || hash == 0) {
        i += order <= 0 ? 1 : 0;
        j += order >= 0 ? 1 : 0;
        continue;
      }
      int endBefore = endOf(ofBefore, b.geometries(), i);
      int endAfter = endOf(ofAfter, a.geometries(), j);
      pairInPlace(
          b,
          Arrays.copyOfRange(ofBefore, i, Math.min(endBefore, i + MOST_ALIKE)),
          a,
          Arrays.copyOfRange(ofAfter, j, Math.min(endAfter, j + MOST_ALIKE)),
          likeness);
      i = endBefore;
      j = endAfter;
    }
  }

  private static int endOf(int[] order, long[] hashes, int from) {
    int end = from;
    while (end < order.length && hashes[order[end]] == hashes[order[from]]) {
      end++;
    }
    return end;
  }

  private void pairInPlace(RowFacts b, int[] ps, RowFacts a, int[] qs, Likeness likeness) {
    while (true) {
      int bestP = -1;
      int bestQ = -1;
      double best = -1;
      for (int p : ps) {
        for (int q : qs) {
          if (openBefore.get(b.row(p)) && openAfter.get(a.row(q))) {
            double score = likeness.of(p, q);
            if (score > best) {
              best = score;
              bestP = p;
              bestQ = q;
            }
          }
        }
      }
      if (best < CERTAIN) {
        return;
      }
      pair(b.row(bestP), a.row(bestQ));
    }
  }

  /** Equal attributes that no other row of either whole state has: the thing has moved. */
  private void pairByAttributes(RowFacts b, RowFacts a) {
    long[] allBefore = before.attributes().clone();
    long[] allAfter = after.attributes().clone();
    Arrays.parallelSort(allBefore);
    Arrays.parallelSort(allAfter);
    forEachUniquePair(
        b,
        attributesOf(b, before),
        a,
        attributesOf(a, after),
        (p, q) -> {
          long hash = before.attributes()[b.row(p)];
          if (isAlone(allBefore, hash) && isAlone(allAfter, hash)) {
            pair(b.row(p), a.row(q));
          }
        });
  }

  private static long[] attributesOf(RowFacts facts, RowSurvey survey) {
    long[] hashes = new long[facts.count()];
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = survey.attributes()[facts.row(i)];
    }
    return hashes;
  }

  private static boolean isAlone(long[] sorted, long hash) {
    int first = firstOf(sorted, hash);
    return first + 1 >= sorted.length || sorted[first + 1] != hash;
  }

  /** The most alike before each open row, best first. */
  private record Rivals(int after, int[] before, double[] scores, int count) {
    static Rivals none(int after) {
      return new Rivals(after, new int[MOST_RIVALS], new double[MOST_RIVALS], 0);
    }

    Rivals with(int b, double score) {
      int at = count;
      while (at > 0 && scores[at - 1] < score) {
        at--;
      }
      if (at == MOST_RIVALS) {
        return this;
      }
      int kept = Math.min(count, MOST_RIVALS - 1);
      System.arraycopy(before, at, before, at + 1, kept - at);
      System.arraycopy(scores, at, scores, at + 1, kept - at);
      before[at] = b;
      scores[at] = score;
      return new Rivals(after, before, scores, kept + 1);
    }
  }

  private void pairByLikeness(RowFacts b, RowFacts a, Likeness likeness) {
    BoxIndex index = BoxIndex.of(openBoxes(b));
    List<Rivals> all =
        IntStream.range(0, a.count())
            .parallel()
            .filter(q -> openAfter.get(a.row(q)) && a.hasPlace(q))
            .mapToObj(q -> rivals(index, a, q, likeness))
            .filter(rivals -> rivals.count > 0)
            .toList();
    Suitors suitors = new Suitors(b.count());
    List<long[]> pairs = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Rivals rivals = all.get(i);
      for (int k = 0; k < rivals.count; k++) {
        suitors.add(rivals.before[k], rivals.after, rivals.scores[k]);
        pairs.add(new long[] {Double.doubleToLongBits(rivals.scores[k]), i, k});
      }
    }
    pairs.sort((x, y) -> Long.compare(y[0], x[0]));
    BitSet doubted = new BitSet();
    for (long[] pair : pairs) {
      Rivals rivals = all.get((int) pair[1]);
      int k = (int) pair[2];
      int p = rivals.before[k];
      int q = rivals.after;
      if (!openBefore.get(b.row(p)) || !openAfter.get(a.row(q))) {
        continue;
      }
      double score = rivals.scores[k];
      double rival = Math.max(otherOpen(b, rivals, k), suitors.other(p, q, a, openAfter));
      if (!keyed && score >= CERTAIN && score - rival >= CLEARLY) {
        pair(b.row(p), a.row(q));
      } else if (doubts.size() < MOST_DOUBTS && !doubted.get(q)) {
        doubted.set(q);
        doubts.add(doubt(b, p, a, q, score, likeness));
      }
    }
    doubts.removeIf(doubt -> beforeOf[doubt.after()] >= 0);
  }

  /** The best score of a row's other candidates that are still to be had. */
  private double otherOpen(RowFacts b, Rivals rivals, int k) {
    for (int i = 0; i < rivals.count; i++) {
      if (i != k && openBefore.get(b.row(rivals.before[i]))) {
        return rivals.scores[i];
      }
    }
    return 0;
  }

  /** The two rows that are most like each feature of the state before. */
  private static final class Suitors {
    private final int[] first;
    private final int[] second;
    private final double[] firstScore;
    private final double[] secondScore;

    Suitors(int count) {
      first = new int[count];
      second = new int[count];
      firstScore = new double[count];
      secondScore = new double[count];
    }

    void add(int p, int q, double score) {
      if (score > firstScore[p]) {
        second[p] = first[p];
        secondScore[p] = firstScore[p];
        first[p] = q;
        firstScore[p] = score;
      } else if (score > secondScore[p]) {
        second[p] = q;
        secondScore[p] = score;
      }
    }

    double other(int p, int q, RowFacts a, BitSet openAfter) {
      int rival = first[p] == q ? second[p] : first[p];
      double score = first[p] == q ? secondScore[p] : firstScore[p];
      return score > 0 && openAfter.get(a.row(rival)) ? score : 0;
    }
  }

  private double[] openBoxes(RowFacts b) {
    double[] boxes = b.boxes().clone();
    for (int i = 0; i < b.count(); i++) {
      if (!openBefore.get(b.row(i))) {
        Arrays.fill(boxes, 4 * i, 4 * i + 4, Double.NaN);
      }
    }
    return boxes;
  }

  private static Rivals rivals(BoxIndex index, RowFacts a, int q, Likeness likeness) {
    double[] box = a.boxes();
    double around = Math.max(likeness.reach(), 0.25 * Math.max(a.width(q), a.height(q)));
    Rivals[] rivals = {Rivals.none(q)};
    index.search(
        box[4 * q] - around,
        box[4 * q + 1] - around,
        box[4 * q + 2] + around,
        box[4 * q + 3] + around,
        p -> {
          double score = likeness.of(p, q);
          if (score >= DOUBTFUL) {
            rivals[0] = rivals[0].with(p, score);
          }
          return true;
        });
    return rivals[0];
  }

  private Doubt doubt(RowFacts b, int p, RowFacts a, int q, double score, Likeness likeness) {
    return new Doubt(
        before.id(b.row(p)),
        a.row(q),
        score,
        likeness.distance(p, q),
        b.size(p),
        a.size(q),
        likeness.equal(p, q),
        likeness.known(p, q),
        keyed);
  }
}
