package org.tequio.procedure.writeback;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;
import org.tequio.catalogue.LayerRecord;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsOperation;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.Feature;
import org.tequio.feature.FeatureId;
import org.tequio.feature.Field;
import org.tequio.feature.GeometryType;
import org.tequio.feature.LayerId;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.Wkb;
import org.tequio.storage.AsOf;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.FeatureStore;
import org.tequio.storage.StoredLayer;

/**
 * A layer of the city that a decision writes to, as one revision has it: its columns by the names
 * of the dictionary, its features in metres.
 */
final class TargetLayer {
  private final LayerRecord record;
  private final StoredLayer stored;
  private final FeatureStore store;
  private final AsOf state;
  private final CrsOperation toMeters;
  private final CrsOperation toLayer;

  TargetLayer(LayerRecord record, StoredLayer stored, FeatureStore store, long head, Crs meters) {
    this.record = record;
    this.stored = stored;
    this.store = store;
    this.state = new AsOf.AtRevision(head);
    boolean isTable = !stored.schema().hasGeometry();
    this.toMeters = CrsRegistry.standard().operation(isTable ? meters : stored.crs(), meters);
    this.toLayer = CrsRegistry.standard().operation(meters, isTable ? meters : stored.crs());
  }

  LayerId id() {
    return record.id();
  }

  LayerRecord record() {
    return record;
  }

  /** Geometry in metres of a feature of this layer. */
  record Found(Feature feature, @Nullable Geometry meters) {}

  private static Geometry moved(Geometry geometry, CrsOperation operation) {
    byte[] wkb = Wkb.of(geometry);
    operation.apply(wkb, 0);
    return Wkb.toGeometry(wkb, 0, wkb.length);
  }

  // ---- columns

  private @Nullable Field key() {
    String named = stored.schema().key();
    return named == null ? null : stored.schema().findField(named).orElse(null);
  }

  /** The column of an attribute of the dictionary, or of this name. */
  Optional<Field> column(String name) {
    LayerSchema schema = stored.schema();
    return record.attribute(name).flatMap(schema::findField).or(() -> schema.findField(name));
  }

  /** By which the department knows a feature; null where it has none. */
  @Nullable String keyOf(Map<String, @Nullable Object> values) {
    Field key = key();
    Object value = key == null ? null : values.get(key.name());
    return value == null ? null : value.toString();
  }

  /** Says the key where nothing is said and it is a text. */
  void proposeKey(Map<String, @Nullable Object> values, String proposed) {
    Field key = key();
    if (key != null && key.type() == org.tequio.feature.FieldType.TEXT) {
      values.putIfAbsent(key.name(), proposed);
    }
  }

  boolean hasKey() {
    return key() != null;
  }

