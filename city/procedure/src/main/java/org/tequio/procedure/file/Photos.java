package org.tequio.procedure.file;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.Set;

/**
 * Takes from a photo what tells where, when and with what it was taken. JPEG (ITU-T T.81): all
 * application segments but the colour ones, and comments; the orientation stays, in an Exif segment
 * of its own. PNG: all text, time and Exif chunks. Pixels are not touched. Stateless.
 */
final class Photos {
  private static final int APP0 = 0xe0;
  private static final int APP1 = 0xe1;
  private static final int APP2 = 0xe2;
  private static final int APP14 = 0xee;
  private static final int APP15 = 0xef;
  private static final int COMMENT = 0xfe;
  private static final int SCAN = 0xda;
  private static final int PNG_HEAD = 8;
  private static final Set<String> PNG_KEPT =
      Set.of(
          "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "bKGD",
          "pHYs");

  private Photos() {}

  /** The photo without them; nothing where the bytes are no whole JPEG image. */
  static Optional<byte[]> jpeg(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    out.write(bytes, 0, 2);
    int at = 2;
    int orientation = 0;
    while (at + 4 <= bytes.length) {
      if ((bytes[at] & 0xff) != 0xff) {
        return Optional.empty();
      }
      int marker = bytes[at + 1] & 0xff;
      if (marker == 0xff) {
        at++;
        continue;
      }
      int length = 2 + (((bytes[at + 2] & 0xff) << 8) | (bytes[at + 3] & 0xff));
      if (length < 4 || at + length > bytes.length) {
        return Optional.empty();
      }
      if (marker == SCAN) {
        if (orientation > 1) {
          out.writeBytes(exif(orientation));
        }
        // A second image or a video can hide behind the end of the first.
        int end = endOfImage(bytes, at);
        out.write(bytes, at, end - at);
        return Optional.of(out.toByteArray());
      }
      if (marker == APP1 && orientation == 0) {
        orientation = orientation(bytes, at + 4, at + length);
      }
      if (isKept(marker, bytes, at)) {
        out.write(bytes, at, length);
      }
      at += length;
    }
    return Optional.empty();
  }

  private static boolean isKept(int marker, byte[] bytes, int at) {
    boolean application = marker >= APP0 && marker <= APP15;
    boolean profile = marker == APP2 && startsWith(bytes, at + 4, "ICC_PROFILE");
    return profile || marker == APP0 || marker == APP14 || !application && marker != COMMENT;
  }

  // Inside a scan a marker other than a restart or a stuffed byte ends it; EOI ends the image.
  private static int endOfImage(byte[] bytes, int from) {
    for (int at = from; at + 1 < bytes.length; at++) {
      if ((bytes[at] & 0xff) == 0xff && (bytes[at + 1] & 0xff) == 0xd9) {
        return at + 2;
      }
    }
    return bytes.length;
  }

  /** The Exif tag 0x0112 of the first directory; 0 where there is none. */
  private static int orientation(byte[] bytes, int from, int to) {
    int tiff = from + 6;
    if (!startsWith(bytes, from, "Exif\0\0") || tiff + 8 > to) {
      return 0;
    }
    boolean little = bytes[tiff] == 'I';
    long directory = tiff + number(bytes, tiff + 4, 4, little);
    if (directory + 2 > to) {
      return 0;
    }
    int entries = (int) number(bytes, (int) directory, 2, little);
    for (int i = 0; i < entries; i++) {
      long entry = directory + 2 + 12L * i;
      if (entry + 12 > to) {
        return 0;
      }
      if (number(bytes, (int) entry, 2, little) == 0x0112) {
        int value = (int) number(bytes, (int) entry + 8, 2, little);
        return value >= 1 && value <= 8 ? value : 0;
      }
    }
    return 0;
  }

  private static long number(byte[] bytes, int at, int count, boolean little) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      int place = little ? at + count - 1 - i : at + i;
      value = value << 8 | bytes[place] & 0xff;
    }
    return value;
  }

  private static byte[] exif(int orientation) {
    byte[] segment = new byte[36];
    byte[] head = {
      (byte) 0xff,
      (byte) APP1,
      0,
      34,
      'E',
      'x',
      'i',
      'f',
      0,
      0,
      'M',
      'M',
      0,
      42,
      0,
      0,
      0,
      8,
      0,
      1,
      0x01,
      0x12,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      (byte) orientation
    };
    System.arraycopy(head, 0, segment, 0, head.length);
    return segment;
  }

  /** The picture without them; nothing where the bytes are no whole PNG image. */
  static Optional<byte[]> png(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    out.write(bytes, 0, PNG_HEAD);
    int at = PNG_HEAD;
    while (at + 12 <= bytes.length) {
      long length = number(bytes, at, 4, false);
      if (length > bytes.length - at - 12L) {
        return Optional.empty();
      }
      String type = new String(bytes, at + 4, 4, java.nio.charset.StandardCharsets.ISO_8859_1);
      int size = (int) length + 12;
      if (PNG_KEPT.contains(type)) {
        out.write(bytes, at, size);
      }
      at += size;
      if (type.equals("IEND")) {
        return Optional.of(out.toByteArray());
      }
    }
    return Optional.empty();
  }

  static boolean startsWith(byte[] bytes, int at, String text) {
    if (at + text.length() > bytes.length) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (bytes[at + i] != (byte) text.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
