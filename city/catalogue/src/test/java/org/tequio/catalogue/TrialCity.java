package org.tequio.catalogue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.Finding;
import org.tequio.feature.FindingCode;
import org.tequio.feature.LayerId;
import org.tequio.feature.Progress;
import org.tequio.storage.CitySettings;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.sql.SqlCityStore;
import org.tequio.testing.stores.TestStores;

/** A city in a folder of its own, and the files that its departments hand in. */
final class TrialCity implements AutoCloseable {
  final SqlCityStore store;
  final CatalogueModule module;
  final Path files;

  TrialCity(Path folder, String crs) throws IOException {
    files = Files.createDirectories(folder.resolve("handed-in"));
    store =
        TestStores.create(folder.resolve("city"), new CitySettings("San Tequio", Crs.parse(crs)));
    module = new CatalogueModule(store, CrsRegistry.standard(), Clock.systemUTC());
    module.describe("San Tequio", Crs.parse(crs), null);
  }

  /** A city around longitude -99.1, latitude 19.4. */
  static TrialCity inMexico(Path folder) throws IOException {
    return new TrialCity(folder, "EPSG:6369");
  }

  TrialCity file(String name, String content) throws IOException {
    Path path = files.resolve(name);
    Files.createDirectories(path.getParent());
    Files.write(path, content.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** A file of GeoJSON features, each given as its geometry and its properties. */
  TrialCity features(String name, String... features) throws IOException {
    return file(
        name,
        "{\"type\":\"FeatureCollection\",\"features\":[\n" + String.join(",\n", features) + "]}");
  }

  static String feature(String geometry, String properties) {
    return "{\"type\":\"Feature\",\"geometry\":"
        + geometry
        + ",\"properties\":{"
        + properties
        + "}}";
  }

  static String point(double x, double y, String properties) {
    return feature("{\"type\":\"Point\",\"coordinates\":[" + x + "," + y + "]}", properties);
  }

  static String polygon(String ring, String properties) {
    return feature("{\"type\":\"Polygon\",\"coordinates\":[[" + ring + "]]}", properties);
  }

  /** Two hundred trees in a square of ten kilometres: they say where the city is. */
  TrialCity trees() throws IOException {
    List<String> trees = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      trees.add(
          point(
              -99.15 + 0.1 * (i % 20) / 19,
              19.35 + 0.1 * (i / 20) / 9,
              "\"id_arbol\":\"A" + (1000 + i) + "\",\"altura\":" + (3 + i % 9)));
    }
    return features("parques/arboles.geojson", trees.toArray(String[]::new));
  }

  ImportReport run() throws IOException {
    return run(Set.of());
  }

  ImportReport run(Set<FindingCode> repairs) throws IOException {
    return module
        .importer()
        .run(new ImportRequest(List.of(files), null, "alicia", repairs), Progress.NONE);
  }

  LayerRecord layer(String id) {
    return module.catalogue().findLayer(new LayerId(id)).orElseThrow();
  }

  Bbox extent(String id) {
    return Objects.requireNonNull(layer(id).extent());
  }

  /** The values of one field by feature id. */
  Map<Long, Object> values(String layer, String field) {
    Map<Long, Object> values = new TreeMap<>();
    LayerId id = new LayerId(layer);
    int index = layer(layer).schema().indexOf(field);
    store
        .features()
        .scan(
            id,
            FeatureQuery.ALL,
            row -> {
              Object value = row.value(index);
              values.put(row.id(), value == null ? "(null)" : value);
              return true;
            });
    return values;
  }

  /** The first finding of a kind; its absence fails the test. */
  static Finding finding(ImportReport report, FindingCode code) {
    return report.findings().stream()
        .map(LayerFinding::finding)
        .filter(finding -> finding.code() == code)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + code + " among " + codes(report)));
  }

  static List<FindingCode> codes(ImportReport report) {
    return report.findings().stream()
        .map(finding -> finding.finding().code())
        .distinct()
        .sorted()
        .toList();
  }

  @Override
  public void close() {
    store.close();
  }
}
