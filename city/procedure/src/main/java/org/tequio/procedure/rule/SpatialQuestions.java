package org.tequio.procedure.rule;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.TopologyException;
import org.locationtech.jts.geom.util.GeometryFixer;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;
import org.locationtech.jts.operation.union.UnaryUnionOp;
import org.tequio.feature.LocalText;

/**
 * The questions of rules about a place and a layer. A feature that is there counts whatever the
 * layer covers; that nothing is there is known only where the layer covers the place.
 */
final class SpatialQuestions {
  private static final double TOUCHING_METERS = 0.5;
  private static final double SLIVER = 0.05;
  private static final double STREET_METERS = 30;
  private static final double MOST_METERS = 10_000;
  private static final double WHOLE = 1 - 1e-9;
  private static final String STREETS = "ref.vialidad";

  private SpatialQuestions() {}

  static boolean intersects(Place place, LayerAsk ask) {
    Inquiry inquiry = place.inquiry();
    if (!inquiry.touching(place, ask).isEmpty()) {
      return true;
    }
    inquiry.requireCoverage(place.inner(), ask);
    return false;
  }

  static boolean within(Place place, LayerAsk ask) {
    List<Hit> hits = place.inquiry().touching(place, ask);
    boolean held =
        hits.stream().anyMatch(hit -> covers(shape(hit), place.inner()))
            || hits.size() > 1 && covers(union(hits), place.inner());
    if (!held) {
      place.inquiry().requireCoverage(place.inner(), ask);
    }
    return held;
  }

  private static boolean covers(Geometry holder, Geometry held) {
    return holder.getEnvelopeInternal().covers(held.getEnvelopeInternal()) && holder.covers(held);
  }

  /** The share of a place that a layer holds: of its area, else of its length, else 0 or 1. */
  static double overlap(Place place, LayerAsk ask) {
    List<Hit> hits = place.inquiry().touching(place, ask);
    double share = 0;
    if (!hits.isEmpty()) {
      double whole = measure(place.geometry());
      Geometry all = hits.size() == 1 ? shape(hits.getFirst()) : union(hits);
      share = whole == 0 ? 1 : Math.min(1, commonMeasure(place, all) / whole);
    }
    if (share < WHOLE) {
      place.inquiry().requireCoverage(place.inner(), ask);
    }
    return share;
  }

  /** The share of a place that one feature holds. */
  static double share(Place place, String standard, Hit hit) {
    Geometry held = place.inquiry().place(standard, hit).geometry();
    double whole = measure(place.geometry());
    return whole == 0
        ? place.prepared().intersects(held) ? 1 : 0
        : Math.min(1, commonMeasure(place, held) / whole);
  }

  /** What a place and a shape have in common; an area that is only touched has nothing. */
  private static double commonMeasure(Place place, Geometry other) {
    Geometry common = common(place.geometry(), other);
    return place.geometry().getDimension() == 2 ? common.getArea() : common.getLength();
  }

  private static double measure(Geometry geometry) {
    return geometry.getDimension() == 2 ? geometry.getArea() : geometry.getLength();
  }

  /** Metres to the nearest feature; ten kilometres where there is none nearer. */
  static double distance(Place place, LayerAsk ask) {
    Hit nearest = nearestHit(place, ask);
    return nearest == null ? MOST_METERS : nearest.distance();
  }

  static FeatureValue nearest(Place place, LayerAsk ask) {
    Hit nearest = nearestHit(place, ask);
    if (nearest == null) {
      throw Unknown.noData(ask.standard(), NOTHING_NEAR);
    }
    return new FeatureValue(place, ask.standard(), nearest);
  }

  private static final LocalText NOTHING_NEAR =
      new LocalText(
          "la capa no tiene nada en diez kilómetros",
          "a camada não tem nada em dez quilômetros",
          "the layer has nothing within ten kilometres");

  // Outside of what a layer covers a nearer one may be missing.
  private static @Nullable Hit nearestHit(Place place, LayerAsk ask) {
    Hit nearest = place.inquiry().nearest(place, ask, MOST_METERS);
    if (nearest == null || nearest.distance() > 0) {
      place.inquiry().requireCoverage(place.inner(), ask);
    }
    return nearest;
  }

  static List<Object> features(Place place, LayerAsk ask) {
    return listed(place, ask, place.inquiry().touching(place, ask));
  }

  static List<Object> near(Place place, LayerAsk ask, Number meters) {
    return listed(place, ask, place.inquiry().near(place, ask, reach(meters.doubleValue())));
  }

  /** How many there are: known only of a list that lacks nothing. */
  static long count(List<?> list) {
    for (Object one : list) {
      if (one instanceof MissingFeature missing) {
        throw missing.why();
      }
    }
    return list.size();
  }

  private static double reach(double meters) {
    if (!(meters >= 0 && meters <= MOST_METERS)) {
      throw Unknown.notAsked(
          null,
          new LocalText(
              "una distancia de 0 a 10 000 m",
              "uma distância de 0 a 10 000 m",
              "a distance from 0 to 10 000 m"));
    }
    return meters;
  }

