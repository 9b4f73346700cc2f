package org.tequio.storage.geopackage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
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
import org.tequio.storage.CitySettings;
import org.tequio.storage.CityStore;
import org.tequio.storage.Edit;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.Migration;
import org.tequio.storage.Revision;
import org.tequio.storage.Sql;
import org.tequio.storage.StagedLayer;

/** A city with one layer of trees, for tests that look at its files. */
final class SmallCity {
  static final LayerId TREES = new LayerId("trees");
  static final Crs UTM14 = new Crs(32614);
  static final LayerSchema SCHEMA =
      new LayerSchema(
          GeometryType.POINT,
          false,
          false,
          List.of(Field.of("species", FieldType.TEXT), Field.of("height", FieldType.DECIMAL)),
          null);
  static final Revision.Note NOTE = new Revision.Note("alicia", "test", "trees");
  private static final GeometryFactory GEOMETRIES = new GeometryFactory();

  private SmallCity() {}

  static GeoPackageCityStore create(Path folder) throws IOException {
    return GeoPackageCityStore.create(folder, new CitySettings("Villa Tequio", UTM14));
  }

  /** Trees on a grid of ten metres, some of them without a place. */
  static StagedLayer stage(CityStore city, int trees) {
    StagedLayer staged = city.stage(TREES, SCHEMA, UTM14);
    double[] envelope = new double[4];
    for (int i = 0; i < trees; i++) {
      byte[] wkb = i % 50 == 49 ? null : Wkb.of(place(i));
      Arrays.fill(envelope, Double.NaN);
      if (wkb != null) {
        Wkb.envelope(wkb, 0, envelope);
      }
      staged.add(i + 1L, wkb, envelope, new @Nullable Object[] {"tree " + i, i / 8.0});
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
      return city.revise(NOTE, t -> t.publish(staged));
    }
  }

  @SuppressWarnings(
      "NullAway") // The annotation of the record's component is not in its class file.
  static Feature tree(long id, String species, double height) {
    Map<String, @Nullable Object> properties = new LinkedHashMap<>();
    properties.put("species", species);
    properties.put("height", height);
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

  /** Something of everything: layers with a past, modules' tables, blobs, audit lines. */
  static void fill(CityStore city) throws IOException {
    publish(city, 400);
    city.revise(
        NOTE,
        t ->
            t.edit(
                TREES,
                List.of(
                    new Edit.Replace(tree(7, "jacaranda", 12), 1),
                    new Edit.Delete(new FeatureId(9), 1))));
    publish(city, 300);
    city.database()
        .migrate("cases", List.of(new Migration(1, List.of("CREATE TABLE cases (n TEXT)"))));
    city.database().write(c -> Sql.update(c, "INSERT INTO cases VALUES (?)", "permit"));
    for (int i = 0; i < 3; i++) {
      byte[] photo = ("photo " + i + " ").repeat(300).getBytes(StandardCharsets.UTF_8);
      city.blobs().put(new ByteArrayInputStream(photo));
      city.audit().append("alicia", "upload", "photo " + i);
    }
  }

  /** A connection as a GIS tool has it: none of our functions or settings. */
  static Connection otherProgram(Path folder) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("city.gpkg"));
  }
}
