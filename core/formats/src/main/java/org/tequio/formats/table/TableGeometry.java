package org.tequio.formats.table;

import org.jspecify.annotations.Nullable;
import org.tequio.feature.Crs;
import org.tequio.feature.FindingCode;
import org.tequio.feature.GeometryType;
import org.tequio.feature.WkbBuilder;
import org.tequio.formats.SourceCrs;

/**
 * How a table says where its rows are. Found by {@link PlaceFinder}; the columns themselves stay
 * fields of the table.
 */
public sealed interface TableGeometry {
  /** What the layer's geometry is. */
  GeometryType type();

  /** What is known of the system. */
  SourceCrs crs();

  /**
   * The place of one row as ISO WKB; null where the row has none.
   *
   * @throws BadPlaceException where something stands there that is no place
   */
  byte @Nullable [] wkb(@Nullable Object[] cells) throws BadPlaceException;

  /** A plain table. */
  record None() implements TableGeometry {
    @Override
    public GeometryType type() {
      return GeometryType.NONE;
    }

    @Override
    public SourceCrs crs() {
      return new SourceCrs.NotSpatial();
    }

    @Override
    public byte @Nullable [] wkb(@Nullable Object[] cells) {
      return null;
    }
  }

  /**
   * Two columns of numbers.
   *
   * @param x index of the easting or longitude
   * @param y index of the northing or latitude
   * @param comma true where the comma is the decimal mark
   * @param crs degrees are longitude and latitude on WGS 84; metres say nothing of their system
   */
  record Columns(int x, int y, boolean comma, SourceCrs crs) implements TableGeometry {
    @Override
    public GeometryType type() {
      return GeometryType.POINT;
    }

    @Override
    public byte @Nullable [] wkb(@Nullable Object[] cells) throws BadPlaceException {
      Object first = x < cells.length ? cells[x] : null;
      Object second = y < cells.length ? cells[y] : null;
      if (Coordinate.isMissing(first) && Coordinate.isMissing(second)) {
        return null;
      }
      double px = Coordinate.parse(first, comma);
      double py = Coordinate.parse(second, comma);
      if (!Double.isFinite(px) || !Double.isFinite(py)) {
        throw new BadPlaceException(
            FindingCode.GEOMETRY_BAD_COORDINATE, "x = '" + first + "', y = '" + second + "'");
      }
      return WkbBuilder.point(px, py);
    }
  }

  /**
   * One column with both coordinates.
   *
   * @param column its index
   * @param latitudeFirst true for {@code lat,lon}
   */
  record Pair(int column, boolean latitudeFirst) implements TableGeometry {
    @Override
    public GeometryType type() {
      return GeometryType.POINT;
    }

    @Override
    public SourceCrs crs() {
      String order = latitudeFirst ? "latitude,longitude" : "longitude,latitude";
      return new SourceCrs.Declared(Crs.CRS84, "a column with " + order + " in degrees");
    }

    @Override
    public byte @Nullable [] wkb(@Nullable Object[] cells) throws BadPlaceException {
      Object cell = column < cells.length ? cells[column] : null;
      if (cell == null || Coordinate.isMissing(cell)) {
        return null;
      }
      double[] pair = PlaceFinder.pair(cell.toString());
      if (pair == null) {
        throw new BadPlaceException(
            FindingCode.GEOMETRY_BAD_COORDINATE, "'" + PlaceFinder.shortened(cell) + "'");
      }
      return latitudeFirst
          ? WkbBuilder.point(pair[1], pair[0])
          : WkbBuilder.point(pair[0], pair[1]);
    }
  }

  /**
   * One column of WKT, hexadecimal WKB or GeoJSON geometry.
   *
   * @param column its index
   * @param crs as the cells say
   */
  record Cell(int column, SourceCrs crs) implements TableGeometry {
    @Override
    public GeometryType type() {
      return GeometryType.GEOMETRY;
    }

    @Override
    public byte @Nullable [] wkb(@Nullable Object[] cells) throws BadPlaceException {
      Object cell = column < cells.length ? cells[column] : null;
      if (cell == null || Coordinate.isMissing(cell)) {
        return null;
      }
      try {
        return GeometryText.wkb(cell.toString());
      } catch (IllegalArgumentException e) {
        throw new BadPlaceException(
            FindingCode.GEOMETRY_UNREADABLE,
            e.getMessage() + ": '" + PlaceFinder.shortened(cell) + "'");
      }
    }
  }
}
