package org.tequio.feature;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The header that GeoPackage puts before WKB (OGC 12-128r19, section 2.1.3). Pure functions on
 * bytes.
 */
public final class GeoPackageGeometry {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle DOUBLE =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int[] ENVELOPE_BYTES = {0, 32, 48, 48, 64};

  private GeoPackageGeometry() {}

  /**
   * Where the WKB begins.
   *
   * @throws IllegalArgumentException when the blob is not a GeoPackage geometry
   */
  public static int wkbOffset(byte[] blob) {
    if (blob.length < 8 || blob[0] != 'G' || blob[1] != 'P') {
      throw new IllegalArgumentException("not a GeoPackage geometry");
    }
    int envelope = (blob[3] >> 1) & 7;
    if (envelope > 4 || blob.length < 8 + ENVELOPE_BYTES[envelope] + 5) {
      throw new IllegalArgumentException("not a GeoPackage geometry: header cut short");
    }
    return 8 + ENVELOPE_BYTES[envelope];
  }

  /** True where the header says that the geometry is empty. */
  public static boolean isEmpty(byte[] blob) {
    return (blob[3] & 0x10) != 0;
  }

  /**
   * A blob of WKB: points without an envelope, everything else with the 2-D envelope so that
   * readers can skip what they do not need.
   *
   * @param srsId the id in {@code gpkg_spatial_ref_sys}
   * @param envelope minX, minY, maxX, maxY as {@link Wkb#envelope} gives it; NaN for empty
   */
  public static byte[] of(int srsId, byte[] wkb, double[] envelope) {
    boolean empty = Double.isNaN(envelope[0]);
    boolean point = Wkb.type(wkb, 0) == GeometryType.POINT;
    boolean withEnvelope = !point && !empty;
    int header = withEnvelope ? 40 : 8;
    byte[] blob = new byte[header + wkb.length];
    blob[0] = 'G';
    blob[1] = 'P';
    blob[2] = 0;
    blob[3] = (byte) (1 | (withEnvelope ? 2 : 0) | (empty ? 0x10 : 0));
    INT.set(blob, 4, srsId);
    if (withEnvelope) {
      DOUBLE.set(blob, 8, envelope[0]);
      DOUBLE.set(blob, 16, envelope[2]);
      DOUBLE.set(blob, 24, envelope[1]);
      DOUBLE.set(blob, 32, envelope[3]);
    }
    System.arraycopy(wkb, 0, blob, header, wkb.length);
    return blob;
  }
}
