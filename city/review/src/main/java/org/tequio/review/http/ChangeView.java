package org.tequio.review.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.algorithm.distance.DiscreteHausdorffDistance;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.LayerRecord;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsOperation;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.Feature;
import org.tequio.feature.FeatureId;
import org.tequio.feature.Field;
import org.tequio.feature.Language;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.Wkb;
import org.tequio.review.diff.ChangeKind;
import org.tequio.review.diff.LayerDiff;
import org.tequio.storage.FeatureStore;

/**
 * What a comparison shows of the features that changed: both sides, field by field, and how far and
 * how much. The values of closed fields are left out; that they changed is said.
 */
final class ChangeView {
  /** Beyond so many pairs of vertices the distance of centres stands for the largest distance. */
  private static final long MOST_PAIRS = 4_000_000;

  private static final double METERS_OF_A_DEGREE = 111_195;

  private final Catalogue catalogue;
  private final FeatureStore store;
  private final CrsRegistry registry = CrsRegistry.standard();

  ChangeView(Catalogue catalogue, FeatureStore store) {
    this.catalogue = catalogue;
    this.store = store;
  }

  record ChangeJson(
      String n,
      String kind,
      @Nullable SideJson before,
      @Nullable SideJson after,
      List<FieldJson> fields,
      @Nullable Double movedMeters,
      @Nullable Double areaChangeM2,
      @Nullable Double score,
      @Nullable String evidence) {}

  record SideJson(
      String id,
      @Nullable Object key,
      Map<String, @Nullable Object> properties,
      double @Nullable [] bbox) {}

  record FieldJson(
      String name, String label, @Nullable Object before, @Nullable Object after, boolean closed) {}

  /** A page of a comparison. */
  List<ChangeJson> page(
      LayerDiff diff, @Nullable ChangeKind kind, long after, int limit, Language language)
      throws IOException {
    List<ChangeJson> items = new ArrayList<>();
    for (LayerDiff.Entry entry : diff.list(kind, after, limit)) {
      items.add(
          change(
              diff,
              entry.kind().wireName(),
              Long.toString(entry.id()),
              entry.kind() == ChangeKind.ADDED ? 0 : entry.id(),
              entry.kind() == ChangeKind.REMOVED ? 0 : entry.id(),
              language));
    }
    return items;
  }

  /** Two features, or one of them, side by side; 0 for none. */
  ChangeJson change(
      LayerDiff diff, String kind, String n, long before, long after, Language language) {
    Optional<Feature> was = feature(diff.layer(), diff.before(), before);
    Optional<Feature> is = feature(diff.layer(), diff.after(), after);
    Predicate<Field> open = openFields(diff);
    List<FieldJson> fields = new ArrayList<>();
    if (was.isPresent() && is.isPresent()) {
      fields(diff, was.get(), is.get(), open, language, fields);
    }
    Geometry from = was.map(Feature::geometry).orElse(null);
    Geometry to = is.map(Feature::geometry).orElse(null);
    double unit = from == null ? 1 : metersOfAUnit(diff, from);
    boolean both = from != null && to != null && !from.isEmpty() && !to.isEmpty();
    boolean area = both && from != null && to != null && from.getDimension() == 2;
    return new ChangeJson(
        n,
        kind,
        was.map(feature -> side(feature, diff.before(), open)).orElse(null),
        is.map(feature -> side(feature, diff.after(), open)).orElse(null),
        fields,
        both && from != null && to != null ? rounded(moved(from, to) * unit) : null,
        area && from != null && to != null
            ? rounded((to.getArea() - from.getArea()) * unit * unit)
            : null,
        null,
        null);
  }

  private Optional<Feature> feature(
      org.tequio.feature.LayerId layer, LayerDiff.@Nullable State state, long id) {
    return state == null || id == 0
        ? Optional.empty()
        : store.findFeature(layer, new FeatureId(id), state.asOf());
  }

