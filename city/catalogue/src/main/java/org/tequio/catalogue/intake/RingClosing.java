package org.tequio.catalogue.intake;

import org.tequio.feature.GeometryType;
import org.tequio.feature.Wkb;
import org.tequio.feature.WkbBuilder;

/** Closes open rings with their own first position: a repair, made only where someone chose it. */
final class RingClosing {
  private RingClosing() {}

  /** The same geometry with every ring closed. */
  static byte[] close(byte[] wkb) {
    WkbBuilder out = new WkbBuilder();
    copy(wkb, 0, out);
    return out.toBytes();
  }

  private static int copy(byte[] wkb, int at, WkbBuilder out) {
    int code = Wkb.getInt(wkb, at + 1);
    int stride =
        switch (code / 1000) {
          case 0 -> 16;
          case 1, 2 -> 24;
          default -> 32;
        };
    int p = at + 5;
    switch (GeometryType.ofWkbCode(code % 1000)) {
      case POINT -> p += stride;
      case LINESTRING -> p += 4 + Wkb.getInt(wkb, p) * stride;
      case POLYGON -> {
        out.append(wkb, at, 9);
        return rings(wkb, p, stride, out);
      }
      default -> {
        out.append(wkb, at, 9);
        int n = Wkb.getInt(wkb, p);
        p += 4;
        for (int i = 0; i < n; i++) {
          p = copy(wkb, p, out);
        }
        return p;
      }
    }
    out.append(wkb, at, p - at);
    return p;
  }

  private static int rings(byte[] wkb, int at, int stride, WkbBuilder out) {
    int rings = Wkb.getInt(wkb, at);
    int p = at + 4;
    for (int i = 0; i < rings; i++) {
      int n = Wkb.getInt(wkb, p);
      int first = p + 4;
      int last = first + (n - 1) * stride;
      boolean open =
          n > 0
              && (Wkb.getDouble(wkb, first) != Wkb.getDouble(wkb, last)
                  || Wkb.getDouble(wkb, first + 8) != Wkb.getDouble(wkb, last + 8));
      out.count(open ? n + 1 : n);
      out.append(wkb, first, n * stride);
      if (open) {
        out.append(wkb, first, stride);
      }
      p = first + n * stride;
    }
    return p;
  }
}
