package org.tequio.reconcile.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.BoxIndex;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.Field;
import org.tequio.feature.PolygonArea;
import org.tequio.feature.Progress;
import org.tequio.feature.Wkb;
import org.tequio.reconcile.name.NameColumn;
import org.tequio.reconcile.name.WordBook;
import org.tequio.storage.AsOf;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.FeatureStore;
import org.tequio.storage.StoredLayer;

/**
 * The features of one layer as far as their identity needs: ids, envelopes, sizes, geometry bytes,
 * the fields that may be keys and those that may be names. Filled by one thread, read by many.
 */
public final class MemberRows {
  /** Not a geometry that can be compared. */
  static final byte NO_SHAPE = -1;

  private static final int CHECK_EVERY = 4096;

  private final StoredLayer layer;
  private final boolean placed;
  private final int size;
  private final long[] ids;
  private final double[] boxes;
  private final float[] sizes;
  private final byte[] kinds;
  private final long[] places;
  private final int[] shapeHashes;
  private final ByteStore bytes = new ByteStore();
  private final List<KeyColumn> keys = new ArrayList<>();
  private final List<NameColumn> names = new ArrayList<>();
  private @Nullable BoxIndex index;
  private @Nullable RowsByHash keyRows;

  private MemberRows(StoredLayer layer, boolean placed) {
    this.layer = layer;
    this.placed = placed;
    this.size = Math.toIntExact(layer.count());
    this.ids = new long[size];
    this.boxes = new double[4 * size];
    this.sizes = new float[size];
    this.kinds = new byte[size];
    this.places = new long[size];
    this.shapeHashes = new int[size];
  }

  /**
   * Reads a layer.
   *
   * @param asOf the state to read
   * @param fields which of its fields may be keys and names
   * @param placed false where its coordinates cannot be compared with those of the others
   */
  public static MemberRows read(
      FeatureStore store,
      StoredLayer layer,
      AsOf asOf,
      IdentityFields fields,
      boolean placed,
      WordBook book,
      Progress progress) {
    MemberRows rows = new MemberRows(layer, placed);
    int[] keyAt = new int[fields.keys().size()];
    int[] nameAt = new int[fields.names().size()];
    for (int i = 0; i < keyAt.length; i++) {
      keyAt[i] = layer.schema().indexOf(fields.keys().get(i));
      rows.keys.add(new KeyColumn(fields.keys().get(i), rows.size));
    }
    for (int i = 0; i < nameAt.length; i++) {
      nameAt[i] = layer.schema().indexOf(fields.names().get(i));
      rows.names.add(new NameColumn(book, fields.names().get(i), rows.size));
    }
    PolygonArea area = new PolygonArea();
    double[] box = new double[4];
    int[] at = new int[1];
    store.scan(
        layer.id(),
        FeatureQuery.ALL.at(asOf),
        row -> {
          int i = at[0]++;
          rows.ids[i] = row.id();
          rows.shape(i, row, box, area);
          for (int k = 0; k < keyAt.length; k++) {
            rows.keys.get(k).add(row.value(keyAt[k]));
          }
          for (int k = 0; k < nameAt.length; k++) {
            rows.names.get(k).add(row.value(nameAt[k]));
          }
          if (i % CHECK_EVERY == 0) {
            progress.check();
            progress.step(layer.id().value(), i, rows.size);
          }
          return true;
        });
    return rows;
  }

  /** Reads a layer for its places only. */
  public static MemberRows readPlaces(
      FeatureStore store, StoredLayer layer, AsOf asOf, Progress progress) {
    return read(
        store,
        layer,
        asOf,
        new IdentityFields(List.of(), List.of()),
        true,
        new WordBook(),
        progress);
  }

  /** A hash of a row's geometry. */
  public int shapeHash(int row) {
    return shapeHashes[row];
  }

  /** Features of a table of which only the ids are known: 1, 2, 3 ... */
  static MemberRows ofIds(StoredLayer layer) {
    MemberRows rows = new MemberRows(layer, false);
    Arrays.setAll(rows.ids, i -> i + 1);
    Arrays.fill(rows.kinds, NO_SHAPE);
    Arrays.fill(rows.boxes, Double.NaN);
    return rows;
  }

  private void shape(int i, FeatureRow row, double[] box, PolygonArea area) {
    byte[] wkb = row.wkb();
    kinds[i] = NO_SHAPE;
    Arrays.fill(boxes, 4 * i, 4 * i + 4, Double.NaN);
    if (!placed || wkb == null || !Wkb.envelope(wkb, row.wkbOffset(), box)) {
      return;
    }
    System.arraycopy(box, 0, boxes, 4 * i, 4);
    places[i] = bytes.add(wkb, row.wkbOffset(), row.wkbLength());
    shapeHashes[i] = hash(wkb, row.wkbOffset(), row.wkbLength());
    int dimension = Wkb.type(wkb, row.wkbOffset()).dimension();
    kinds[i] = (byte) dimension;
    if (dimension == 2) {
      sizes[i] = (float) area.read(wkb, row.wkbOffset(), box[0], box[1]).area();
    } else if (dimension == 1) {
      sizes[i] = (float) Math.hypot(box[2] - box[0], box[3] - box[1]);
    }
  }

  private static int hash(byte[] bytes, int offset, int length) {
    int hash = length;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash;
  }

  /** The layer as it was read. */
  public StoredLayer layer() {
    return layer;
  }