  private static List<Object> listed(Place place, LayerAsk ask, List<Hit> hits) {
    List<Object> values = new ArrayList<>();
    hits.forEach(hit -> values.add(new FeatureValue(place, ask.standard(), hit)));
    try {
      place.inquiry().requireCoverage(place.inner(), ask);
    } catch (Unknown e) {
      if (hits.isEmpty()) {
        throw e;
      }
      values.add(new MissingFeature(e));
    }
    return values;
  }

  /** The feature that holds the most of a place. */
  static FeatureValue feature(Place place, LayerAsk ask) {
    List<Hit> hits = place.inquiry().touching(place, ask);
    if (hits.isEmpty()) {
      place.inquiry().requireCoverage(place.inner(), ask);
      throw Unknown.noData(
          ask.standard(),
          new LocalText(
              "la capa no tiene nada en este lugar",
              "a camada não tem nada neste lugar",
              "the layer has nothing at this place"));
    }
    Hit most = hits.getFirst();
    double share = -1;
    for (Hit hit : hits) {
      double held = hits.size() == 1 ? 1 : measure(common(place.geometry(), shape(hit)));
      if (held > share) {
        share = held;
        most = hit;
      }
    }
    return new FeatureValue(place, ask.standard(), most);
  }

  static FeatureValue row(Place place, LayerAsk ask, java.util.Map<String, Object> values) {
    return new FeatureValue(place, ask.standard(), place.inquiry().row(ask, values));
  }

  /** All rows of a table. */
  static List<Object> rows(Place place, LayerAsk ask) {
    List<Object> values = new ArrayList<>();
    place
        .inquiry()
        .rows(ask)
        .forEach(hit -> values.add(new FeatureValue(place, ask.standard(), hit)));
    return values;
  }

  /** True where a feature borders on the place without lying in it or holding it. */
  static boolean adjacent(Place place, LayerAsk ask) {
    List<Hit> hits = place.inquiry().near(place, ask, TOUCHING_METERS);
    for (Hit hit : hits) {
      if (hit.distance() > 0 || isBeside(place.geometry(), shape(hit))) {
        return true;
      }
    }
    place.inquiry().requireCoverage(place.inner(), ask);
    return false;
  }

  // Drawn by hand, neighbours overlap a little.
  private static boolean isBeside(Geometry place, Geometry other) {
    if (place.getDimension() < 2 || other.getDimension() < 2) {
      return false;
    }
    double common = common(place, other).getArea();
    return common < SLIVER * Math.min(place.getArea(), other.getArea());
  }

  static Place buffer(Place place, Number meters) {
    return new Place(place.geometry().buffer(reach(meters.doubleValue())), place.inquiry());
  }

  static double area(Place place) {
    if (place.geometry().getDimension() < 2) {
      throw Unknown.noData(
          "cat.predio",
          new LocalText(
              "no se conoce el predio de este lugar, y un punto no tiene superficie",
              "não se conhece o lote deste lugar, e um ponto não tem área",
              "the parcel of this place is not known, and a point has no area"));
    }
    return place.geometry().getArea();
  }

  static double length(Place place) {
    return place.geometry().getLength();
  }

  /** What the nearest street is, as {@code tipo} of the street centre lines says. */
  static Object streetClass(Place place) {
    LayerAsk ask = new LayerAsk(STREETS, null);
    Hit nearest = place.inquiry().nearest(place, ask, STREET_METERS);
    if (nearest == null) {
      throw Unknown.noData(
          STREETS,
          new LocalText(
              "no hay calle a menos de 30 m en la capa",
              "não há rua a menos de 30 m na camada",
              "the layer has no street within 30 m"));
    }
    return new FeatureValue(place, STREETS, nearest).select("tipo");
  }

  private static Geometry shape(Hit hit) {
    Geometry geometry = hit.geometry();
    if (geometry == null) {
      throw new IllegalStateException("a row of a table has no place");
    }
    return geometry;
  }

  private static Geometry union(List<Hit> hits) {
    List<Geometry> all = hits.stream().map(SpatialQuestions::shape).toList();
    try {
      return UnaryUnionOp.union(all);
    } catch (TopologyException | IllegalArgumentException e) {
      return UnaryUnionOp.union(all.stream().map(GeometryFixer::fix).toList());
    }
  }

  /** What is left of an area outside of another. */
  static Geometry without(Geometry a, Geometry b) {
    try {
      return OverlayNGRobust.overlay(a, b, OverlayNG.DIFFERENCE);
    } catch (TopologyException | IllegalArgumentException e) {
      return OverlayNGRobust.overlay(
          GeometryFixer.fix(a), GeometryFixer.fix(b), OverlayNG.DIFFERENCE);
    }
  }

  // What departments draw crosses itself; it is mended for the question, not in the layer.
  private static Geometry common(Geometry a, Geometry b) {
    try {
      return OverlayNGRobust.overlay(a, b, OverlayNG.INTERSECTION);
    } catch (TopologyException | IllegalArgumentException e) {
      return OverlayNGRobust.overlay(
          GeometryFixer.fix(a), GeometryFixer.fix(b), OverlayNG.INTERSECTION);
    }
  }
}
