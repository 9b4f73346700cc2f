package org.tequio.storage.postgis;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.tequio.feature.Crs;
import org.tequio.feature.Feature;
import org.tequio.feature.FeatureId;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;
import org.tequio.feature.GeometryType;
import org.tequio.feature.LayerId;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.Wkb;
import org.tequio.storage.CityStore;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.Revision;
import org.tequio.storage.StagedLayer;

/** A layer of trees on a grid of ten metres; every fiftieth is without a place. */
final class Trees {
  static final LayerId TREES = new LayerId("trees");
  static final Crs UTM14 = new Crs(32614);
  static final LayerSchema SCHEMA =
      new LayerSchema(
          GeometryType.POINT,
          false,
          false,
          List.of(
              Field.of("species", FieldType.TEXT),
              Field.of("height", FieldType.DECIMAL),
              Field.of("xmin", FieldType.INTEGER)),
          null);
  static final Revision.Note ALICIA = new Revision.Note("alicia", "test", "trees");
  private static final GeometryFactory GEOMETRIES = new GeometryFactory();

  private Trees() {}

  static StagedLayer stage(CityStore city, int trees) {
    StagedLayer staged = city.stage(TREES, SCHEMA, UTM14);
    double[] envelope = new double[4];
    for (int i = 0; i < trees; i++) {
      byte[] wkb = i % 50 == 49 ? null : Wkb.of(place(i));
      Arrays.fill(envelope, Double.NaN);
      if (wkb != null) {
        Wkb.envelope(wkb, 0, envelope);
      }
      staged.add(i + 1L, wkb, envelope, new @Nullable Object[] {"tree " + i, i / 8.0, null});
    }
    staged.finish();
    return staged;
  }

  static Geometry place(int i) {
    return GEOMETRIES.createPoint(
        new Coordinate(500_000 + i % 100 * 10.1, 2_100_000 + i / 100 * 10.1));
  }

  static Revision publish(CityStore city, int trees) {
    try (StagedLayer staged = stage(city, trees)) {
      return city.revise(ALICIA, t -> t.publish(staged));
    }
  }

  @SuppressWarnings(
      "NullAway") // The annotation of the record's component is not in its class file.
  static Feature tree(long id, String species) {
    Map<String, @Nullable Object> properties = new LinkedHashMap<>();
    properties.put("species", species);
    properties.put("height", 1.0);
    return new Feature(new FeatureId(id), place((int) id - 1), properties);
  }

  static Map<Long, String> species(CityStore city, FeatureQuery query) {
    Map<Long, String> species = new TreeMap<>();
    city.features()
        .scan(
            TREES,
            query,
            row -> {
              species.put(row.id(), String.valueOf(row.value(0)));
              return true;
            });
    return species;
  }
}
