package org.tequio.publish.layer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.CrsOperation;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.Field;
import org.tequio.feature.ServiceCrs;
import org.tequio.feature.Wkb;

/**
 * Writes features as GeoJSON (RFC 7946) straight from WKB: longitude and latitude with seven
 * decimals (a centimetre), or another CRS where both sides agreed on it; rings turning as the
 * standard wants, no object made on the way. Not thread-safe.
 */
public final class GeoJsonBytes {
  private static final int MAX_DEPTH = 16;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final List<String> TYPES =
      List.of(
          "",
          "Point",
          "LineString",
          "Polygon",
          "MultiPoint",
          "MultiLineString",
          "MultiPolygon",
          "GeometryCollection");

  private final PublicLayer layer;
  private final CrsOperation operation;
  private final boolean swapped;
  private final long unitParts;
  private final byte[][] names;
  private byte[] bytes = new byte[64 * 1024];
  private int size;
  private double[] xy = new double[1024];

  /** Writes the public fields of a layer, in longitude and latitude. */
  public GeoJsonBytes(PublicLayer layer) {
    this(layer, ServiceCrs.CRS84);
  }

  /** Writes the public fields of a layer, in a CRS and in its order of coordinates. */
  public GeoJsonBytes(PublicLayer layer, ServiceCrs crs) {
    this.layer = layer;
    this.operation = CrsRegistry.standard().quickOperation(layer.stored().crs(), crs.crs());
    this.swapped = crs.northingFirst();
    this.unitParts = (long) crs.unitParts();
    this.names = new byte[layer.fields().size()][];
    List<Field> fields = layer.fields();
    for (int i = 0; i < names.length; i++) {
      string(fields.get(i).name());
      names[i] = take();
    }
  }

  /** How many bytes are waiting. */
  public int size() {
    return size;
  }

  /** Hands on what is waiting. */
  public void flushTo(OutputStream out) throws IOException {
    out.write(bytes, 0, size);
    size = 0;
  }

  /** Takes what is waiting away. */
  public byte[] take() {
    byte[] taken = Arrays.copyOf(bytes, size);
    size = 0;
    return taken;
  }

  /** Writes ASCII as it is: the frame around the features. */
  public GeoJsonBytes raw(String ascii) {
    reserve(ascii.length());
    for (int i = 0; i < ascii.length(); i++) {
      bytes[size++] = (byte) ascii.charAt(i);
    }
    return this;
  }

  /** Writes one feature; {@code links} is raw JSON that follows its properties, or empty. */
  public void feature(FeatureRow row, String links) {
    raw("{\"type\":\"Feature\",\"id\":").raw(Long.toString(row.id())).raw(",\"geometry\":");
    geometry(layer.hasGeometry() ? row.wkb() : null, row.wkbOffset());
    raw(",\"properties\":{");
    for (int i = 0; i < names.length; i++) {
      if (i > 0) {
        raw(",");
      }
      reserve(names[i].length + 1);
      System.arraycopy(names[i], 0, bytes, size, names[i].length);
      size += names[i].length;
      bytes[size++] = ':';
      value(row.value(layer.positions()[i]));
    }
    raw("}").raw(links).raw("}");
  }

  private void value(@Nullable Object value) {
    switch (value) {
      case null -> raw("null");
      case Long number -> raw(number.toString());
      case Boolean truth -> raw(truth.toString());
      case Double number when Double.isFinite(number) -> raw(number.toString());
      case Double _ -> raw("null");
      default -> string(value.toString());
    }
  }

