package org.tequio.cartography.canvas;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Writes PNG images (ISO 15948): with a palette where there are no more than 256 colours, which
 * makes flat maps a quarter as large, else with eight bits a channel, and an opacity only where
 * something shows through. Stateless.
 */
public final class Png {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final int LEVEL = 5;
  private static final double INCHES_PER_METER = 39.3701;
  private static final int SLOTS = 1024;

  private Png() {}

  /**
   * An image.
   *
   * @param argb row by row from the top, not multiplied by the opacity
   * @param dpi how many pixels are an inch; 0 where that is not known
   */
  public static byte[] encode(int[] argb, int width, int height, double dpi) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(argb.length / 4 + 1024);
    out.writeBytes(SIGNATURE);
    Palette palette = Palette.of(argb);
    boolean opaque = palette == null && isOpaque(argb);
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    header.put((byte) 8).put((byte) (palette != null ? 3 : opaque ? 2 : 6));
    chunk(out, "IHDR", header.array(), 13);
    if (dpi > 0) {
      int perMeter = (int) Math.round(dpi * INCHES_PER_METER);
      chunk(
          out,
          "pHYs",
          ByteBuffer.allocate(9).putInt(perMeter).putInt(perMeter).put((byte) 1).array(),
          9);
    }
    if (palette != null) {
      palette.writeTo(out);
    }
    data(out, argb, width, height, palette, opaque);
    chunk(out, "IEND", new byte[0], 0);
    return out.toByteArray();
  }

  private static boolean isOpaque(int[] argb) {
    for (int pixel : argb) {
      if (pixel >>> 24 != 255) {
        return false;
      }
    }
    return true;
  }

  private static void data(
      ByteArrayOutputStream out,
      int[] argb,
      int width,
      int height,
      @Nullable Palette palette,
      boolean opaque) {
    int bytes = palette != null ? 1 : opaque ? 3 : 4;
    byte[] row = new byte[width * bytes];
    byte[] above = new byte[width * bytes];
    byte[] filtered = new byte[width * bytes + 1];
    Deflater deflater = new Deflater(LEVEL);
    byte[] packed = new byte[64 * 1024];
    ByteArrayOutputStream all = new ByteArrayOutputStream(argb.length / 4 + 1024);
    try {
      for (int y = 0; y < height; y++) {
        row(argb, y * width, width, palette, opaque, row);
        filter(row, above, bytes, palette != null, filtered);
        deflater.setInput(filtered);
        drain(deflater, packed, all);
        byte[] swap = above;
        above = row;
        row = swap;
      }
      deflater.finish();
      drain(deflater, packed, all);
    } finally {
      deflater.end();
    }
    chunk(out, "IDAT", all.toByteArray(), all.size());
  }

  private static void drain(Deflater deflater, byte[] packed, ByteArrayOutputStream all) {
    int n = deflater.deflate(packed);
    while (n > 0) {
      all.write(packed, 0, n);
      n = deflater.deflate(packed);
    }
  }

  private static void row(
      int[] argb, int from, int width, @Nullable Palette palette, boolean opaque, byte[] row) {
    int at = 0;
    for (int x = 0; x < width; x++) {
      int pixel = argb[from + x];
      if (palette != null) {
        row[at++] = (byte) palette.indexOf(pixel);
      } else {
        row[at++] = (byte) (pixel >> 16);
        row[at++] = (byte) (pixel >> 8);
        row[at++] = (byte) pixel;
        if (!opaque) {
          row[at++] = (byte) (pixel >>> 24);
        }
      }
    }
  }

  /** No filter for palettes; else the one of three with the least sum (ISO 15948, 12.8). */
  private static void filter(byte[] row, byte[] above, int bytes, boolean plain, byte[] into) {
    long leftSum = 0;
    long upSum = 0;
    for (int i = 0; !plain && i < row.length; i++) {
      leftSum += Math.abs((byte) (row[i] - (i >= bytes ? row[i - bytes] : 0)));
      upSum += Math.abs((byte) (row[i] - above[i]));
    }
    into[0] = (byte) (plain ? 0 : leftSum <= upSum ? 1 : 2);
    for (int i = 0; i < row.length; i++) {
      int before =
          switch (into[0]) {
            case 0 -> 0;
            case 1 -> i >= bytes ? row[i - bytes] : 0;
            default -> above[i];
          };
      into[i + 1] = (byte) (row[i] - before);
    }
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] data, int length) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data, 0, length);
    out.writeBytes(ByteBuffer.allocate(4).putInt(length).array());
    out.writeBytes(name);
    out.write(data, 0, length);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }

  /** At most 256 colours and where each stands, in a table with open places. */
  private static final class Palette {
    private final int[] colors = new int[256];
    private final int[] slots = new int[SLOTS];
    private int size;

    /** The colours of an image; null where there are more. */
    static @Nullable Palette of(int[] argb) {
      Palette palette = new Palette();
      int last = 0;
      boolean any = false;
      for (int pixel : argb) {
        if (any && pixel == last) {
          continue;
        }
        if (!palette.add(pixel)) {
          return null;
        }
        last = pixel;
        any = true;
      }
      return palette;
    }

    private static int slot(int color) {
      return (color * 0x9E3779B1) >>> 22;
    }

    private boolean add(int color) {
      int slot = slot(color);
      while (slots[slot] != 0) {
        if (colors[slots[slot] - 1] == color) {
          return true;
        }
        slot = slot + 1 & SLOTS - 1;
      }
      if (size == colors.length) {
        return false;
      }
      colors[size++] = color;
      slots[slot] = size;
      return true;
    }

    int indexOf(int color) {
      int slot = slot(color);
      while (colors[slots[slot] - 1] != color) {
        slot = slot + 1 & SLOTS - 1;
      }
      return slots[slot] - 1;
    }

    void writeTo(ByteArrayOutputStream out) {
      byte[] rgb = new byte[3 * size];
      byte[] alpha = new byte[size];
      Arrays.fill(alpha, (byte) 255);
      int shown = 0;
      for (int i = 0; i < size; i++) {
        rgb[3 * i] = (byte) (colors[i] >> 16);
        rgb[3 * i + 1] = (byte) (colors[i] >> 8);
        rgb[3 * i + 2] = (byte) colors[i];
        alpha[i] = (byte) (colors[i] >>> 24);
        shown = alpha[i] == (byte) 255 ? shown : i + 1;
      }
      chunk(out, "PLTE", rgb, rgb.length);
      if (shown > 0) {
        chunk(out, "tRNS", alpha, shown);
      }
    }
  }
}
