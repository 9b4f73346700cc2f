package org.tequio.review;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.tequio.catalogue.CatalogueModule;
import org.tequio.catalogue.ImportRequest;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.LayerId;
import org.tequio.feature.Progress;
import org.tequio.http.Egress;
import org.tequio.http.EgressRules;
import org.tequio.identity.IdentityConfig;
import org.tequio.identity.IdentityModule;
import org.tequio.identity.Organisation;
import org.tequio.storage.CitySettings;
import org.tequio.storage.sql.SqlCityStore;
import org.tequio.testing.stores.TestStores;

/** A city whose cadastre hands in its parcels, and then a new version of them. */
final class TrialReview implements AutoCloseable {
  static final LayerId PARCELS = new LayerId("predios");

  final SqlCityStore store;
  final CatalogueModule catalogue;
  final IdentityModule identity;
  final ReviewModule module;
  final Path files;

  private TrialReview(Path folder, SqlCityStore store, boolean isNew) throws IOException {
    this.store = store;
    this.catalogue = new CatalogueModule(store, CrsRegistry.standard(), Clock.systemUTC());
    if (isNew) {
      catalogue.describe("San Tequio", Crs.parse("EPSG:32614"), null);
    }
    this.identity =
        new IdentityModule(
            store,
            folder.resolve("city"),
            IdentityConfig.DEFAULT,
            Clock.systemUTC(),
            () -> List.of(Organisation.department("Catastro"), Organisation.department("Obras")));
    this.module =
        new ReviewModule(
            store,
            catalogue,
            identity,
            new Egress(EgressRules.STANDARD),
            folder.resolve("city/review"),
            Clock.systemUTC());
    this.files = Files.createDirectories(folder.resolve("handed-in"));
  }

  static TrialReview create(Path folder) throws IOException {
    return new TrialReview(
        folder,
        TestStores.create(
            folder.resolve("city"), new CitySettings("San Tequio", Crs.parse("EPSG:32614"))),
        true);
  }

  static TrialReview open(Path folder) throws IOException {
    return new TrialReview(folder, TestStores.open(folder.resolve("city")), false);
  }

  Submissions submissions() {
    return module.submissions();
  }

  /** What the published parcels' content hashes to. */
  String hash() {
    return store.features().findLayer(PARCELS).orElseThrow().contentHash();
  }

  /** Publishes parcels as the cadastre's first version. */
  void publish(Map<String, String> parcels) throws IOException {
    catalogue
        .importer()
        .run(
            ImportRequest.of(List.of(file("predios.geojson", parcels)), "Catastro", "alicia"),
            Progress.NONE);
  }

  Path file(String name, Map<String, String> parcels) throws IOException {
    Path path = files.resolve(name);
    Files.writeString(
        path,
        "{\"type\":\"FeatureCollection\",\"features\":[\n"
            + String.join(",\n", parcels.values())
            + "]}",
        StandardCharsets.UTF_8);
    return path;
  }

  /** Hands parcels in as a new version, and has them checked. */
  Submission handIn(Map<String, String> parcels) throws IOException {
    Submission created =
        submissions()
            .create(
                new NewSubmission(
                    file("nuevos predios (2).geojson", parcels),
                    "nuevos predios (2).geojson",
                    PARCELS,
                    "Catastro",
                    "alicia",
                    "Alicia",
                    "la entrega de marzo"));
    return submissions().check(created.id(), Progress.NONE);
  }

  /** Parcels in a grid, each a GeoJSON feature, by the key that the test knows them by. */
  static Map<String, String> cadastre(int count, boolean withKey) {
    Map<String, String> parcels = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      String key = String.format(Locale.ROOT, "P%06d", i);
      parcels.put(key, parcel(i, 0, i % 5 + 1, withKey));
    }
    return parcels;
  }

  /** The parcel at a place of the grid, moved east by some metres. */
  static String parcel(int place, double moved, int floors, boolean withKey) {
    double degree = 1 / 111_195.0;
    double x = -99.1 + (place % 200) * 14 * degree + moved * degree;
    double y = 19.4 + (place / 200) * 26 * degree;
    double width = (9 + place % 4) * degree;
    String key = withKey ? String.format(Locale.ROOT, "\"clave\":\"P%06d\",", place) : "";
    List<String> ring = new ArrayList<>();
    for (double[] c :
        new double[][] {{0, 0}, {width, 0}, {width, 20 * degree}, {0, 20 * degree}, {0, 0}}) {
      ring.add(String.format(Locale.ROOT, "[%.9f,%.9f]", x + c[0], y + c[1]));
    }
    return "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[["
        + String.join(",", ring)
        + "]]},\"properties\":{"
        + key
        + "\"uso\":\""
        + List.of("H", "HC", "HM", "E").get(place * 7 % 4)
        + "\",\"niveles\":"
        + floors
        + String.format(
            Locale.ROOT,
            ",\"propietario_curp\":\"GOPA%02d0101HDFRRL0%d\"}}",
            place % 100,
            place / 100 % 10);
  }

  @Override
  public void close() {
    store.close();
  }
}