  /** Writes a JSON string in UTF-8. */
  public void string(String text) {
    reserve(text.length() * 6 + 2);
    bytes[size++] = '"';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x20 && c < 0x80) {
        if (c == '"' || c == '\\') {
          bytes[size++] = '\\';
        }
        bytes[size++] = (byte) c;
      } else if (c < 0x20 || Character.isSurrogate(c) && !isPair(text, i)) {
        escape(c);
      } else {
        int end = Character.isHighSurrogate(c) ? i + 2 : i + 1;
        byte[] utf8 = text.substring(i, end).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(utf8, 0, bytes, size, utf8.length);
        size += utf8.length;
        i = end - 1;
      }
    }
    bytes[size++] = '"';
  }

  private static boolean isPair(String text, int i) {
    return i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
  }

  private void escape(char c) {
    bytes[size++] = '\\';
    bytes[size++] = 'u';
    for (int shift = 12; shift >= 0; shift -= 4) {
      bytes[size++] = HEX[c >> shift & 0xf];
    }
  }

  private void geometry(byte @Nullable [] wkb, int at) {
    if (wkb == null) {
      raw("null");
    } else {
      geometry(wkb, at, 0, false);
    }
  }

  /** Writes a geometry, or only its coordinates; returns the position after it. */
  private int geometry(byte[] wkb, int at, int depth, boolean bare) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("geometry collections nested too deep");
    }
    int code = Wkb.getInt(wkb, at + 1);
    int type = code % 1000;
    int stride = 16 + (code / 1000 == 0 ? 0 : code / 1000 == 3 ? 16 : 8);
    boolean z = code / 1000 == 1 || code / 1000 == 3;
    if (!bare) {
      raw("{\"type\":\"")
          .raw(TYPES.get(type))
          .raw(type == 7 ? "\",\"geometries\":" : "\",\"coordinates\":");
    }
    int end =
        switch (type) {
          case 1 -> point(wkb, at + 5, stride, z);
          case 2 -> run(wkb, at + 9, stride, Wkb.getInt(wkb, at + 5), z, 0);
          case 3 -> rings(wkb, at + 5, stride, z);
          default -> parts(wkb, at + 5, depth, type != 7);
        };
    if (!bare) {
      raw("}");
    }
    return end;
  }

  private int point(byte[] wkb, int at, int stride, boolean z) {
    if (Double.isNaN(Wkb.getDouble(wkb, at))) {
      raw("[]");
      return at + stride;
    }
    load(wkb, at, stride, 1);
    position(wkb, at, 0, z);
    return at + stride;
  }

  private int parts(byte[] wkb, int at, int depth, boolean bare) {
    int n = Wkb.getInt(wkb, at);
    int p = at + 4;
    raw("[");
    for (int i = 0; i < n; i++) {
      if (i > 0) {
        raw(",");
      }
      p = geometry(wkb, p, depth + 1, bare);
    }
    raw("]");
    return p;
  }

  private int rings(byte[] wkb, int at, int stride, boolean z) {
    int n = Wkb.getInt(wkb, at);
    int p = at + 4;
    raw("[");
    for (int i = 0; i < n; i++) {
      if (i > 0) {
        raw(",");
      }
      int vertices = Wkb.getInt(wkb, p);
      p = run(wkb, p + 4, stride, vertices, z, i == 0 ? 1 : -1);
    }
    raw("]");
    return p;
  }

  /** Writes positions; as a ring of this turn (1 against the clock, -1 with it, 0 as it comes). */
  private int run(byte[] wkb, int at, int stride, int n, boolean z, int turn) {
    load(wkb, at, stride, n);
    boolean backwards = turn != 0 && turn * doubleArea(n) < 0;
    raw("[");
    for (int i = 0; i < n; i++) {
      if (i > 0) {
        raw(",");
      }
      int k = backwards ? n - 1 - i : i;
      position(wkb, at + k * stride, k, z);
    }
    raw("]");
    return at + n * stride;
  }

  private double doubleArea(int n) {
    double sum = 0;
    for (int i = 0; i + 1 < n; i++) {
      double ax = xy[2 * i] - xy[0];
      double ay = xy[2 * i + 1] - xy[1];
      sum += ax * (xy[2 * i + 3] - xy[1]) - (xy[2 * i + 2] - xy[0]) * ay;
    }
    return sum;
  }

  private void load(byte[] wkb, int at, int stride, int n) {
    if (xy.length < 2 * n) {
      xy = new double[4 * n];
    }
    for (int i = 0, p = at; i < n; i++, p += stride) {
      xy[2 * i] = Wkb.getDouble(wkb, p);
      xy[2 * i + 1] = Wkb.getDouble(wkb, p + 8);
    }
    operation.apply(xy, n);
  }

  private void position(byte[] wkb, int at, int k, boolean z) {
    reserve(80);
    bytes[size++] = '[';
    number(xy[swapped ? 2 * k + 1 : 2 * k]);
    bytes[size++] = ',';
    number(xy[swapped ? 2 * k : 2 * k + 1]);
    if (z && Double.isFinite(Wkb.getDouble(wkb, at + 16))) {
      bytes[size++] = ',';
      number(Wkb.getDouble(wkb, at + 16));
    }
    bytes[size++] = ']';
  }

  private void number(double value) {
    if (!(Math.abs(value) < 1e11)) {
      raw("0");
      return;
    }
    long scaled = Math.round(value * unitParts);
    if (scaled < 0) {
      bytes[size++] = '-';
      scaled = -scaled;
    }
    long fraction = scaled % unitParts;
    digits(scaled / unitParts);
    if (fraction != 0) {
      bytes[size++] = '.';
      for (long unit = unitParts / 10; fraction != 0; unit /= 10) {
        bytes[size++] = (byte) ('0' + fraction / unit);
        fraction %= unit;
      }
    }
  }

  private void digits(long value) {
    if (value >= 10) {
      digits(value / 10);
    }
    bytes[size++] = (byte) ('0' + value % 10);
  }

  private void reserve(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }
}
