package org.tequio.formats.geopackage;

import org.tequio.feature.GeometryType;
import org.tequio.feature.Wkb;
import org.tequio.feature.WkbBuilder;

/** Makes one part a geometry of many, as a column of many must hold. */
final class MultiWkb {
  private MultiWkb() {}

  /** The geometry as the column's type: wrapped where the column says MULTI and it is single. */
  static byte[] fit(GeometryType column, byte[] wkb, int offset, int length, WkbBuilder builder) {
    GeometryType type = Wkb.type(wkb, offset);
    builder.reset();
    if (type != column && isMulti(column) && type.dimension() == column.dimension()) {
      builder.header(column, Wkb.hasZ(wkb, offset), Wkb.hasM(wkb, offset)).count(1);
    }
    return builder.append(wkb, offset, length).toBytes();
  }

  private static boolean isMulti(GeometryType type) {
    return type == GeometryType.MULTIPOINT
        || type == GeometryType.MULTILINESTRING
        || type == GeometryType.MULTIPOLYGON;
  }
}
