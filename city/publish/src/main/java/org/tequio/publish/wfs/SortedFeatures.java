package org.tequio.publish.wfs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.publish.ows.OwsException;

/**
 * The features of a query in the order of some fields: of all that match only as many are kept as
 * stand before the end of the page. What is not known comes last; of equals, the elder first.
 */
final class SortedFeatures {
  private static final int MOST = 200_000;

  private SortedFeatures() {}

  private record Entry(long id, @Nullable Comparable<?>[] keys) {}

  /** The identifiers from one place of the order to another. */
  static long[] page(FeatureScan scan, long start, long count) {
    long last = start + count < 0 ? Long.MAX_VALUE : start + count;
    List<TypeQuery.SortKey> order = scan.query().order();
    int[] positions = scan.query().type().layer().positions();
    Comparator<Entry> comparator = comparator(order);
    PriorityQueue<Entry> kept = new PriorityQueue<>(comparator.reversed());
    scan.scan(
        0,
        row -> {
          @Nullable Comparable<?>[] keys = new Comparable<?>[order.size()];
          for (int i = 0; i < keys.length; i++) {
            keys[i] = (Comparable<?>) row.value(positions[order.get(i).field()]);
          }
          kept.add(new Entry(row.id(), keys));
          if (kept.size() > last) {
            kept.poll();
          }
          if (kept.size() > MOST) {
            throw OwsException.invalid(
                "sortBy",
                new LocalText(
                    "hasta " + MOST + " elementos en orden; pida menos o filtre",
                    "até " + MOST + " elementos em ordem; peça menos ou filtre",
                    "at most " + MOST + " features in order; ask for fewer or filter"),
                Long.toString(last));
          }
          return true;
        });
    List<Entry> sorted = new ArrayList<>(kept);
    sorted.sort(comparator);
    return sorted.stream().skip(start).mapToLong(Entry::id).toArray();
  }

  private static Comparator<Entry> comparator(List<TypeQuery.SortKey> order) {
    Comparator<Entry> all = (_, _) -> 0;
    for (int i = 0; i < order.size(); i++) {
      int key = i;
      boolean descending = order.get(i).descending();
      all = all.thenComparing((a, b) -> compare(a.keys[key], b.keys[key], descending));
    }
    return all.thenComparingLong(Entry::id);
  }

  // All values of one field are of one class.
  @SuppressWarnings("unchecked")
  private static int compare(
      @Nullable Comparable<?> a, @Nullable Comparable<?> b, boolean descending) {
    if (a == null || b == null) {
      return Boolean.compare(a == null, b == null);
    }
    int order = ((Comparable<Object>) a).compareTo(b);
    return descending ? -order : order;
  }
}
