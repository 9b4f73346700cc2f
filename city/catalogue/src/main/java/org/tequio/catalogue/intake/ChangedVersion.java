package org.tequio.catalogue.intake;

import java.io.Closeable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.tequio.catalogue.GeometryCheck;
import org.tequio.catalogue.LayerChanges;
import org.tequio.catalogue.UnsuitableFiles;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsOperation;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.Feature;
import org.tequio.feature.FeatureId;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.Field;
import org.tequio.feature.GeometryType;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.LocalText;
import org.tequio.feature.Progress;
import org.tequio.feature.Wkb;
import org.tequio.feature.WkbBuilder;
import org.tequio.storage.AsOf;
import org.tequio.storage.CityStore;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.StagedLayer;
import org.tequio.storage.StoredLayer;

/**
 * Loads a new version of a layer out of the published one and what shall be different: rows that
 * are not named pass as they lie, in the order of their ids; new features come last. Used once, by
 * one thread.
 */
final class ChangedVersion implements Closeable {
  private static final int CHECK_EVERY = 2048;

  private final CityStore store;
  private final StoredLayer layer;
  private final LayerChanges changes;
  private final CrsOperation toLayer;
  private final Map<Long, LayerChanges.Change> named = new HashMap<>();
  private final List<LayerChanges.Create> created = new ArrayList<>();
  private @Nullable StagedLayer staged;
  private long count;

  /**
   * Begins.
   *
   * @throws UnsuitableFiles where a feature is named twice, is not there, or has become another
   *     since the changes were made
   */
  ChangedVersion(CityStore store, CrsRegistry registry, StoredLayer layer, LayerChanges changes) {
    this.store = store;
    this.layer = layer;
    this.changes = changes;
    this.toLayer = registry.operation(Crs.CRS84, layer.crs());
    for (LayerChanges.Change change : changes.changes()) {
      switch (change) {
        case LayerChanges.Create create -> created.add(create);
        case LayerChanges.Update update -> name(update.feature(), update);
        case LayerChanges.Delete delete -> name(delete.feature(), delete);
      }
    }
  }

  private void name(FeatureId feature, LayerChanges.Change change) {
    if (named.put(feature.value(), change) != null) {
      throw new UnsuitableFiles(
          new LocalText(
              "el elemento " + feature + " aparece dos veces",
              "o elemento " + feature + " aparece duas vezes",
              "feature " + feature + " is named twice"));
    }
    Optional<Feature> now = find(feature, layer.revision());
    boolean same =
        now.isPresent()
            && (changes.basis() >= layer.revision() || now.equals(find(feature, changes.basis())));
    if (!same) {
      throw new UnsuitableFiles(
          new LocalText(
              "el elemento "
                  + feature
                  + " cambió desde que se prepararon estos cambios; hay que"
                  + " proponerlos de nuevo",
              "o elemento "
                  + feature
                  + " mudou desde que estas mudanças foram preparadas; é preciso"
                  + " propô-las de novo",
              "feature "
                  + feature
                  + " has changed since these changes were made; propose them"
                  + " again"));
    }
  }

  private Optional<Feature> find(FeatureId feature, long revision) {
    return store.features().findFeature(layer.id(), feature, new AsOf.AtRevision(revision));
  }

  /**
   * Loads it.
   *
   * @param firstFree the id of the first new feature
   * @throws UnsuitableFiles where a value or place is none that the layer can hold
   */
  StagedLayer load(long firstFree, Progress progress) {
    StagedLayer version = store.stage(layer.id(), layer.schema(), layer.crs());
    staged = version;
    double[] envelope = new double[4];
    store
        .features()
        .scan(
            layer.id(),
            FeatureQuery.ALL.at(new AsOf.AtRevision(layer.revision())),
            row -> {
              if (count % CHECK_EVERY == 0) {
                progress.check();
                progress.step(layer.id().value(), count, layer.count());
              }
              LayerChanges.Change change = named.get(row.id());
              if (!(change instanceof LayerChanges.Delete)) {
                add(version, row, (LayerChanges.Update) change, envelope);
              }
              return true;
            });
    long id = firstFree;
    for (LayerChanges.Create create : created) {
      @Nullable Object[] values = new Object[layer.schema().fields().size()];
      put(values, create.values());
      add(version, id++, placed(create.place()), values, envelope);
    }
    version.finish();
    return version;
  }

  private void add(
      StagedLayer version,
      FeatureRow row,
      LayerChanges.@Nullable Update update,
      double[] envelope) {
    @Nullable Object[] values = new Object[layer.schema().fields().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.value(i);
    }
    Geometry place = null;
    if (update != null) {
      put(values, update.values());
      place = update.place();
    }
    add(version, row.id(), place == null ? wkb(row) : placed(place), values, envelope);
  }

