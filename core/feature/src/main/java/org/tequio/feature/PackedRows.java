package org.tequio.feature;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one state of a layer in memory, as {@link RowPacker} packs them: geometries as they
 * are stored, end to end; each different value once; an index of the envelopes. A million parcels
 * take some 300 MB, and reading them makes no object for a feature. Immutable and thread-safe.
 */
public final class PackedRows {
  private static final float EVERY = Float.NEGATIVE_INFINITY;

  /** Areas in a tile are those of the layer's CRS but for its distortion within the tile. */
  private static final double SURELY = 0.97;

  private final List<Field> fields;
  private final long[] ids;
  private final byte[][] chunks;

  /** The chunk in the upper half and the offset in the lower; -1 where there is no geometry. */
  private final long[] places;

  private final int[] lengths;
  private final int[][] numbers;
  private final MvtValues values;
  private final boolean[] unique;
  private final BoxIndex index;
  private final int dimension;

  /** What has changed since; its rows come instead of those that are replaced. */
  private final @Nullable PackedRows patch;

  private final long[] replaced;

  PackedRows(RowPacker built) {
    int n = built.size;
    fields = built.fields;
    ids = Arrays.copyOf(built.ids, n);
    chunks = built.chunks.toArray(new byte[0][]);
    places = Arrays.copyOf(built.places, n);
    lengths = Arrays.copyOf(built.lengths, n);
    numbers = new int[fields.size()][];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Arrays.copyOf(built.numbers[i], n);
    }
    values = built.values;
    unique = built.unique();
    index = BoxIndex.of(Arrays.copyOf(built.envelopes, 4 * n), Arrays.copyOf(built.reaches, n));
    dimension = built.dimension;
    patch = null;
    replaced = new long[0];
  }

  private PackedRows(PackedRows base, @Nullable PackedRows patch, long[] replaced) {
    fields = base.fields;
    ids = base.ids;
    chunks = base.chunks;
    places = base.places;
    lengths = base.lengths;
    numbers = base.numbers;
    values = base.values;
    unique = base.unique;
    index = base.index;
    dimension = base.dimension;
    this.patch = patch;
    this.replaced = replaced;
  }

  /**
   * The same with some rows changed.
   *
   * @param changed rows that are new or other than here, of the same fields
   * @param gone the ids of all rows that are not any more as they are here, in rising order
   */
  public PackedRows with(PackedRows changed, long[] gone) {
    PackedRows next = changed;
    if (patch != null) {
      RowPacker merged = new RowPacker(fields);
      Cursor kept = new PackedRows(patch, null, gone).cursor(null, 0, EVERY, Integer.MAX_VALUE);
      merge(
          kept,
          changed.cursor(null, 0, EVERY, Integer.MAX_VALUE),
          row -> {
            merged.add(row);
            return true;
          });
      next = merged.build();
    }
    long[] all =
        LongStream.concat(Arrays.stream(replaced), Arrays.stream(gone))
            .sorted()
            .distinct()
            .toArray();
    return new PackedRows(this, next, all);
  }

  /** A packer for rows of the same fields. */
  public RowPacker packer() {
    return new RowPacker(fields);
  }

  /** How many rows come from what was changed since, or are hidden by it. */
  public int changes() {
    return replaced.length;
  }

  /** How many rows there are, hidden ones aside. */
  public int size() {
    int hidden = 0;
    for (long id : replaced) {
      hidden += Arrays.binarySearch(ids, id) >= 0 ? 1 : 0;
    }
    return ids.length - hidden + (patch == null ? 0 : patch.size());
  }

  /** The dimension of all geometries; -1 where they differ or there is none. */
  public int dimension() {
    return patch == null || patch.dimension == dimension || patch.index.size() == 0
        ? dimension
        : -1;
  }

  /** Bytes of memory that they take. */
  public long bytes() {
    long sum = values.bytes() + index.bytes() + 20L * ids.length;
    for (byte[] chunk : chunks) {
      sum += chunk.length;
    }
    return sum + 4L * ids.length * numbers.length + (patch == null ? 0 : patch.bytes());
  }

  /** How many rows have an envelope that touches a box. */
  public int count(Bbox box) {
    int hidden = 0;
    double[] envelope = new double[4];
    for (long id : replaced) {
      int place = Arrays.binarySearch(ids, id);
      if (place >= 0 && places[place] >= 0) {
        byte[] wkb = chunks[(int) (places[place] >>> 32)];
        boolean placed = Wkb.envelope(wkb, (int) places[place], envelope);
        hidden +=
            placed && new Bbox(envelope[0], envelope[1], envelope[2], envelope[3]).intersects(box)
                ? 1
                : 0;
      }
    }
    return index.count(box.minX(), box.minY(), box.maxX(), box.maxY())
        - hidden
        + (patch == null ? 0 : patch.count(box));
  }

  /**
   * Shows rows in the order of their ids.
   *
   * @param box those whose envelope touches it; null for all
   * @param after those with greater ids
   * @param visitor sees a row that is valid during the call only; false ends the scan
   * @return how many were shown
   */
  public long scan(@Nullable Bbox box, long after, Predicate<FeatureRow> visitor) {
    return merge(
        cursor(box, after, EVERY, Integer.MAX_VALUE),
        patch == null ? null : patch.cursor(box, after, EVERY, Integer.MAX_VALUE),
        visitor);
  }

  /**
   * Shows the rows whose envelope touches a box and that are drawn where {@code least} is the least
   * measure (an area, a length or a number, by their {@link #dimension}, in units of their CRS), in
   * the order of their ids. It may show a few more than are drawn, and never fewer.
   *
   * @return false, having shown none, where they are more than {@code most}
   */
  public boolean scanDrawn(Bbox box, double least, int most, Predicate<FeatureRow> visitor) {
    float reach = least <= 0 ? EVERY : (float) (least * SURELY);
    Cursor own = cursor(box, 0, reach, most);
    Cursor changed = patch == null ? null : patch.cursor(box, 0, reach, most);
    if (own.isTooMany() || changed != null && changed.isTooMany()) {
      return false;
    }
    merge(own, changed, visitor);
    return true;
  }

  // No id is shown by both.
  private static long merge(Cursor own, @Nullable Cursor changed, Predicate<FeatureRow> visitor) {
    long shown = 0;
    boolean a = own.next();
    boolean b = changed != null && changed.next();
    while (a || b) {
      boolean first = !b || a && changed != null && own.row.id() < changed.row.id();
      Cursor next = first || changed == null ? own : changed;
      shown++;
      if (!visitor.test(next.row)) {
        break;
      }
      if (first) {
        a = own.next();
      } else {
        b = next.next();
      }
    }
    return shown;
  }

  private Cursor cursor(@Nullable Bbox box, long after, float reach, int most) {
    int at = Arrays.binarySearch(ids, after);
    int first = at >= 0 ? at + 1 : -at - 1;
    if (box == null) {
      return new Cursor(null, first, ids.length);
    }
    Found found = new Found(ids.length, most);
    boolean all = index.search(box.minX(), box.minY(), box.maxX(), box.maxY(), reach, found::add);
    return all ? new Cursor(found.sorted(), first, found.size) : new Cursor(null, 0, -1);
  }

  /** Goes through the rows of this alone. */
  private final class Cursor {
    private final int @Nullable [] found;
    private final int first;
    private final int end;
    private final Row row = new Row();
    private int at;

    Cursor(int @Nullable [] found, int first, int end) {
      this.found = found;
      this.first = first;
      this.end = end;
      this.at = found == null ? first : 0;
    }

    boolean isTooMany() {
      return end < 0;
    }

    boolean next() {
      int[] only = found;
      while (at < end) {
        row.place = only == null ? at : only[at];
        at++;
        if (row.place >= first
            && (replaced.length == 0 || Arrays.binarySearch(replaced, row.id()) < 0)) {
          return true;
        }
      }
      return false;
    }
  }

  /** A row that goes from place to place. */
  final class Row implements FeatureRow {
    int place;

    @Override
    public long id() {
      return ids[place];
    }

    @Override
    public byte @Nullable [] wkb() {
      return places[place] < 0 ? null : chunks[(int) (places[place] >>> 32)];
    }

    @Override
    public int wkbOffset() {
      return (int) places[place];
    }

    @Override
    public int wkbLength() {
      return lengths[place];
    }

    @Override
    public @Nullable Object value(int field) {
      int number = numbers[field][place];
      return number < 0 ? null : values.value(number, fields.get(field).type());
    }

    /** The number of a value in {@link #values()}; -1 where there is none. */
    int number(int field) {
      return numbers[field][place];
    }

    MvtValues values() {
      return values;
    }

    /** True where no other row and no other field has the value that this one has there. */
    boolean isUnique(int field) {
      return unique[field];
    }
  }

  /** Places that a search finds. */
  private static final class Found {
    /** From so many on, one in so many, marking is quicker than sorting. */
    private static final int DENSE = 64;

    private final int all;
    private final int most;
    private int[] places = new int[16];
    private int size;

    Found(int all, int most) {
      this.all = all;
      this.most = most;
    }

    boolean add(int place) {
      if (size == places.length) {
        places = Arrays.copyOf(places, 2 * size);
      }
      places[size++] = place;
      return size <= most;
    }

    int[] sorted() {
      if (size < all / DENSE) {
        Arrays.sort(places, 0, size);
        return Arrays.copyOf(places, size);
      }
      long[] marks = new long[all / 64 + 1];
      for (int i = 0; i < size; i++) {
        marks[places[i] >> 6] |= 1L << places[i];
      }
      int[] sorted = new int[size];
      int n = 0;
      for (int word = 0; word < marks.length; word++) {
        for (long bits = marks[word]; bits != 0; bits &= bits - 1) {
          sorted[n++] = word << 6 | Long.numberOfTrailingZeros(bits);
        }
      }
      return sorted;
    }
  }
}
