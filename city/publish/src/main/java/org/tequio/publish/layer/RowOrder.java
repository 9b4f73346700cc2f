package org.tequio.publish.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.FeatureRow;

/**
 * An order of a layer's features by some of its public fields: what is not known comes last; of
 * equals, the elder first. Texts stand by the code points of their first 200 characters. Immutable.
 */
public final class RowOrder {
  /** The field that stands for the identifier of a feature. */
  public static final int ID = -1;

  private static final int TEXT = 200;

  private final List<Key> keys;
  private final int[] positions;
  private final Comparator<Place> comparator;

  /**
   * One field by which features are put in order.
   *
   * @param field its place among the public ones, or {@link #ID}
   */
  public record Key(int field, boolean descending) {}

  /**
   * Where a feature stands in the order.
   *
   * @param values by which it stands there, one for each key; null where not known
   */
  public record Place(long id, List<@Nullable Comparable<?>> values) {
    /** Copies the values, keeping their nulls. */
    public Place {
      values = Collections.unmodifiableList(new ArrayList<>(values));
    }
  }

  /** An order by these fields of a layer, the first of them first. */
  public RowOrder(PublicLayer layer, List<Key> keys) {
    this.keys = List.copyOf(keys);
    this.positions = layer.positions();
    Comparator<Place> all = (_, _) -> 0;
    for (int i = 0; i < keys.size(); i++) {
      int key = i;
      boolean descending = keys.get(i).descending();
      all =
          all.thenComparing(
              (a, b) -> compare(a.values().get(key), b.values().get(key), descending));
    }
    this.comparator = all.thenComparingLong(Place::id);
  }

  /** By which fields. */
  public List<Key> keys() {
    return keys;
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

  private Place place(FeatureRow row) {
    @Nullable Comparable<?>[] values = new Comparable<?>[keys.size()];
    for (int i = 0; i < values.length; i++) {
      int field = keys.get(i).field();
      Object value = field == ID ? Long.valueOf(row.id()) : row.value(positions[field]);
      values[i] =
          value instanceof String text && text.length() > TEXT
              ? text.substring(0, TEXT)
              : (Comparable<?>) value;
    }
    return new Place(row.id(), Arrays.asList(values));
  }

  /**
   * The first features of the order, while rows come in any other. Not thread-safe.
   *
   * @see #first
   */
  public final class First {
    private final long most;
    private final @Nullable Place after;
    private final PriorityQueue<Place> kept = new PriorityQueue<>(comparator.reversed());

    private First(long most, @Nullable Place after) {
      this.most = most;
      this.after = after;
    }

    /** Takes a row into account. */
    public void add(FeatureRow row) {
      Place place = place(row);
      if (after != null && comparator.compare(place, after) <= 0) {
        return;
      }
      kept.add(place);
      if (kept.size() > most) {
        kept.poll();
      }
    }

    /** How many are kept so far. */
    public int size() {
      return kept.size();
    }

    /** Those that are kept, in order. */
    public List<Place> places() {
      List<Place> sorted = new ArrayList<>(kept);
      sorted.sort(comparator);
      return sorted;
    }
  }

  /**
   * Begins to look for the first features.
   *
   * @param most so many of them
   * @param after only those that stand behind it; null for all
   */
  public First first(long most, @Nullable Place after) {
    return new First(most, after);
  }
}
