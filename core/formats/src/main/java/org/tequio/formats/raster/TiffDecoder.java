package org.tequio.formats.raster;

import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Undoes the compressions of TIFF 6.0 (sections 9 and 13), deflate (Technical Note 2) and the
 * predictors (section 14, Technical Note 3). The size of the result is given, never believed.
 */
final class TiffDecoder {
  private static final int CLEAR = 256;
  private static final int END = 257;

  private TiffDecoder() {}

  static boolean reads(int compression) {
    return switch (compression) {
      case 1, 5, 8, 32773, 32946 -> true;
      default -> false;
    };
  }

  /** The bytes of one block; what is missing at its end stays zero. */
  static byte[] decode(int compression, byte[] packed, int size) throws IOException {
    return switch (compression) {
      case 1 -> java.util.Arrays.copyOf(packed, size);
      case 5 -> lzw(packed, size);
      case 8, 32946 -> inflate(packed, size);
      case 32773 -> packBits(packed, size);
      default -> throw new IOException("compression " + compression + " is not read");
    };
  }

  private static byte[] inflate(byte[] packed, int size) throws IOException {
    byte[] out = new byte[size];
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(packed);
      int at = 0;
      while (at < size) {
        int n = inflater.inflate(out, at, size - at);
        if (n == 0) {
          break;
        }
        at += n;
      }
      return out;
    } catch (DataFormatException e) {
      throw new IOException("a damaged block", e);
    } finally {
      inflater.end();
    }
  }

  private static byte[] packBits(byte[] packed, int size) {
    byte[] out = new byte[size];
    int at = 0;
    int from = 0;
    while (at < size && from < packed.length) {
      int n = packed[from++];
      if (n >= 0) {
        int length = Math.min(Math.min(n + 1, size - at), packed.length - from);
        System.arraycopy(packed, from, out, at, length);
        from += n + 1;
        at += length;
      } else if (n != -128 && from < packed.length) {
        byte value = packed[from++];
        for (int i = 0; i < 1 - n && at < size; i++) {
          out[at++] = value;
        }
      }
    }
    return out;
  }

  // Codes of 9 to 12 bits, most significant bit first, widened one code early.
  private static byte[] lzw(byte[] packed, int size) throws IOException {
    byte[] out = new byte[size];
    int[] prefix = new int[4096];
    byte[] suffix = new byte[4096];
    int[] length = new int[4096];
    for (int i = 0; i < 256; i++) {
      suffix[i] = (byte) i;
      length[i] = 1;
    }
    int next = 258;
    int width = 9;
    int previous = -1;
    int at = 0;
    long bits = 0;
    int available = 0;
    int from = 0;
    while (at < size) {
      while (available < width && from < packed.length) {
        bits = (bits << 8) | (packed[from++] & 0xff);
        available += 8;
      }
      if (available < width) {
        break;
      }
      int code = (int) (bits >>> (available - width)) & ((1 << width) - 1);
      available -= width;
      if (code == END) {
        break;
      }
      if (code == CLEAR) {
        next = 258;
        width = 9;
        previous = -1;
        continue;
      }
      if (code > next || (code == next && previous < 0) || (previous < 0 && code > 255)) {
        throw new IOException("a damaged block");
      }
      int chain = code == next ? previous : code;
      int total = length[chain] + (code == next ? 1 : 0);
      int p = at + length[chain] - 1;
      byte first = 0;
      for (int c = chain; ; c = prefix[c]) {
        first = suffix[c];
        if (p < size) {
          out[p] = first;
        }
        p--;
        if (length[c] == 1) {
          break;
        }
      }
      if (code == next && at + total - 1 < size) {
        out[at + total - 1] = first;
      }
      if (previous >= 0 && next < 4096) {
        prefix[next] = previous;
        suffix[next] = first;
        length[next] = length[previous] + 1;
        next++;
      }
      at += total;
      previous = code;
      if (next >= (1 << width) - 1 && width < 12) {
        width++;
      }
    }
    return out;
  }

  /** Undoes horizontal differencing (predictor 2) in place. */
  static void undoDifferences(
      byte[] block, int columns, int rows, int samples, int bytes, boolean little) {
    int stride = columns * samples * bytes;
    for (int r = 0; r < rows; r++) {
      int start = r * stride;
      for (int i = samples; i < columns * samples; i++) {
        int at = start + i * bytes;
        int before = at - samples * bytes;
        int carry = 0;
        for (int b = 0; b < bytes; b++) {
          int k = little ? b : bytes - 1 - b;
          int sum = (block[at + k] & 0xff) + (block[before + k] & 0xff) + carry;
          block[at + k] = (byte) sum;
          carry = sum >>> 8;
        }
      }
    }
  }

  /**
   * Undoes the floating-point predictor (3): differences over bytes that stand sorted by
   * significance. The result is big-endian.
   */
  static void undoFloats(byte[] block, int columns, int rows, int samples, int bytes) {
    int values = columns * samples;
    int stride = values * bytes;
    byte[] line = new byte[stride];
    for (int r = 0; r < rows; r++) {
      int start = r * stride;
      for (int i = samples; i < stride; i++) {
        block[start + i] += block[start + i - samples];
      }
      for (int i = 0; i < values; i++) {
        for (int b = 0; b < bytes; b++) {
          line[i * bytes + b] = block[start + b * values + i];
        }
      }
      System.arraycopy(line, 0, block, start, stride);
    }
  }
}
