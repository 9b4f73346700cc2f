package org.tequio.formats.tiles;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.tequio.feature.Bbox;
import org.tequio.feature.TileCoord;
import org.tequio.formats.TileArchiveContents;
import org.tequio.formats.TileArchiveInfo;
import org.tequio.formats.TileArchiveWriter;

/**
 * Writes a clustered PMTiles archive, version 3. Tiles go to the disk as they come, behind room for
 * the header and the root directory; the leaf directories and the metadata follow after the last.
 * In memory are 24 bytes for each run of equal tiles, and as many for each that differs.
 */
public final class PmtilesWriter implements TileArchiveWriter {
  /** Header and root directory must lie within so many bytes (section 3). */
  static final int ROOT_BYTES = 16_384;

  private static final int HEADER_BYTES = 127;
  private static final int LEAF_ENTRIES = 4_096;
  private static final int BUFFER_BYTES = 1 << 16;
  private static final byte GZIP = 2;
  private static final byte NO_COMPRESSION = 1;
  private static final byte MVT = 1;
  private static final byte PNG = 2;

  private final UnfinishedFile file;
  private final TileArchiveInfo info;
  private final FileChannel channel;
  private final OutputStream out;
  private final TileContents contents = new TileContents();
  private final TileEntries entries = new TileEntries();
  private long[] offsets = new long[1024];
  private int written;
  private long tiles;
  private long dataBytes;

  /** Begins a file. */
  public PmtilesWriter(Path file, TileArchiveInfo info) throws IOException {
    this.file = UnfinishedFile.at(file);
    this.info = info;
    this.channel =
        FileChannel.open(
            this.file.draft(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    this.out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
    out.write(new byte[ROOT_BYTES]);
  }

  @Override
  public void add(TileCoord tile, byte[] bytes) throws IOException {
    long id = TileId.of(tile);
    if (id <= entries.lastId()) {
      throw new IllegalArgumentException("tile " + tile + " comes too late");
    }
    int number = contents.number(bytes);
    if (number == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * number);
    }
    // The number of a new content is the next: what has an offset was written.
    if (number >= written) {
      offsets[number] = dataBytes;
      out.write(bytes);
      dataBytes += bytes.length;
      written++;
    }
    entries.add(id, 1, bytes.length, offsets[number]);
    tiles++;
  }

  @Override
  public TileArchiveContents finish() throws IOException {
    Directories directories = directories();
    byte[] metadata = gzip(ArchiveMetadata.whole(info));
    out.write(directories.leaves);
    out.write(metadata);
    out.flush();
    long leavesAt = ROOT_BYTES + dataBytes;
    ByteBuffer head = header(directories, leavesAt, metadata.length);
    head.put(HEADER_BYTES, directories.root);
    while (head.hasRemaining()) {
      channel.write(head, head.position());
    }
    channel.close();
    return new TileArchiveContents(tiles, written, file.finish());
  }

  @Override
  public void close() throws IOException {
    channel.close();
    file.remove();
  }

  /**
   * Both levels of directories.
   *
   * @param leaves one after the other; empty where the root holds all
   */
  private record Directories(byte[] root, byte[] leaves) {}

  private Directories directories() {
    byte[] root = entries.directory(0, entries.size());
    if (root.length <= ROOT_BYTES - HEADER_BYTES) {
      return new Directories(root, new byte[0]);
    }
    for (int leafEntries = LEAF_ENTRIES; true; leafEntries += leafEntries / 4) {
      ByteArrayOutputStream leaves = new ByteArrayOutputStream();
      TileEntries above = new TileEntries();
      for (int from = 0; from < entries.size(); from += leafEntries) {
        byte[] leaf = entries.directory(from, Math.min(from + leafEntries, entries.size()));
        above.add(entries.id(from), 0, leaf.length, leaves.size());
        leaves.writeBytes(leaf);
      }
      root = above.directory(0, above.size());
      if (root.length <= ROOT_BYTES - HEADER_BYTES) {
        return new Directories(root, leaves.toByteArray());
      }
    }
  }

  private ByteBuffer header(Directories directories, long leavesAt, int metadataBytes) {
    ByteBuffer head = ByteBuffer.allocate(HEADER_BYTES + directories.root.length);
    head.order(ByteOrder.LITTLE_ENDIAN);
    head.put("PMTiles".getBytes(StandardCharsets.US_ASCII)).put((byte) 3);
    head.putLong(HEADER_BYTES).putLong(directories.root.length);
    head.putLong(leavesAt + directories.leaves.length).putLong(metadataBytes);
    head.putLong(leavesAt).putLong(directories.leaves.length);
    head.putLong(ROOT_BYTES).putLong(dataBytes);
    head.putLong(tiles).putLong(entries.size()).putLong(written);
    head.put((byte) 1).put(GZIP);
    head.put(info.isVector() ? GZIP : NO_COMPRESSION).put(info.isVector() ? MVT : PNG);
    head.put((byte) info.minZoom()).put((byte) info.maxZoom());
    Bbox box = info.bounds();
    head.putInt(e7(box.minX())).putInt(e7(box.minY()));
    head.putInt(e7(box.maxX())).putInt(e7(box.maxY()));
    head.put((byte) info.minZoom());
    head.putInt(e7((box.minX() + box.maxX()) / 2)).putInt(e7((box.minY() + box.maxY()) / 2));
    return head.rewind();
  }

  private static int e7(double degrees) {
    return (int) Math.round(degrees * 1e7);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    }
    return packed.toByteArray();
  }
}
