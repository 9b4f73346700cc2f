package org.tequio.procedure.file;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.procedure.LonLat;

/**
 * Where a JPEG photo says that it was taken: the GPS directory of its Exif segment (CIPA DC-008,
 * 4.6.6). For whoever took it to agree to; what is kept of the photo has lost it. Stateless.
 */
public final class PhotoPlace {
  private static final int APP1 = 0xe1;
  private static final int SCAN = 0xda;
  private static final int GPS = 0x8825;
  private static final int ENTRY_BYTES = 12;

  private final byte[] bytes;
  private final int tiff;
  private final int end;
  private final boolean little;

  private PhotoPlace(byte[] bytes, int tiff, int end) {
    this.bytes = bytes;
    this.tiff = tiff;
    this.end = end;
    this.little = bytes[tiff] == 'I';
  }

  /** The place; nothing where the photo does not say, or says what is none. */
  public static Optional<LonLat> of(byte[] photo) {
    if (!Photos.startsWith(photo, 0, "\u00ff\u00d8\u00ff")) {
      return Optional.empty();
    }
    int at = 2;
    while (at + 4 <= photo.length && (photo[at] & 0xff) == 0xff) {
      int marker = photo[at + 1] & 0xff;
      int length = 2 + ((photo[at + 2] & 0xff) << 8 | photo[at + 3] & 0xff);
      if (marker == SCAN || length < 4 || at + length > photo.length) {
        return Optional.empty();
      }
      int tiff = at + 10;
      if (marker == APP1 && Photos.startsWith(photo, at + 4, "Exif\0\0") && length >= 18) {
        return Optional.ofNullable(new PhotoPlace(photo, tiff, at + length).read());
      }
      at += length;
    }
    return Optional.empty();
  }

  private @Nullable LonLat read() {
    int directory = entry(offset(tiff + 4), GPS);
    if (directory < 0) {
      return null;
    }
    int gps = offset(directory + 8);
    double latitude = degrees(gps, 1, 2, 'S');
    double longitude = degrees(gps, 3, 4, 'W');
    boolean isPlace =
        Math.abs(latitude) <= 90
            && Math.abs(longitude) <= 180
            // A phone that did not know yet where it was writes zeros.
            && (latitude != 0 || longitude != 0);
    return isPlace ? new LonLat(longitude, latitude) : null;
  }

  /** Degrees, minutes and seconds as three fractions; NaN where they are not there. */
  private double degrees(int directory, int referenceTag, int valueTag, char negative) {
    int reference = entry(directory, referenceTag);
    int value = entry(directory, valueTag);
    int at = value < 0 ? -1 : offset(value + 8);
    if (reference < 0 || at < 0 || at + 24 > end) {
      return Double.NaN;
    }
    double degrees = fraction(at) + fraction(at + 8) / 60 + fraction(at + 16) / 3600;
    return bytes[reference + 8] == negative ? -degrees : degrees;
  }

  private double fraction(int at) {
    long below = number(at + 4, 4);
    return below == 0 ? Double.NaN : (double) number(at, 4) / below;
  }

  /** Where an entry of a directory stands; -1 where it has none. */
  private int entry(int directory, int tag) {
    if (directory < 0 || directory + 2 > end) {
      return -1;
    }
    int entries = (int) number(directory, 2);
    for (int i = 0; i < entries; i++) {
      int at = directory + 2 + ENTRY_BYTES * i;
      if (at + ENTRY_BYTES > end) {
        return -1;
      }
      if (number(at, 2) == tag) {
        return at;
      }
    }
    return -1;
  }

  /** Where an offset leads; -1 where that is outside the segment. */
  private int offset(int at) {
    long to = at + 4 > end ? end : tiff + number(at, 4);
    return to < tiff || to >= end ? -1 : (int) to;
  }

  private long number(int at, int count) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 8 | bytes[little ? at + count - 1 - i : at + i] & 0xff;
    }
    return value;
  }
}