  private static byte @Nullable [] wkb(FeatureRow row) {
    byte[] all = row.wkb();
    return all == null
        ? null
        : java.util.Arrays.copyOfRange(all, row.wkbOffset(), row.wkbOffset() + row.wkbLength());
  }

  private void add(
      StagedLayer version,
      long id,
      byte @Nullable [] wkb,
      @Nullable Object[] values,
      double[] envelope) {
    if (wkb == null || !Wkb.envelope(wkb, 0, envelope)) {
      java.util.Arrays.fill(envelope, Double.NaN);
    }
    version.add(id, wkb, envelope, values);
    count++;
  }

  /** A place as the layer keeps it. */
  private byte[] placed(Geometry place) {
    LayerSchema schema = layer.schema();
    byte[] wkb = Wkb.of(place);
    toLayer.apply(wkb, 0);
    GeometryType type = Wkb.type(wkb, 0);
    boolean fits =
        schema.geometry() == GeometryType.GEOMETRY
            || schema.geometry().union(type) == schema.geometry();
    if (!fits || Wkb.hasZ(wkb, 0) && !schema.hasZ() || hasNaN(wkb)) {
      throw new UnsuitableFiles(
          new LocalText(
              "la capa no admite esta geometría: " + shown(place),
              "a camada não aceita esta geometria: " + shown(place),
              "the layer cannot hold this geometry: " + shown(place)));
    }
    GeometryCheck.findFault(wkb)
        .ifPresent(
            fault -> {
              throw new UnsuitableFiles(
                  new LocalText(
                      fault.title().es() + ": " + shown(place),
                      fault.title().pt() + ": " + shown(place),
                      fault.title().en() + ": " + shown(place)));
            });
    return schema.geometry() == GeometryType.GEOMETRY || type == schema.geometry()
        ? wkb
        : WkbBuilder.promoted(wkb, schema.geometry());
  }

  private static boolean hasNaN(byte[] wkb) {
    boolean[] any = new boolean[1];
    Wkb.forEachRun(
        wkb,
        0,
        (at, stride, n) -> {
          for (int i = 0, p = at; i < n; i++, p += stride) {
            any[0] |=
                Double.isNaN(Wkb.getDouble(wkb, p)) || Double.isNaN(Wkb.getDouble(wkb, p + 8));
          }
        });
    return any[0];
  }

  private static String shown(Geometry place) {
    String text = place.toText();
    return text.length() > 80 ? text.substring(0, 80) + "…" : text;
  }

  private void put(@Nullable Object[] into, Map<String, @Nullable Object> values) {
    values.forEach(
        (name, value) -> {
          int index = layer.schema().indexOf(name);
          if (index < 0) {
            throw new UnsuitableFiles(
                new LocalText(
                    "la capa no tiene el campo '" + name + "'",
                    "a camada não tem o campo '" + name + "'",
                    "the layer has no field '" + name + "'"));
          }
          into[index] = typed(layer.schema().fields().get(index), value);
        });
  }

  private static @Nullable Object typed(Field field, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    Object typed = null;
    try {
      typed =
          switch (field.type()) {
            case TEXT -> value instanceof String ? value : null;
            case INTEGER -> value instanceof Long ? value : null;
            case DECIMAL ->
                value instanceof Number number && Double.isFinite(number.doubleValue())
                    ? (Object) number.doubleValue()
                    : null;
            case BOOLEAN -> value instanceof Boolean ? value : null;
            case DATE -> LocalDate.parse(value.toString());
            case INSTANT -> Instant.parse(value.toString());
          };
    } catch (DateTimeParseException e) {
      // said below
    }
    if (typed == null) {
      throw new UnsuitableFiles(
          new LocalText(
              "'" + value + "' no es un valor de '" + field.name() + "'",
              "'" + value + "' não é um valor de '" + field.name() + "'",
              "'" + value + "' is no value of '" + field.name() + "'"));
    }
    return typed;
  }

  /** How many features it has. */
  long count() {
    return count;
  }

  /** The places that it adds, longitude and latitude. */
  List<Geometry> places() {
    List<Geometry> places = new ArrayList<>();
    for (LayerChanges.Change change : changes.changes()) {
      Geometry place =
          switch (change) {
            case LayerChanges.Create create -> create.place();
            case LayerChanges.Update update -> update.place();
            case LayerChanges.Delete _ -> null;
          };
      if (place != null) {
        places.add(place);
      }
    }
    return places;
  }

  /** Throws away what was loaded and not kept. */
  @Override
  public void close() {
    if (staged != null) {
      staged.close();
    }
  }
}
