package org.tequio.formats.osm;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import org.tequio.feature.ProtoBytes;
import org.tequio.formats.FormatException;
import org.tequio.formats.osm.ElementForm.Content;

/**
 * Writes OSM PBF: blocks of 8000 elements of one kind, nodes dense, packed with zlib; blocks are
 * made beside each other.
 */
final class PbfElementWriter implements ElementWriter {
  private static final int MOST_IN_BLOCK = 8000;
  // References and texts of one block; far below the 16 MiB that blocks should stay under.
  private static final long MOST_WEIGHT = 2 << 20;

  private final OutputStream out;
  private final boolean history;
  private final InOrder<byte[]> blocks;
  private List<OsmElement> block = new ArrayList<>(MOST_IN_BLOCK);
  private long weight;

  PbfElementWriter(OutputStream out, Content content) throws IOException {
    this.out = new BufferedOutputStream(out, 1 << 16);
    this.history = content == Content.HISTORY;
    this.blocks = new InOrder<>(16 << 20, this.out::write);
    ProtoBytes header = new ProtoBytes(128);
    header.field(4, "OsmSchema-V0.6");
    header.field(4, "DenseNodes");
    if (history) {
      header.field(4, "HistoricalInformation");
    } else {
      header.field(5, "Sort.Type_then_ID");
    }
    header.field(16, "Tequio");
    this.out.write(blob("OSMHeader", header.toBytes()));
  }

  @Override
  public void write(OsmElement element) throws IOException {
    if (!block.isEmpty()
        && (block.size() == MOST_IN_BLOCK
            || weight > MOST_WEIGHT
            || block.getFirst().type() != element.type())) {
      endBlock();
    }
    block.add(element);
    weight += 16L + 8L * element.refs().length;
    for (String text : element.tags()) {
      weight += text.length();
    }
  }

  private void endBlock() throws IOException {
    List<OsmElement> full = block;
    block = new ArrayList<>(MOST_IN_BLOCK);
    try {
      blocks.add(weight, () -> blob("OSMData", PbfBlockBytes.of(full, history)));
    } catch (FormatException e) {
      throw new IllegalStateException(e);
    }
    weight = 0;
  }

  static byte[] blob(String type, byte[] content) {
    ProtoBytes blob = new ProtoBytes(content.length / 2 + 64);
    blob.field(2, content.length);
    blob.field(3, deflated(content));
    ProtoBytes header = new ProtoBytes(32);
    header.field(1, type);
    header.field(3, blob.size());
    ProtoBytes all = new ProtoBytes(4 + header.size() + blob.size());
    all.bigEndianInt(header.size());
    all.append(header);
    all.append(blob);
    return all.toBytes();
  }

  private static byte[] deflated(byte[] content) {
    try (Deflater deflater = new Deflater()) {
      deflater.setInput(content);
      deflater.finish();
      byte[] part = new byte[1 << 14];
      ProtoBytes packed = new ProtoBytes(content.length / 2 + 64);
      while (!deflater.finished()) {
        packed.append(part, 0, deflater.deflate(part));
      }
      return packed.toBytes();
    }
  }

  @Override
  public void close() throws IOException {
    try (out;
        blocks) {
      if (!block.isEmpty()) {
        endBlock();
      }
      blocks.finish();
    } catch (FormatException e) {
      throw new IllegalStateException(e);
    }
  }
}