  /** A layer that was withdrawn is as closed as it was while it was there. */
  private Predicate<Field> openFields(LayerDiff diff) {
    return openFields(
        catalogue
            .findLayer(diff.layer())
            .or(
                () ->
                    Stream.of(diff.after(), diff.before())
                        .flatMap(Stream::ofNullable)
                        .flatMap(state -> catalogue.findLayer(diff.layer(), state.asOf()).stream())
                        .findFirst()));
  }

  /** Which fields' values may be shown to those who review. */
  Predicate<Field> openFields(org.tequio.feature.LayerId layer) {
    return openFields(catalogue.findLayer(layer));
  }

  private static Predicate<Field> openFields(Optional<LayerRecord> known) {
    return field -> known.map(record -> record.isOpen(field)).orElse(field.dataClass().isPublic());
  }

  private void fields(
      LayerDiff diff,
      Feature was,
      Feature is,
      Predicate<Field> open,
      Language language,
      List<FieldJson> into) {
    LayerSchema earlier = schema(diff.before());
    LayerSchema later = schema(diff.after());
    for (Field field : earlier.fields()) {
      Field now = later.findField(field.name()).orElse(null);
      if (now == null) {
        continue; // a field that is gone is a change of the schema
      }
      Object before = was.properties().get(field.name());
      Object after = is.properties().get(now.name());
      if (!Objects.equals(before, after)) {
        boolean closed = !open.test(field) || !open.test(now);
        into.add(
            new FieldJson(
                now.name(),
                now.label().in(language),
                closed ? null : plain(before),
                closed ? null : plain(after),
                closed));
      }
    }
  }

  private static LayerSchema schema(LayerDiff.@Nullable State state) {
    return Objects.requireNonNull(state, "both states have this feature").stored().schema();
  }

  private SideJson side(Feature feature, LayerDiff.@Nullable State state, Predicate<Field> open) {
    LayerSchema schema = schema(state);
    Map<String, @Nullable Object> properties = new LinkedHashMap<>();
    for (Field field : schema.fields()) {
      if (open.test(field)) {
        properties.put(field.name(), plain(feature.properties().get(field.name())));
      }
    }
    String key = schema.key();
    return new SideJson(
        feature.id().toString(),
        key == null ? null : properties.get(key),
        properties,
        bbox(feature.geometry(), Objects.requireNonNull(state).stored().crs()));
  }

  /** Values that JSON has no form for become text. */
  static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Long number -> number;
      case Double number -> number;
      case Boolean truth -> truth;
      default -> value.toString();
    };
  }

  private double @Nullable [] bbox(@Nullable Geometry geometry, Crs crs) {
    Geometry degrees = toDegrees(geometry, crs);
    if (degrees == null || degrees.isEmpty()) {
      return null;
    }
    Envelope box = degrees.getEnvelopeInternal();
    return new double[] {
      GeoJson.rounded(box.getMinX()),
      GeoJson.rounded(box.getMinY()),
      GeoJson.rounded(box.getMaxX()),
      GeoJson.rounded(box.getMaxY())
    };
  }

  /** In longitude and latitude. */
  @Nullable Geometry toDegrees(@Nullable Geometry geometry, Crs crs) {
    if (geometry == null) {
      return null;
    }
    CrsOperation operation = registry.operation(crs, Crs.CRS84);
    byte[] wkb = Wkb.of(geometry);
    operation.apply(wkb, 0);
    return Wkb.toGeometry(wkb, 0, wkb.length);
  }

  private double metersOfAUnit(LayerDiff diff, Geometry near) {
    Crs crs =
        Objects.requireNonNull(diff.after() == null ? diff.before() : diff.after()).stored().crs();
    return registry.isGeographic(crs)
        ? METERS_OF_A_DEGREE
            * Math.sqrt(Math.cos(Math.toRadians(near.getEnvelopeInternal().centre().y)))
        : 1;
  }

  /** The largest distance from a vertex of one to the nearest of the other. */
  private static double moved(Geometry from, Geometry to) {
    if ((long) from.getNumPoints() * to.getNumPoints() > MOST_PAIRS) {
      return from.getEnvelopeInternal().centre().distance(to.getEnvelopeInternal().centre());
    }
    return DiscreteHausdorffDistance.distance(from, to);
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
