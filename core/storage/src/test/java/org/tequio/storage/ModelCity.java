package org.tequio.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Bbox;
import org.tequio.feature.Feature;
import org.tequio.feature.FeatureId;
import org.tequio.feature.Field;
import org.tequio.feature.LayerId;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.Wkb;

/** A city of one layer in memory that makes random changes and knows every state it had. */
final class ModelCity {
  private final LayerId layer;
  private final LayerSchema schema;

  /** What the layer held after each revision; null where there was no layer. */
  private final List<@Nullable TreeMap<Long, Feature>> states = new ArrayList<>();

  private long lastId;

  ModelCity(LayerId layer, LayerSchema schema) {
    this.layer = layer;
    this.schema = schema;
    states.add(null);
  }

  private @Nullable TreeMap<Long, Feature> state() {
    return states.getLast();
  }

  /** Makes one random revision in the city and here. */
  void step(
      CityStore city,
      RandomGenerator random,
      BiFunction<LayerId, List<Feature>, StagedLayer> stage) {
    TreeMap<Long, Feature> now = state();
    int kind = random.nextInt(12);
    if (now == null || kind == 0) {
      publish(city, random, stage);
    } else if (kind == 1) {
      city.revise(note("withdraw"), t -> t.withdraw(layer));
      states.add(null);
    } else if (kind < 5 && states.size() > 2) {
      undoLast(city);
    } else {
      edit(city, random, now);
    }
  }

  private void publish(
      CityStore city,
      RandomGenerator random,
      BiFunction<LayerId, List<Feature>, StagedLayer> stage) {
    TreeMap<Long, Feature> next = new TreeMap<>();
    int n = random.nextInt(200);
    for (long id = 1; id <= n; id++) {
      if (random.nextInt(4) > 0) {
        next.put(id, feature(id, random));
      }
    }
    try (StagedLayer staged = stage.apply(layer, List.copyOf(next.values()))) {
      city.revise(note("publish"), t -> t.publish(staged));
    }
    lastId = Math.max(lastId, next.isEmpty() ? 0 : next.lastKey());
    states.add(next);
  }

  // The last revision can always be undone: nothing came after it.
  private void undoLast(CityStore city) {
    city.undo(states.size() - 1L, note("undo"));
    TreeMap<Long, Feature> before = states.get(states.size() - 2);
    states.add(before == null ? null : new TreeMap<>(before));
  }

  private void edit(CityStore city, RandomGenerator random, TreeMap<Long, Feature> now) {
    TreeMap<Long, Feature> next = new TreeMap<>(now);
    List<Edit> edits = new ArrayList<>();
    long basedOn = states.size() - 1L;
    for (int i = random.nextInt(6); i >= 0; i--) {
      Long id = next.isEmpty() ? null : next.ceilingKey(1 + random.nextLong(next.lastKey()));
      int kind = random.nextInt(3);
      if (kind == 0 || id == null) {
        lastId++;
        Feature created = feature(lastId, random);
        edits.add(new Edit.Create(created));
        next.put(lastId, created);
      } else if (kind == 1) {
        Feature after = feature(id, random);
        edits.add(new Edit.Replace(after, basedOn));
        next.put(id, after);
      } else {
        edits.add(new Edit.Delete(new FeatureId(id), basedOn));
        next.remove(id);
      }
    }
    city.revise(note("edit"), t -> t.edit(layer, edits));
    states.add(next);
  }

  private static Revision.Note note(String message) {
    return new Revision.Note("model", "test", message);
  }

  private Feature feature(long id, RandomGenerator random) {
    Map<String, @Nullable Object> properties = new LinkedHashMap<>();
    for (Field field : schema.fields()) {
      properties.put(field.name(), random.nextInt(4) == 0 ? null : value(field, random));
    }
    boolean placed = random.nextInt(10) > 0;
    return CityStoreContract.feature(
        id,
        placed
            ? CityStoreContract.point(
                500_000 + random.nextInt(1000) / 3.0, 2_100_000 + random.nextInt(1000) / 7.0)
            : null,
        properties);
  }

