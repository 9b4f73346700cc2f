package org.tequio.formats.shapefile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The offsets of a {@code .shx}. Only an index that leaves gaps or changes the order tells more
 * than the shapes themselves do; then, and only if every offset is possible, it is followed.
 *
 * @param records how many records it lists
 * @param offsets byte positions of the records, empty where the shapes can be read one after
 *     another
 * @param fault what is wrong with it; empty where nothing is
 */
@SuppressWarnings("ArrayRecordComponent")
record ShapeIndex(long records, long[] offsets, String fault) {
  private static final int HEADER = 100;
  private static final long MAX_BYTES = 1L << 30;
  private static final long[] NONE = new long[0];

  /** Reads an index against the shapes that it is for. */
  static ShapeIndex read(Path path, long shapesSize) throws IOException {
    long size = Files.size(path);
    if (size < HEADER || size > MAX_BYTES) {
      return new ShapeIndex(-1, NONE, "it has " + size + " bytes");
    }
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path));
    if (bytes.getInt(0) != 9994) {
      return new ShapeIndex(-1, NONE, "it does not begin as an index does");
    }
    int records = (int) ((size - HEADER) / 8);
    long[] offsets = new long[records];
    long expected = HEADER;
    boolean contiguous = true;
    boolean possible = true;
    for (int i = 0; i < records; i++) {
      long offset = 2 * (bytes.getInt(HEADER + 8 * i) & 0xffffffffL);
      long length = 2 * (bytes.getInt(HEADER + 8 * i + 4) & 0xffffffffL);
      offsets[i] = offset;
      contiguous &= offset == expected;
      possible &= offset >= HEADER && offset + 12 <= shapesSize;
      expected = offset + 8 + length;
    }
    if (contiguous) {
      return new ShapeIndex(records, NONE, "");
    }
    return possible
        ? new ShapeIndex(records, offsets, "")
        : new ShapeIndex(records, NONE, "it points outside the shapes");
  }
}
