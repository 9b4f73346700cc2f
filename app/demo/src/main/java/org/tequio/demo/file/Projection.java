package org.tequio.demo.file;

import org.tequio.feature.Crs;
import org.tequio.feature.CrsOperation;
import org.tequio.feature.CrsRegistry;

/** Takes shapes from EPSG:6369 to the system of a file. Immutable. */
public final class Projection {
  /** The city's own system. */
  public static final Projection UTM = new Projection(new Crs(6369));

  /** Longitude and latitude on WGS 84. */
  public static final Projection LONLAT = new Projection(Crs.CRS84);

  private final Crs crs;
  private final CrsOperation operation;
  private final double grid;

  private Projection(Crs crs) {
    this.crs = crs;
    this.operation = CrsRegistry.standard().operation(new Crs(6369), crs);
    this.grid = CrsRegistry.standard().isGeographic(crs) ? 1e8 : 1e3;
  }

  /** The projection to a system by its EPSG code. */
  public static Projection to(int epsg) {
    return new Projection(new Crs(epsg));
  }

  /** The EPSG code. */
  public int epsg() {
    return crs.epsg();
  }

  /** Decimals that coordinates are written with. */
  int decimals() {
    return grid > 1e3 ? 8 : 3;
  }

  /** The description for a .prj. */
  String wkt() {
    return CrsRegistry.standard().wkt(crs);
  }

  /** The register's name. */
  String name() {
    return CrsRegistry.standard().name(crs);
  }

  boolean isGeographic() {
    return grid > 1e3;
  }

  /** Projected copies of pairs, rounded so that the last bits never depend on the machine. */
  public double[] apply(double[] xy) {
    double[] out = xy.clone();
    operation.apply(out, out.length / 2);
    for (int i = 0; i < out.length; i++) {
      // What is no number stays none.
      out[i] = Double.isFinite(xy[i]) ? Math.rint(out[i] * grid) / grid : xy[i];
    }
    return out;
  }
}