  private static Object value(Field field, RandomGenerator random) {
    return switch (field.type()) {
      case TEXT -> "ñ\"'" + random.nextInt(100);
      case INTEGER -> random.nextLong();
      case DECIMAL -> random.nextGaussian() * 1e6;
      case BOOLEAN -> random.nextBoolean();
      case DATE -> LocalDate.ofEpochDay(random.nextInt(30_000));
      case INSTANT -> Instant.ofEpochMilli(random.nextLong(2_000_000_000_000L));
    };
  }

  /** Compares every state that was with what the city says it was. */
  void check(CityStore city) {
    assertThat(city.features().headRevision()).isEqualTo(states.size() - 1L);
    for (int revision = 1; revision < states.size(); revision++) {
      AsOf asOf = new AsOf.AtRevision(revision);
      TreeMap<Long, Feature> wanted = states.get(revision);
      assertThat(city.features().findLayer(layer, asOf).isPresent())
          .as("layer at revision %s", revision)
          .isEqualTo(wanted != null);
      if (wanted != null) {
        checkState(city, asOf, wanted);
      }
    }
  }

  private void checkState(CityStore city, AsOf asOf, TreeMap<Long, Feature> wanted) {
    Bbox box = new Bbox(500_100, 2_100_000, 500_200, 2_100_100);
    TreeMap<Long, Feature> inBox = new TreeMap<>(wanted);
    inBox
        .values()
        .removeIf(
            feature ->
                feature.geometry() == null
                    || !box.contains(
                        feature.geometry().getCoordinate().x,
                        feature.geometry().getCoordinate().y));

    assertThat(ids(city, FeatureQuery.ALL.at(asOf))).containsExactlyElementsOf(wanted.keySet());
    assertThat(ids(city, FeatureQuery.touching(box).at(asOf)))
        .containsExactlyElementsOf(inBox.keySet());
    ContentHash hash = new ContentHash();
    for (Feature feature : wanted.values()) {
      if (feature.id().value() % 16 == 0) {
        assertThat(city.features().findFeature(layer, feature.id(), asOf)).contains(feature);
      }
      byte[] wkb = feature.geometry() == null ? null : Wkb.of(feature.geometry());
      hash.add(
          feature.id().value(),
          wkb,
          0,
          wkb == null ? 0 : wkb.length,
          feature.properties().values().toArray());
    }
    assertThat(hashOfRows(city, asOf)).isEqualTo(hash.toString());
    StoredLayer stored = city.features().findLayer(layer, asOf).orElseThrow();
    assertThat(stored.count()).isEqualTo(wanted.size());
    assertThat(stored.contentHash()).isEqualTo(hash.toString());
    assertThat(stored.extent()).isEqualTo(extent(wanted));
  }

  private String hashOfRows(CityStore city, AsOf asOf) {
    ContentHash hash = new ContentHash();
    @Nullable Object[] values = new @Nullable Object[schema.fields().size()];
    city.features()
        .scan(
            layer,
            FeatureQuery.ALL.at(asOf),
            row -> {
              Arrays.setAll(values, row::value);
              hash.add(row.id(), row.wkb(), row.wkbOffset(), row.wkbLength(), values);
              return true;
            });
    return hash.toString();
  }

  private static @Nullable Bbox extent(Map<Long, Feature> features) {
    Bbox extent = null;
    for (Feature feature : features.values()) {
      if (feature.geometry() != null) {
        var at = feature.geometry().getCoordinate();
        Bbox box = new Bbox(at.x, at.y, at.x, at.y);
        extent = extent == null ? box : extent.union(box);
      }
    }
    return extent;
  }

  private List<Long> ids(CityStore city, FeatureQuery query) {
    List<Long> ids = new ArrayList<>();
    city.features().scan(layer, query, row -> ids.add(row.id()));
    return ids;
  }
}
