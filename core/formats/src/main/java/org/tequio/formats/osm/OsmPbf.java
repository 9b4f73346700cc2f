package org.tequio.formats.osm;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.tequio.feature.FindingCode;
import org.tequio.formats.FormatException;
import org.tequio.formats.ReadContext;

/**
 * OSM PBF (fileformat.proto, osmformat.proto 1.5): blocks of at most 32 MiB, plain or zlib, a few
 * of them in memory at a time, unpacked and decoded beside each other.
 */
record OsmPbf(Path file, ReadContext context) implements OsmSource {
  private static final int MAX_HEADER = 64 << 10;
  private static final int MAX_BLOB = 32 << 20;
  private static final long MAX_UNDER_WAY = 32 << 20;
  private static final Set<String> KNOWN_FEATURES =
      Set.of("OsmSchema-V0.6", "DenseNodes", "HistoricalInformation");

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
            new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
        InOrder<List<OsmElement>> blocks =
            new InOrder<>(
                MAX_UNDER_WAY,
                elements -> {
                  for (OsmElement element : elements) {
                    visitor.element(element);
                  }
                })) {
      while (at < size) {
        context.progress().check();
        at += block(in, at, blocks);
      }
      blocks.finish();
    } catch (EOFException e) {
      throw new FormatException(
          FindingCode.FILE_TRUNCATED, "byte " + at + ": a block is cut off", e);
    }
  }

  private static long block(DataInputStream in, long at, InOrder<List<OsmElement>> blocks)
      throws IOException, FormatException {
    int length = in.readInt();
    if (length < 1 || length > MAX_HEADER) {
      throw new FormatException(
          FindingCode.FILE_REFUSED, "byte " + at + ": a block header of " + length + " bytes");
    }
    byte[] header = new byte[length];
    in.readFully(header);
    String type = "";
    long dataSize = -1;
    try {
      ProtobufCursor cursor = new ProtobufCursor(header, 0, length);
      for (int field = cursor.next(); field != 0; field = cursor.next()) {
        switch (field) {
          case 1 -> type = cursor.text();
          case 3 -> dataSize = cursor.varint();
          default -> cursor.skip();
        }
      }
    } catch (IllegalArgumentException e) {
      throw damaged(at, e);
    }
    if (dataSize < 0 || dataSize > MAX_BLOB) {
      throw new FormatException(
          FindingCode.FILE_REFUSED, "byte " + at + ": a block of " + dataSize + " bytes");
    }
    byte[] blob = new byte[(int) dataSize];
    in.readFully(blob);
    if (type.equals("OSMHeader")) {
      checkHeader(blob, at);
    } else if (type.equals("OSMData")) {
      blocks.add(weight(blob, at), () -> elements(blob, at));
    }
    return 4 + length + dataSize;
  }

  private static FormatException damaged(long at, IllegalArgumentException e) {
    return new FormatException(
        FindingCode.FILE_UNREADABLE, "byte " + at + ": " + e.getMessage(), e);
  }

  private static List<OsmElement> elements(byte[] blob, long at) throws FormatException {
    try {
      return new PbfBlock(unpack(blob, at)).elements();
    } catch (IllegalArgumentException e) {
      throw damaged(at, e);
    }
  }

  // How large it says it is unpacked; where it lies, unpacking finds out.
  private static long weight(byte[] blob, long at) throws FormatException {
    try {
      ProtobufCursor cursor = new ProtobufCursor(blob, 0, blob.length);
      for (int field = cursor.next(); field != 0; field = cursor.next()) {
        if (field == 2) {
          return blob.length + Math.clamp(cursor.varint(), 0, MAX_BLOB);
        }
        cursor.skip();
      }
      return blob.length;
    } catch (IllegalArgumentException e) {
      throw damaged(at, e);
    }
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

  private static void checkHeader(byte[] blob, long at) throws FormatException {
    try {
      byte[] data = unpack(blob, at);
      ProtobufCursor cursor = new ProtobufCursor(data, 0, data.length);
      for (int field = cursor.next(); field != 0; field = cursor.next()) {
        if (field == 4) {
          String feature = cursor.text();
          if (!KNOWN_FEATURES.contains(feature)) {
            throw new FormatException(
                FindingCode.FILE_UNREADABLE,
                "byte " + at + ": the file needs a reader for " + feature);
          }
        } else {
          cursor.skip();
        }
      }
    } catch (IllegalArgumentException e) {
      throw damaged(at, e);
    }
  }
}
