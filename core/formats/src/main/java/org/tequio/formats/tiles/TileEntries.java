package org.tequio.formats.tiles;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/**
 * The entries of a PMTiles directory (version 3, section 4): from which tile on, for how many
 * tiles, where the bytes lie and how many. Rows that rise by their tile. Not thread-safe.
 */
final class TileEntries {
  private long[] ids = new long[256];
  private int[] runs = new int[256];
  private int[] lengths = new int[256];
  private long[] offsets = new long[256];
  private int size;

  int size() {
    return size;
  }

  /**
   * Adds an entry; a tile that follows on one with the same bytes makes its run longer.
   *
   * @param run how many tiles; 0 for a directory of the second level
   */
  void add(long id, int run, int length, long offset) {
    int last = size - 1;
    if (run == 1
        && last >= 0
        && offsets[last] == offset
        && lengths[last] == length
        && ids[last] + runs[last] == id) {
      runs[last]++;
      return;
    }
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, size * 2);
      runs = Arrays.copyOf(runs, size * 2);
      lengths = Arrays.copyOf(lengths, size * 2);
      offsets = Arrays.copyOf(offsets, size * 2);
    }
    ids[size] = id;
    runs[size] = run;
    lengths[size] = length;
    offsets[size++] = offset;
  }

  /** The last tile that there is; -1 before the first. */
  long lastId() {
    return size == 0 ? -1 : ids[size - 1] + runs[size - 1] - 1;
  }

  long id(int entry) {
    return ids[entry];
  }

  /** The directory of some entries, compressed. */
  byte[] directory(int from, int to) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      varint(out, to - from);
      for (int i = from; i < to; i++) {
        varint(out, i == from ? ids[i] : ids[i] - ids[i - 1]);
      }
      for (int i = from; i < to; i++) {
        varint(out, runs[i]);
      }
      for (int i = from; i < to; i++) {
        varint(out, lengths[i]);
      }
      for (int i = from; i < to; i++) {
        boolean follows = i > from && offsets[i] == offsets[i - 1] + lengths[i - 1];
        varint(out, follows ? 0 : offsets[i] + 1);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void varint(GZIPOutputStream out, long value) throws IOException {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
