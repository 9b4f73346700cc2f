package org.tequio.procedure.rule;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.tequio.catalogue.dictionary.LayerDictionary;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsOperation;
import org.tequio.feature.CrsRegistry;

/** The city's things near a position, for somebody to say which one they mean. Stateless. */
public final class NearThings {
  private static final GeometryFactory FACTORY = new GeometryFactory();

  private NearThings() {}

  /**
   * A thing.
   *
   * @param layer of the city
   * @param feature stable in its layer
   * @param key the department's own number for it; null where it has none or it is closed
   * @param meters from the position
   * @param longitude of its nearest point, in WGS 84
   * @param latitude likewise
   */
  public record Thing(
      String layer,
      long feature,
      @Nullable String key,
      double meters,
      double longitude,
      double latitude) {}

  /**
   * The nearest things of a kind, the nearest first; none where nothing is near, or the layer could
   * not be asked.
   *
   * @param standard of the dictionary
   * @param number the attribute of the dictionary in which a department's number for it stands
   * @param longitude in WGS 84
   * @param latitude likewise
   */
  public static List<Thing> find(
      Layers layers,
      String standard,
      String number,
      double longitude,
      double latitude,
      double meters,
      int limit,
      LocalDate day) {
    CrsOperation toMeters = CrsRegistry.standard().operation(Crs.CRS84, layers.crs());
    CrsOperation toDegrees = CrsRegistry.standard().operation(layers.crs(), Crs.CRS84);
    double[] at = {longitude, latitude};
    toMeters.apply(at, 1);
    if (!Double.isFinite(at[0]) || !Double.isFinite(at[1])) {
      return List.of();
    }
    Inquiry inquiry = new Inquiry(layers, LayerDictionary.standard(), day);
    Place place = new Place(FACTORY.createPoint(new Coordinate(at[0], at[1])), inquiry);
    List<Hit> hits;
    try {
      hits =
          inquiry.collecting(
              new Trail(), () -> inquiry.near(place, new LayerAsk(standard, null), meters));
    } catch (Unknown e) {
      return List.of();
    }
    return hits.stream()
        .sorted(Comparator.comparingDouble(Hit::distance))
        .limit(limit)
        .map(hit -> thing(hit, number, place, toDegrees))
        .toList();
  }

  private static Thing thing(Hit hit, String number, Place place, CrsOperation toDegrees) {
    Geometry geometry = hit.geometry();
    Coordinate nearest =
        geometry == null
            ? place.geometry().getCoordinate()
            : org.locationtech.jts.operation.distance.DistanceOp.nearestPoints(
                geometry, place.geometry())[0];
    double[] xy = {nearest.x, nearest.y};
    toDegrees.apply(xy, 1);
    String key = hit.key();
    Object said = key == null ? hit.value(hit.layer().position(number)) : key;
    return new Thing(
        hit.layer().id(),
        hit.id(),
        said == null ? null : said.toString(),
        hit.distance(),
        xy[0],
        xy[1]);
  }
}
