package org.tequio.formats.flatgeobuf;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The packed Hilbert R-tree of a FlatGeobuf file, from the root to the features. A node is its box
 * and, for a feature, how many bytes after the first one it begins; else the number of its first
 * child. A feature without a place has a box that touches nothing.
 */
final class FlatIndex {
  static final int NODE_SIZE = 16;
  private static final int NODE_BYTES = 40;
  private static final double[] NOWHERE = {
    Double.POSITIVE_INFINITY,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NEGATIVE_INFINITY
  };

  private final OutputStream out;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(NODE_BYTES * 1024).order(ByteOrder.LITTLE_ENDIAN);

  private FlatIndex(OutputStream out) {
    this.out = out;
  }

  /**
   * Writes it.
   *
   * @param envelopes four numbers a feature, NaN where it has no place
   * @param order the features as they stand in the file
   * @param sizes how many bytes each feature takes
   */
  static void write(OutputStream out, double[] envelopes, int[] order, int[] sizes)
      throws IOException {
    new FlatIndex(out).write(envelopes, order, sizes);
  }

  private void write(double[] envelopes, int[] order, int[] sizes) throws IOException {
    List<double[]> levels = new ArrayList<>();
    int children = order.length;
    do {
      double[] below = levels.isEmpty() ? envelopes : levels.getLast();
      levels.add(enclosing(below, levels.isEmpty() ? order : new int[0], children));
      children = (children + NODE_SIZE - 1) / NODE_SIZE;
    } while (children > 1);
    // Each level of nodes stands before the one that it leads to.
    long next = 0;
    for (double[] level : levels.reversed()) {
      next += level.length / 4;
      for (int i = 0; i < level.length / 4; i++) {
        node(level, 4 * i, next + (long) i * NODE_SIZE);
      }
    }
    long at = 0;
    for (int item : order) {
      boolean placed = envelopes[4 * item] <= envelopes[4 * item + 2];
      node(placed ? envelopes : NOWHERE, placed ? 4 * item : 0, at);
      at += sizes[item];
    }
    flush();
  }

  private static double[] enclosing(double[] below, int[] order, int children) {
    double[] nodes = new double[4 * ((children + NODE_SIZE - 1) / NODE_SIZE)];
    for (int i = 0; i < children; i++) {
      int to = 4 * (i / NODE_SIZE);
      int from = 4 * (order.length == 0 ? i : order[i]);
      if (i % NODE_SIZE == 0) {
        System.arraycopy(NOWHERE, 0, nodes, to, 4);
      }
      if (below[from] <= below[from + 2]) {
        nodes[to] = Math.min(nodes[to], below[from]);
        nodes[to + 1] = Math.min(nodes[to + 1], below[from + 1]);
        nodes[to + 2] = Math.max(nodes[to + 2], below[from + 2]);
        nodes[to + 3] = Math.max(nodes[to + 3], below[from + 3]);
      }
    }
    return nodes;
  }

  private void node(double[] box, int at, long offset) throws IOException {
    if (!buffer.hasRemaining()) {
      flush();
    }
    for (int i = 0; i < 4; i++) {
      buffer.putDouble(box[at + i]);
    }
    buffer.putLong(offset);
  }

  private void flush() throws IOException {
    out.write(buffer.array(), 0, buffer.position());
    buffer.clear();
  }
}