  /** How many features there are. */
  public int size() {
    return size;
  }

  /** The id of a row's feature. */
  public long id(int row) {
    return ids[row];
  }

  /**
   * The row of a feature, -1 where the layer has it no longer.
   *
   * @param key what its key was: it decides where the id belongs to another by now
   */
  int row(long id, String key) {
    int at = Arrays.binarySearch(ids, id);
    String declared = layer.schema().key();
    if (key.isEmpty() || keys.isEmpty() || !keys.getFirst().field().equals(declared)) {
      return at < 0 ? -1 : at;
    }
    byte[] bytes = key.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    long hash = KeyForm.WHOLE.hash(bytes, 0, bytes.length);
    if (at >= 0 && keys.getFirst().hash(at, KeyForm.WHOLE) == hash) {
      return at;
    }
    RowsByHash known = keyRows();
    return known.isUnique(hash) ? known.first(hash) : -1;
  }

  private RowsByHash keyRows() {
    RowsByHash built = keyRows;
    if (built == null) {
      built = new RowsByHash(keys.getFirst().hashes(KeyForm.WHOLE, KeyColumn.ANY_ENDING));
      keyRows = built;
    }
    return built;
  }

  /** minX, minY, maxX, maxY of every row, NaN where it has no place; not to be changed. */
  public double[] boxes() {
    return boxes;
  }

  /** 0 for points, 1 for lines, 2 for polygons, -1 where there is nothing to compare. */
  public int kind(int row) {
    return kinds[row];
  }

  /** Area of a polygon, diagonal of a line. */
  public float measure(int row) {
    return sizes[row];
  }

  /** The array that holds a row's geometry. */
  public byte[] wkb(int row) {
    return bytes.array(places[row]);
  }

  /** Where a row's geometry begins. */
  public int wkbOffset(int row) {
    return bytes.offset(places[row]);
  }

  /** True where two geometries are the same bytes. */
  public boolean hasSameBytes(int row, MemberRows other, int otherRow) {
    if (shapeHashes[row] != other.shapeHashes[otherRow]) {
      return false;
    }
    byte[] mine = wkb(row);
    byte[] theirs = other.wkb(otherRow);
    int from = wkbOffset(row);
    int otherFrom = other.wkbOffset(otherRow);
    int length = Wkb.forEachRun(mine, from, (at, stride, n) -> {}) - from;
    return otherFrom + length <= theirs.length
        && Arrays.equals(mine, from, from + length, theirs, otherFrom, otherFrom + length);
  }

  boolean isPlaced() {
    return placed && layer.schema().hasGeometry();
  }

  List<KeyColumn> keys() {
    return keys;
  }

  List<NameColumn> names() {
    return names;
  }

  /** Finds rows by their boxes. */
  public synchronized BoxIndex index() {
    BoxIndex built = index;
    if (built == null) {
      built = BoxIndex.of(boxes);
      index = built;
    }
    return built;
  }

  /**
   * Which fields of a layer may say what a feature is.
   *
   * @param keys in order of hope
   * @param names in order of hope
   */
  public record IdentityFields(List<String> keys, List<String> names) {
    private static final int MOST_KEYS = 4;
    private static final int MOST_NAMES = 2;
    private static final int SAMPLE = 5000;
    private static final List<String> KEY_WORDS =
        List.of("cve", "clave", "cvgeo", "geo", "cod", "key", "id", "num", "cuenta", "folio");
    private static final List<String> NAME_WORDS =
        List.of("nom", "nam", "denom", "titulo", "title", "alcald", "deleg", "colonia", "munic");

    /** Copies the lists. */
    public IdentityFields {
      keys = List.copyOf(keys);
      names = List.copyOf(names);
    }

    /** The fields whose values look like keys and names, from the layer's first features. */
    public static IdentityFields guess(FeatureStore store, StoredLayer layer, AsOf asOf) {
      List<Field> fields = layer.schema().fields();
      FieldSample[] samples = new FieldSample[fields.size()];
      Arrays.setAll(samples, i -> new FieldSample());
      store.scan(
          layer.id(),
          FeatureQuery.ALL.page(0, SAMPLE).at(asOf),
          row -> {
            for (int i = 0; i < samples.length; i++) {
              samples[i].add(row.value(i));
            }
            return true;
          });
      List<String> keys = new ArrayList<>();
      List<String> names = new ArrayList<>();
      for (int i : byHope(fields, KEY_WORDS, layer.schema().key())) {
        boolean declared = fields.get(i).name().equals(layer.schema().key());
        if (keys.size() < MOST_KEYS && (declared || samples[i].looksLikeKey())) {
          keys.add(fields.get(i).name());
        }
      }
      for (int i : byHope(fields, NAME_WORDS, null)) {
        if (names.size() < MOST_NAMES && samples[i].looksLikeName()) {
          names.add(fields.get(i).name());
        }
      }
      return new IdentityFields(keys, names);
    }

    private static int[] byHope(List<Field> fields, List<String> words, @Nullable String first) {
      return java.util.stream.IntStream.range(0, fields.size())
          .boxed()
          .sorted(
              java.util.Comparator.comparingInt(
                  i -> {
                    String name = fields.get(i).name().toLowerCase(Locale.ROOT);
                    return fields.get(i).name().equals(first)
                        ? 0
                        : words.stream().anyMatch(name::contains) ? 1 : 2;
                  }))
          .mapToInt(Integer::intValue)
          .toArray();
    }
  }
}
