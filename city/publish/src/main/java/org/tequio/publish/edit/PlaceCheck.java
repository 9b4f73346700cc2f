package org.tequio.publish.edit;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryCollection;
import org.tequio.catalogue.GeometryCheck;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.FindingCode;
import org.tequio.feature.GeometryType;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.LocalText;
import org.tequio.feature.Wkb;
import org.tequio.feature.WkbBuilder;
import org.tequio.publish.layer.PublicLayer;

/**
 * Brings the place of an edited feature to its layer's system and type, and sees whether it is
 * valid.
 */
final class PlaceCheck {
  static final LocalText TITLE =
      new LocalText("Geometría inadecuada", "Geometria inadequada", "Unsuitable geometry");

  private final PublicLayer layer;

  /** A place that the layer does not take. */
  static final class Unfit extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient LocalText why;

    Unfit(LocalText why) {
      super(why.en(), null, false, false);
      this.why = why;
    }

    LocalText why() {
      return why;
    }
  }

  PlaceCheck(PublicLayer layer) {
    this.layer = layer;
  }

  /** The geometry as the layer keeps it; null where the place is not known. */
  @Nullable Geometry geometry(Content.Place place) throws Unfit {
    byte[] given = place.wkb();
    if (given == null) {
      return null;
    }
    LayerSchema schema = layer.stored().schema();
    if (!schema.hasGeometry()) {
      throw new Unfit(
          new LocalText(
              "'" + layer.id() + "' es una tabla sin geometría",
              "'" + layer.id() + "' é uma tabela sem geometria",
              "'" + layer.id() + "' is a table without geometry"));
    }
    byte[] wkb = WkbBuilder.promoted(single(given, schema.geometry()), schema.geometry()).clone();
    CrsRegistry.standard().operation(place.crs(), layer.stored().crs()).apply(wkb, 0);
    Optional<FindingCode> fault = GeometryCheck.findFault(wkb);
    if (fault.isPresent()) {
      throw new Unfit(fault.get().title());
    }
    Geometry geometry = Wkb.toGeometry(wkb, 0, wkb.length);
    return schema.hasZ() ? geometry : flat(geometry);
  }

  /** The one part of a collection where the layer's features have one. */
  private static byte[] single(byte[] wkb, GeometryType wanted) throws Unfit {
    GeometryType is = Wkb.type(wkb, 0);
    boolean fits =
        switch (wanted) {
          case GEOMETRY -> true;
          case POINT, LINESTRING, POLYGON, GEOMETRYCOLLECTION -> is == wanted;
          case MULTIPOINT -> is == wanted || is == GeometryType.POINT;
          case MULTILINESTRING -> is == wanted || is == GeometryType.LINESTRING;
          case MULTIPOLYGON -> is == wanted || is == GeometryType.POLYGON;
          case NONE -> false;
        };
    if (fits) {
      return wkb;
    }
    Geometry geometry = Wkb.toGeometry(wkb, 0, wkb.length);
    boolean one =
        geometry instanceof GeometryCollection
            && geometry.getNumGeometries() == 1
            && geometry.getGeometryN(0).getGeometryType().equalsIgnoreCase(wanted.name());
    if (!one) {
      throw new Unfit(
          new LocalText(
              "la capa lleva " + wanted + " y llegó " + is,
              "a camada leva " + wanted + " e veio " + is,
              "the layer holds " + wanted + " but got " + is));
    }
    return Wkb.of(geometry.getGeometryN(0));
  }

  /** Heights of zero are those of programs that always write some; others must not be lost. */
  private static Geometry flat(Geometry geometry) throws Unfit {
    for (Coordinate coordinate : geometry.getCoordinates()) {
      double z = coordinate.getZ();
      if (!Double.isNaN(z) && z != 0) {
        throw new Unfit(
            new LocalText(
                "la capa no lleva alturas y llegó " + z,
                "a camada não leva alturas e veio " + z,
                "the layer holds no heights but got " + z));
      }
    }
    Geometry flat = geometry.copy();
    for (Coordinate coordinate : flat.getCoordinates()) {
      if (!Double.isNaN(coordinate.getZ())) {
        coordinate.setZ(Double.NaN);
      }
    }
    flat.geometryChanged();
    return flat;
  }
}
