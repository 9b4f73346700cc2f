package org.tequio.reconcile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tequio.catalogue.CatalogueModule;
import org.tequio.catalogue.ImportReport;
import org.tequio.catalogue.ImportRequest;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.LayerId;
import org.tequio.feature.Progress;
import org.tequio.http.Permissions;
import org.tequio.storage.CitySettings;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.StoredLayer;
import org.tequio.storage.sql.SqlCityStore;
import org.tequio.testing.stores.TestStores;

/** A city with a catalogue and reconciliations, in a folder of its own. */
final class ReconcileCity implements AutoCloseable {
  private final Path files;
  final SqlCityStore store;
  final CatalogueModule catalogue;
  final ReconcileModule module;

  ReconcileCity(Path folder) throws IOException {
    Crs crs = Crs.parse("EPSG:6369");
    CrsRegistry registry = CrsRegistry.standard();
    files = Files.createDirectories(folder.resolve("handed-in"));
    store = TestStores.create(folder.resolve("city"), new CitySettings("San Tequio", crs));
    catalogue = new CatalogueModule(store, registry, Clock.systemUTC());
    catalogue.describe("San Tequio", crs, null);
    module =
        new ReconcileModule(
            store,
            catalogue,
            registry,
            Permissions.publicReading(),
            (accounts, notice) -> {},
            Clock.systemUTC());
  }

  ImportReport bring(Path... paths) throws IOException {
    return catalogue
        .importer()
        .run(ImportRequest.of(List.of(paths), null, "alicia"), Progress.NONE);
  }

  /** Hands a file in as a department would. */
  ReconcileCity file(String name, String content) throws IOException {
    Path path = files.resolve(name);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content, StandardCharsets.UTF_8);
    bring(files);
    return this;
  }

  /** Hands in squares of a given side in metres, each given as "key|name|column|row". */
  ReconcileCity squares(String name, String keyField, String nameField, String... squares)
      throws IOException {
    StringBuilder json = new StringBuilder("{\"type\":\"FeatureCollection\",\"features\":[");
    for (int i = 0; i < squares.length; i++) {
      String[] parts = squares[i].split("\\|", -1);
      double x = -99.1 + Double.parseDouble(parts[2]) * 0.001;
      double y = 19.4 + Double.parseDouble(parts[3]) * 0.001;
      json.append(i == 0 ? "" : ",")
          .append("\n{\"type\":\"Feature\",\"properties\":{\"")
          .append(keyField)
          .append("\":\"")
          .append(parts[0])
          .append("\",\"")
          .append(nameField)
          .append("\":\"")
          .append(parts[1])
          .append("\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[")
          .append(ring(x, y, 0.0009))
          .append("]]}}");
    }
    return file(name, json.append("]}").toString());
  }

  private static String ring(double x, double y, double side) {
    double[][] corners = {{0, 0}, {side, 0}, {side, side}, {0, side}, {0, 0}};
    return String.join(
        ",", Arrays.stream(corners).map(c -> "[" + (x + c[0]) + "," + (y + c[1]) + "]").toList());
  }

  Reconciliations reconciliations() {
    return module.reconciliations();
  }

  /** Sets up a crosswalk of layers and compares them. */
  Reconciliation compared(String title, String... layers) {
    Reconciliation made =
        reconciliations().create(title, ReconciliationKind.CROSSWALK, members(layers), "alicia");
    return reconciliations().run(made.id(), Progress.NONE);
  }

  static List<Reconciliation.Member> members(String... layers) {
    return Arrays.stream(layers)
        .map(id -> new Reconciliation.Member(new LayerId(id), null, null))
        .toList();
  }

  StoredLayer layer(String id) {
    return store.features().findLayer(new LayerId(id)).orElseThrow();
  }

  /** The values of one field by feature id, "null" where there is none. */
  Map<Long, String> values(LayerId layer, String field) {
    int index = store.features().findLayer(layer).orElseThrow().schema().indexOf(field);
    Map<Long, String> values = new TreeMap<>();
    scan(layer, row -> values.put(row.id(), String.valueOf(row.value(index))));
    return values;
  }

  void scan(LayerId layer, java.util.function.Consumer<FeatureRow> visitor) {
    store
        .features()
        .scan(
            layer,
            FeatureQuery.ALL,
            row -> {
              visitor.accept(row);
              return true;
            });
  }

  @Override
  public void close() {
    store.close();
  }
}