  /** Values by column, of the column's type. */
  Map<String, @Nullable Object> typed(Map<String, @Nullable Object> said) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    said.forEach(
        (name, value) -> {
          Field field =
              column(name)
                  .orElseThrow(
                      () ->
                          new MapRefused(
                              "la capa no tiene '" + name + "'",
                              "a camada não tem '" + name + "'",
                              "the layer has no '" + name + "'"));
          values.put(field.name(), value == null ? null : typed(field, value));
        });
    return values;
  }

  /**
   * Says what is not said yet; what the department's column does not take is not known there.
   *
   * @param said by attribute of the dictionary
   * @param values by column
   */
  void putFitting(Map<String, Object> said, Map<String, @Nullable Object> values) {
    said.forEach(
        (attribute, value) ->
            column(attribute)
                .filter(field -> !values.containsKey(field.name()) && isListed(field, value))
                .flatMap(field -> fitting(field, value).map(one -> Map.entry(field.name(), one)))
                .ifPresent(one -> values.put(one.getKey(), one.getValue())));
  }

  private static boolean isListed(Field field, Object said) {
    return field.codes().isEmpty()
        || field.codes().stream().anyMatch(code -> code.value().equals(said.toString()));
  }

  /** A value as a column takes it; none where it does not fit. */
  static Object typed(Field field, Object said) {
    return Optional.of(said)
        .filter(any -> isListed(field, any))
        .flatMap(any -> fitting(field, any))
        .orElseThrow(
            () ->
                new MapRefused(
                    "'" + field.name() + "' no admite '" + said + "'",
                    "'" + field.name() + "' não admite '" + said + "'",
                    "'" + field.name() + "' does not take '" + said + "'"));
  }

  private static Optional<Object> fitting(Field field, Object said) {
    try {
      return switch (field.type()) {
        case TEXT ->
            said instanceof LocalDate day
                ? Optional.of(day.toString())
                : Optional.of(said).filter(String.class::isInstance);
        case INTEGER ->
            said instanceof Integer || said instanceof Long
                ? Optional.of(((Number) said).longValue())
                : Optional.empty();
        case DECIMAL ->
            said instanceof Number number && Double.isFinite(number.doubleValue())
                ? Optional.of(number.doubleValue())
                : Optional.empty();
        case BOOLEAN -> Optional.of(said).filter(Boolean.class::isInstance);
        case DATE -> Optional.of(LocalDate.parse(said.toString()));
        case INSTANT -> Optional.of(Instant.parse(said.toString()));
      };
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** A feature of this layer with these values; what is not said is not known. */
  @SuppressWarnings(
      "NullAway") // The annotation of the record's component is not in its class file.
  Feature feature(FeatureId id, @Nullable Geometry meters, Map<String, @Nullable Object> values) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    for (Field field : stored.schema().fields()) {
      all.put(field.name(), values.get(field.name()));
    }
    return new Feature(id, meters == null ? null : fitted(meters), all);
  }

  // ---- places

  /** True where its features are areas. */
  boolean isOfAreas() {
    return stored.schema().geometry().dimension() == 2;
  }

  /** In the layer's system and of its type: a point for an area where it has points. */
  private Geometry fitted(Geometry meters) {
    GeometryType type = stored.schema().geometry();
    Geometry place = moved(type.dimension() == 0 ? meters.getInteriorPoint() : meters, toLayer);
    var factory = place.getFactory();
    boolean fits =
        switch (type) {
          case NONE -> false;
          case GEOMETRY, GEOMETRYCOLLECTION -> true;
          case POINT, MULTIPOINT -> place instanceof Point;
          case LINESTRING, MULTILINESTRING -> place.getDimension() == 1;
          case POLYGON -> place instanceof Polygon;
          case MULTIPOLYGON -> place.getDimension() == 2;
        };
    if (!fits) {
      throw new MapRefused(
          "la capa '" + id() + "' necesita otra geometría: " + type,
          "a camada '" + id() + "' precisa de outra geometria: " + type,
          "the layer '" + id() + "' needs another geometry: " + type);
    }
    return switch (type) {
      case MULTIPOINT -> factory.createMultiPoint(new Point[] {(Point) place});
      case MULTILINESTRING ->
          place instanceof LineString line
              ? factory.createMultiLineString(new LineString[] {line})
              : place;
      case MULTIPOLYGON ->
          place instanceof Polygon polygon
              ? factory.createMultiPolygon(new Polygon[] {polygon})
              : place;
      case NONE, GEOMETRY, POINT, LINESTRING, POLYGON, GEOMETRYCOLLECTION -> place;
    };
  }

  // ---- features

  /** The one feature that has a key. */
  Found getFound(String key) {
    List<Found> found = withKey(key);
    if (found.size() != 1) {
      throw new MapRefused(
          "la capa '" + id() + "' tiene " + found.size() + " elementos con la clave '" + key + "'",
          "a camada '" + id() + "' tem " + found.size() + " elementos com a chave '" + key + "'",
          "the layer '" + id() + "' has " + found.size() + " features with the key '" + key + "'");
    }
    return found.getFirst();
  }

  boolean hasFeature(String key) {
    return !withKey(key).isEmpty();
  }

  /** The features that have a key: one, unless the department's register is wrong. */
  List<Found> withKey(String key) {
    Field field = key();
    return field == null ? List.of() : withKey(field, key);
  }

  private List<Found> withKey(Field field, String key) {
    Optional<Object> value =
        switch (field.type()) {
          case INTEGER ->
              key.matches("-?[0-9]{1,18}") ? Optional.of(Long.valueOf(key)) : Optional.empty();
          case TEXT -> Optional.of(key);
          case DECIMAL, BOOLEAN, DATE, INSTANT -> Optional.empty();
        };
    return value
        .map(
            one ->
                scan(
                    new FeatureQuery(
                        null,
                        List.of(new FeatureQuery.FieldEquals(field.name(), one)),
                        0,
                        2,
                        state)))
        .orElse(List.of());
  }

  /** The features whose envelope touches a place. */
  List<Found> near(Geometry place, double meters) {
    var envelope = place.getEnvelopeInternal();
    envelope.expandBy(meters);
    Bbox box =
        toLayer.apply(
            new Bbox(
                envelope.getMinX(), envelope.getMinY(), envelope.getMaxX(), envelope.getMaxY()));
    return scan(new FeatureQuery(box, List.of(), 0, Long.MAX_VALUE, state));
  }

  private List<Found> scan(FeatureQuery query) {
    List<FeatureId> ids = new ArrayList<>();
    store.scan(
        id(),
        query,
        row -> {
          ids.add(new FeatureId(row.id()));
          return true;
        });
    List<Found> found = new ArrayList<>();
    for (FeatureId id : ids) {
      store
          .findFeature(id(), id, state)
          .ifPresent(
              feature -> {
                Geometry place = feature.geometry();
                found.add(new Found(feature, place == null ? null : moved(place, toMeters)));
              });
    }
    return found;
  }
}
