package org.tequio.formats.osm;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.tequio.feature.FindingCode;
import org.tequio.formats.FormatException;
import org.tequio.formats.ReadContext;

/**
 * OSM PBF (fileformat.proto, osmformat.proto 1.5): blocks of at most 32 MiB, plain or zlib, one in
 * memory at a time.
 */
record OsmPbf(Path file, ReadContext context) implements OsmSource {
  private static final int MAX_HEADER = 64 << 10;
  private static final int MAX_BLOB = 32 << 20;

  static boolean isPbf(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(32);
      return new String(start, StandardCharsets.ISO_8859_1).contains("OSMHeader");
    }
  }

  @Override
  public void forEach(Visitor visitor) throws IOException, FormatException {
    long size = Files.size(file);
    long at = 0;
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      while (at < size) {
        context.progress().check();
        int length = in.readInt();
        at += block(in, length, at, visitor) + 4;
      }
    } catch (EOFException e) {
      throw new FormatException(
          FindingCode.FILE_TRUNCATED, "byte " + at + ": a block is cut off", e);
    } catch (IllegalArgumentException e) {
      throw new FormatException(
          FindingCode.FILE_UNREADABLE, "byte " + at + ": " + e.getMessage(), e);
    }
  }

  private long block(DataInputStream in, int length, long at, Visitor visitor)
      throws IOException, FormatException {
    if (length < 1 || length > MAX_HEADER) {
      throw new FormatException(
          FindingCode.FILE_REFUSED, "byte " + at + ": a block header of " + length + " bytes");
    }
    byte[] header = new byte[length];
    in.readFully(header);
    ProtobufCursor cursor = new ProtobufCursor(header, 0, length);
    String type = "";
    long dataSize = -1;
    for (int field = cursor.next(); field != 0; field = cursor.next()) {
      switch (field) {
        case 1 -> type = cursor.text();
        case 3 -> dataSize = cursor.varint();
        default -> cursor.skip();
      }
    }
    if (dataSize < 0 || dataSize > MAX_BLOB) {
      throw new FormatException(
          FindingCode.FILE_REFUSED, "byte " + at + ": a block of " + dataSize + " bytes");
    }
    byte[] blob = new byte[(int) dataSize];
    in.readFully(blob);
    if (type.equals("OSMHeader")) {
      header(unpack(blob, at), at);
    } else if (type.equals("OSMData")) {
      byte[] data = unpack(blob, at);
      new PbfBlock(data).forEach(visitor);
    }
    return length + dataSize;
  }

  private static byte[] unpack(byte[] blob, long at) throws FormatException {
    ProtobufCursor cursor = new ProtobufCursor(blob, 0, blob.length);
    byte[] packed = null;
    long size = -1;
    for (int field = cursor.next(); field != 0; field = cursor.next()) {
      switch (field) {
        case 1 -> {
          return cursor.copy();
        }
        case 2 -> size = cursor.varint();
        case 3 -> packed = cursor.copy();
        case 4, 5, 6, 7 ->
            throw new FormatException(
                FindingCode.FILE_UNREADABLE,
                "byte " + at + ": a block packed otherwise than with zlib");
        default -> cursor.skip();
      }
    }
    if (packed == null || size < 0 || size > MAX_BLOB) {
      throw new FormatException(
          FindingCode.FILE_REFUSED, "byte " + at + ": a block that unpacks to " + size + " bytes");
    }
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(packed);
      byte[] data = new byte[(int) size];
      int n = 0;
      while (n < data.length) {
        int more = inflater.inflate(data, n, data.length - n);
        if (more == 0) {
          throw new FormatException(
              FindingCode.FILE_TRUNCATED, "byte " + at + ": a block is shorter than it says");
        }
        n += more;
      }
      return data;
    } catch (DataFormatException e) {
      throw new FormatException(FindingCode.FILE_UNREADABLE, "byte " + at + ": a damaged block", e);
    } finally {
      inflater.end();
    }
  }

  private static void header(byte[] data, long at) throws FormatException {
    ProtobufCursor cursor = new ProtobufCursor(data, 0, data.length);
    for (int field = cursor.next(); field != 0; field = cursor.next()) {
      if (field == 4) {
        String feature = cursor.text();
        if (!feature.equals("OsmSchema-V0.6") && !feature.equals("DenseNodes")) {
          throw new FormatException(
              FindingCode.FILE_UNREADABLE,
              "byte " + at + ": the file needs a reader for " + feature);
        }
      } else {
        cursor.skip();
      }
    }
  }
}
