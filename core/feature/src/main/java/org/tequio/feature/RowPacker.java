package org.tequio.feature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Packs rows, which come in the order of their ids, into memory. Not thread-safe. */
public final class RowPacker {
  private static final int CHUNK = 4 << 20;
  private static final int NO_DIMENSION = -2;
  private static final double[] NOWHERE = {Double.NaN, Double.NaN, Double.NaN, Double.NaN};

  final List<Field> fields;
  final MvtValues values = new MvtValues();
  final List<byte[]> chunks = new ArrayList<>();
  private byte[] chunk = new byte[0];
  private int used;
  private long kept;
  int size;
  long[] ids = new long[1024];
  long[] places = new long[1024];
  int[] lengths = new int[1024];
  float[] reaches = new float[1024];
  double[] envelopes = new double[4 * 1024];
  final int[][] numbers;

  /** For each field whether a value came twice. */
  private final boolean[] repeated;

  private final Reach reach = new Reach();
  private final double[] envelope = new double[4];
  int dimension = NO_DIMENSION;

  /**
   * Begins.
   *
   * @param fields those of the rows' layer, in the order of its schema
   */
  public RowPacker(List<Field> fields) {
    this.fields = List.copyOf(fields);
    this.numbers = new int[fields.size()][1024];
    this.repeated = new boolean[fields.size()];
  }

  /** Bytes of memory that the rows will take, about. */
  public long bytes() {
    return kept + values.bytes() + size * (64L + 4L * numbers.length);
  }

  /**
   * Adds one more.
   *
   * @throws IllegalArgumentException where the ids do not rise
   */
  public void add(FeatureRow row) {
    if (size > 0 && row.id() <= ids[size - 1]) {
      throw new IllegalArgumentException("row " + row.id() + " after row " + ids[size - 1]);
    }
    reserve();
    ids[size] = row.id();
    for (int i = 0; i < numbers.length; i++) {
      Object value = row.value(i);
      int known = values.size();
      int number = value == null ? -1 : values.numberOf(value);
      numbers[i][size] = number;
      repeated[i] |= number >= 0 && number < known;
    }
    place(row);
    size++;
  }

  private void place(FeatureRow row) {
    byte[] wkb = row.wkb();
    places[size] = -1;
    System.arraycopy(NOWHERE, 0, envelopes, 4 * size, 4);
    if (wkb == null) {
      return;
    }
    int length = row.wkbLength();
    if (used + length > chunk.length) {
      cut();
      chunk = new byte[Math.max(CHUNK, length)];
      used = 0;
    }
    System.arraycopy(wkb, row.wkbOffset(), chunk, used, length);
    places[size] = (long) chunks.size() << 32 | used;
    lengths[size] = length;
    if (Wkb.envelope(chunk, used, envelope)) {
      System.arraycopy(envelope, 0, envelopes, 4 * size, 4);
    }
    int its = Wkb.type(chunk, used).dimension();
    dimension = dimension == NO_DIMENSION || dimension == its ? its : -1;
    reaches[size] = reach.of(row.id(), chunk, used);
    used += length;
    kept += length;
  }

  private void cut() {
    if (used > 0) {
      chunks.add(used == chunk.length ? chunk : Arrays.copyOf(chunk, used));
    }
  }

  private void reserve() {
    if (size < ids.length) {
      return;
    }
    int more = size + (size >> 1);
    ids = Arrays.copyOf(ids, more);
    places = Arrays.copyOf(places, more);
    lengths = Arrays.copyOf(lengths, more);
    reaches = Arrays.copyOf(reaches, more);
    envelopes = Arrays.copyOf(envelopes, 4 * more);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Arrays.copyOf(numbers[i], more);
    }
  }

  /** For each field whether each of its values stands in one row of one field only, as keys do. */
  boolean[] unique() {
    boolean[] unique = new boolean[repeated.length];
    int[] owners = new int[values.size()];
    for (int i = 0; i < unique.length; i++) {
      unique[i] = !repeated[i];
      for (int row = 0; row < size && unique[i]; row++) {
        if (numbers[i][row] >= 0) {
          owners[numbers[i][row]] = i + 1;
        }
      }
    }
    for (int i = 0; i < unique.length; i++) {
      for (int row = 0; row < size; row++) {
        int owner = numbers[i][row] < 0 ? 0 : owners[numbers[i][row]];
        if (owner > 0 && owner != i + 1) {
          unique[owner - 1] = false;
          unique[i] = false;
        }
      }
    }
    return unique;
  }

  /** The rows; the packer is not used again. */
  public PackedRows build() {
    cut();
    values.trim();
    dimension = Math.max(dimension, -1);
    return new PackedRows(this);
  }
}
