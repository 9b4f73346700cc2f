package org.tequio.feature.filter;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Polygonal;
import org.tequio.feature.LocalText;
import org.tequio.feature.ServiceCrs;

/**
 * An area that somebody drew or has in a file, in longitude and latitude: a polygon or several, as
 * well-known text or as GeoJSON (a geometry, or the one feature of a file). It may be as large as
 * the border of a municipality, a million characters. Immutable.
 */
public final class Area {
  private static final LocalText WANTED =
      new LocalText(
          "un polígono como WKT o GeoJSON",
          "um polígono como WKT ou GeoJSON",
          "a polygon as WKT or GeoJSON");

  private final Expression.Shape shape;

  private Area(Expression.Shape shape) {
    this.shape = shape;
  }

  /**
   * Reads one.
   *
   * @throws FilterRefused where it is none, where it crosses itself, and where it is too large
   */
  public static Area parse(String text) {
    boolean json = text.stripLeading().startsWith("{");
    FilterBudget budget = FilterBudget.ofArea(text);
    Expression read =
        json
            ? Cql2JsonParser.of(geometryOf(JsonTree.parse(text, budget)))
            : Cql2TextParser.parse(text, budget);
    if (!(read instanceof Expression.Shape shape) || !(shape.geometry() instanceof Polygonal)) {
      throw FilterRefused.expected("area", WANTED, text);
    }
    Geometry geometry = shape.geometry();
    if (!geometry.isValid()) {
      throw new FilterRefused(
          new LocalText(
              "el contorno del área se cruza consigo mismo",
              "o contorno da área cruza a si mesmo",
              "the outline of the area crosses itself"));
    }
    return new Area(shape);
  }

  /** Its polygons. */
  public Geometry geometry() {
    return shape.geometry();
  }

  private static @Nullable Object geometryOf(@Nullable Object tree) {
    Object at = tree;
    if (at instanceof Map<?, ?> collection
        && collection.get("features") instanceof List<?> features
        && features.size() == 1) {
      at = features.getFirst();
    }
    return at instanceof Map<?, ?> feature && "Feature".equals(feature.get("type"))
        ? feature.get("geometry")
        : at;
  }

  /**
   * The filter for features of a layer that intersect it.
   *
   * @throws FilterRefused where they have no places
   */
  public RowFilter filter(FilterTarget target) {
    if (!target.spatial()) {
      throw new FilterRefused(
          new LocalText(
              "esta capa no tiene lugares que un área pueda contener",
              "esta camada não tem lugares que uma área possa conter",
              "this layer has no places that an area could hold"));
    }
    return RowFilter.of(
        new Expression.Operation(
            Operator.S_INTERSECTS, List.of(new Expression.Property(target.geometryName()), shape)),
        target,
        ServiceCrs.CRS84);
  }
}
