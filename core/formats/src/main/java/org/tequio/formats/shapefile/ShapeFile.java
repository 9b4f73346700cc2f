package org.tequio.formats.shapefile;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Finding;
import org.tequio.feature.FindingCode;
import org.tequio.feature.GeometryType;
import org.tequio.feature.Wkb;
import org.tequio.formats.FormatException;
import org.tequio.formats.ReadContext;

/** The {@code .shp} with what its index adds: where its records are. Not thread-safe. */
final class ShapeFile implements Closeable {
  static final int HEADER = 100;
  private static final int MAGIC = 9994;

  private final FileWindow file;
  private final int type;
  private final long declaredSize;
  private final boolean measuresAreReal;
  private final long indexedRecords;
  private final long[] offsets;

  private ShapeFile(
      FileWindow file,
      int type,
      long declaredSize,
      boolean measuresAreReal,
      long indexedRecords,
      long[] offsets) {
    this.file = file;
    this.type = type;
    this.declaredSize = declaredSize;
    this.measuresAreReal = measuresAreReal;
    this.indexedRecords = indexedRecords;
    this.offsets = offsets;
  }

  static ShapeFile open(Path path, @Nullable Path index, String source, ReadContext context)
      throws IOException, FormatException {
    FileWindow file = new FileWindow(path);
    try {
      if (file.size() < HEADER) {
        throw new FormatException(
            FindingCode.FILE_TRUNCATED,
            "the file has " + file.size() + " bytes, less than the header of a shapefile");
      }
      int at = file.at(0, HEADER);
      byte[] bytes = file.bytes();
      if (bigEndian(bytes, at) != MAGIC) {
        throw new FormatException(
            FindingCode.FILE_UNREADABLE,
            "byte 0: not a shapefile, it begins with '"
                + new String(bytes, at, 8, StandardCharsets.US_ASCII).replaceAll("[^ -~]", ".")
                + "'");
      }
      long declaredSize = 2 * (bigEndian(bytes, at + 24) & 0xffffffffL);
      int type = Wkb.getInt(bytes, at + 32);
      if (type == 31) {
        throw new FormatException(
            FindingCode.FILE_UNREADABLE,
            "byte 32: the shapes are MultiPatches (three-dimensional bodies), which Tequio does not"
                + " read; export the layer as polygons");
      }
      double low = Wkb.getDouble(bytes, at + 84);
      double high = Wkb.getDouble(bytes, at + 92);
      boolean measures = type / 10 == 2 || low != high && low > -1e38 && high > -1e38;
      long records = -1;
      long[] offsets = new long[0];
      if (index != null) {
        ShapeIndex read = ShapeIndex.read(index, file.size());
        records = read.records();
        offsets = read.offsets();
        if (!read.fault().isEmpty()) {
          context
              .findings()
              .add(
                  Finding.of(
                      FindingCode.FILE_UNREADABLE,
                      source,
                      ".shx",
                      read.fault() + "; the shapes are read one after another",
                      Finding.Action.ASSUMED));
        }
      }
      return new ShapeFile(file, type, declaredSize, measures, records, offsets);
    } catch (IOException | FormatException e) {
      file.close();
      throw e;
    }
  }

  FileWindow file() {
    return file;
  }

  /** The length in the header; may be anything. */
  long declaredSize() {
    return declaredSize;
  }

  /** How many records the index lists; -1 where there is none. */
  long indexedRecords() {
    return indexedRecords;
  }

  /** Where each record is, in order; empty where they follow each other. */
  long[] offsets() {
    return offsets;
  }

  boolean measuresAreReal() {
    return measuresAreReal;
  }

  GeometryType geometry() {
    return switch (type % 10) {
      case 1 -> GeometryType.POINT;
      case 3 -> GeometryType.MULTILINESTRING;
      case 5 -> GeometryType.MULTIPOLYGON;
      case 8 -> GeometryType.MULTIPOINT;
      default -> GeometryType.GEOMETRY;
    };
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  static int bigEndian(byte[] bytes, int at) {
    return Integer.reverseBytes(Wkb.getInt(bytes, at));
  }
}
