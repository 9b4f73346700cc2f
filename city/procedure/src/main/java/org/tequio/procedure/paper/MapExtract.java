package org.tequio.procedure.paper;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;
import org.tequio.cartography.MapView;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.LayerRecord;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.Language;
import org.tequio.procedure.PlaceMaps;

/**
 * The piece of map around a place, as it stands on a paper.
 *
 * @param png its pixels
 * @param outline of the place: rings or lines of x and y as shares of width and height, from the
 *     upper left
 * @param closed true where the outline encloses an area
 * @param denominator of its scale
 * @param layers their titles, the topmost first
 */
@SuppressWarnings("ArrayRecordComponent") // made for one paper
record MapExtract(
    byte[] png, List<float[]> outline, boolean closed, int denominator, List<String> layers) {
  private static final double DPI = 200;
  private static final double METERS_PER_POINT = 0.0254 / 72;
  private static final int[] SCALES = {
    500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 250_000
  };

  /** How much of the picture the place takes at most. */
  private static final double SHARE = 0.6;

  private static final double POINT_RADIUS = 6;

  /** Where there are many points, they are small. */
  private static final int MANY = 20;

  private static final double SMALL_RADIUS = 2;
  private static final int POINT_CORNERS = 24;
  private static final int MOST_EVIDENCE = 3;

  /** What lies under everything, from the lowest to the highest. */
  private static final List<String> BELOW = List.of("amb.area_verde", "agua.rio", "ref.manzana");

  /** What lies over what was asked. */
  private static final List<String> ABOVE = List.of("cat.predio", "ref.vialidad");

  /**
   * Draws it.
   *
   * @param place in the metres of a system
   * @param width in points
   * @param height in points
   * @param evidence the standards of the layers that were asked
   */
  static MapExtract draw(
      PlaceMaps maps,
      Catalogue catalogue,
      Geometry place,
      Crs crs,
      double width,
      double height,
      List<String> evidence,
      Language language) {
    Envelope around = place.getEnvelopeInternal();
    int denominator = scale(around, width, height);
    double halfX = width * METERS_PER_POINT * denominator / 2;
    double halfY = height * METERS_PER_POINT * denominator / 2;
    Coordinate middle = around.centre();
    Bbox box = new Bbox(middle.x - halfX, middle.y - halfY, middle.x + halfX, middle.y + halfY);
    MapView view =
        new MapView(
            crs, box, (int) Math.round(width / 72 * DPI), (int) Math.round(height / 72 * DPI), DPI);
    List<LayerRecord> layers = layers(catalogue, evidence);
    byte[] png = maps.draw(view, layers.stream().map(LayerRecord::id).toList(), language);
    return new MapExtract(
        png,
        outline(place, box, width, height),
        place.getDimension() != 1,
        denominator,
        layers.reversed().stream().map(layer -> layer.title().in(language)).toList());
  }

  private static int scale(Envelope around, double width, double height) {
    for (int one : SCALES) {
      double metersPerPoint = METERS_PER_POINT * one * SHARE;
      if (around.getWidth() <= width * metersPerPoint
          && around.getHeight() <= height * metersPerPoint) {
        return one;
      }
    }
    return SCALES[SCALES.length - 1];
  }

  private static List<LayerRecord> layers(Catalogue catalogue, List<String> evidence) {
    Set<String> known = new LinkedHashSet<>(BELOW);
    evidence.stream()
        .filter(standard -> !ABOVE.contains(standard) && !BELOW.contains(standard))
        .limit(MOST_EVIDENCE)
        .forEach(known::add);
    known.addAll(ABOVE);
    List<LayerRecord> all = catalogue.listLayers();
    return known.stream()
        .flatMap(
            standard ->
                all.stream()
                    .filter(layer -> standard.equals(layer.standard()))
                    .filter(layer -> layer.isPublic() && layer.extent() != null))
        .toList();
  }

  private static List<float[]> outline(Geometry place, Bbox box, double width, double height) {
    List<float[]> outline = new ArrayList<>();
    for (int i = 0; i < place.getNumGeometries(); i++) {
      List<Coordinate[]> lines =
          switch (place.getGeometryN(i)) {
            case Polygon polygon -> rings(polygon);
            case Point point -> {
              double radius = place.getNumGeometries() > MANY ? SMALL_RADIUS : POINT_RADIUS;
              yield List.<Coordinate[]>of(circle(point, radius, box, width, height));
            }
            case Geometry line -> List.<Coordinate[]>of(line.getCoordinates());
          };
      lines.forEach(line -> outline.add(shares(line, box)));
    }
    return outline;
  }

  private static List<Coordinate[]> rings(Polygon polygon) {
    List<Coordinate[]> rings = new ArrayList<>();
    rings.add(polygon.getExteriorRing().getCoordinates());
    for (int i = 0; i < polygon.getNumInteriorRing(); i++) {
      rings.add(polygon.getInteriorRingN(i).getCoordinates());
    }
    return rings;
  }

  private static Coordinate[] circle(
      Point point, double points, Bbox box, double width, double height) {
    double radius = points * Math.max(box.width() / width, box.height() / height);
    Coordinate[] corners = new Coordinate[POINT_CORNERS];
    for (int i = 0; i < corners.length; i++) {
      double angle = 2 * Math.PI * i / corners.length;
      corners[i] =
          new Coordinate(
              point.getX() + radius * Math.cos(angle), point.getY() + radius * Math.sin(angle));
    }
    return corners;
  }

  private static float[] shares(Coordinate[] ring, Bbox box) {
    float[] shares = new float[2 * ring.length];
    for (int i = 0; i < ring.length; i++) {
      shares[2 * i] = (float) ((ring[i].x - box.minX()) / box.width());
      shares[2 * i + 1] = (float) ((box.maxY() - ring[i].y) / box.height());
    }
    return shares;
  }
}
