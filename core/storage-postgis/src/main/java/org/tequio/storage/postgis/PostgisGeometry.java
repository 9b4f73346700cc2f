package org.tequio.storage.postgis;

import org.tequio.feature.Wkb;

/**
 * Which geometries PostGIS takes: its reader refuses lines of one position, and rings of fewer than
 * four or whose ends do not meet. A city keeps those, too, with a finding.
 */
final class PostgisGeometry {
  private static final int MAX_DEPTH = 32;

  private PostgisGeometry() {}

  /** True where PostGIS takes it. */
  static boolean takes(byte[] wkb, int offset) {
    return end(wkb, offset, 0) >= 0;
  }

  /** The position after a geometry; -1 where it or a part of it is refused. */
  private static int end(byte[] wkb, int offset, int depth) {
    int code = Wkb.getInt(wkb, offset + 1);
    int stride = 16 + (code / 1000 == 0 ? 0 : code / 1000 == 3 ? 16 : 8);
    int p = offset + 5;
    switch (code % 1000) {
      case 1 -> {
        return p + stride;
      }
      case 2 -> {
        int n = Wkb.getInt(wkb, p);
        return n == 1 ? -1 : p + 4 + n * stride;
      }
      case 3 -> {
        int rings = Wkb.getInt(wkb, p);
        p += 4;
        for (int i = 0; i < rings; i++) {
          int n = Wkb.getInt(wkb, p);
          p += 4;
          if (n < 4 || !isClosed(wkb, p, p + (n - 1) * stride)) {
            return -1;
          }
          p += n * stride;
        }
        return p;
      }
      default -> {
        int parts = depth > MAX_DEPTH ? -1 : Wkb.getInt(wkb, p);
        p = parts < 0 ? -1 : p + 4;
        for (int i = 0; i < parts && p >= 0; i++) {
          p = end(wkb, p, depth + 1);
        }
        return p;
      }
    }
  }

  private static boolean isClosed(byte[] wkb, int first, int last) {
    return Wkb.getDouble(wkb, first) == Wkb.getDouble(wkb, last)
        && Wkb.getDouble(wkb, first + 8) == Wkb.getDouble(wkb, last + 8);
  }
}
