package org.tequio.testing.stores;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.tequio.storage.CitySettings;
import org.tequio.storage.geopackage.GeoPackageCityStore;
import org.tequio.storage.postgis.PostgisCityStore;
import org.tequio.storage.postgis.PostgisLocation;
import org.tequio.storage.sql.SqlCityStore;
import org.tequio.testing.PostgresCluster;

/**
 * Makes the cities of the tests. With {@code -Dtequio.test.store=postgis}, or {@code
 * TEQUIO_TEST_STORE=postgis} in the environment, they lie in a private PostgreSQL; the tests skip,
 * with a message, where there is none.
 */
public final class TestStores {
  private static final Map<Path, String> ADDRESSES = new ConcurrentHashMap<>();

  private TestStores() {}

  private static boolean onPostgis() {
    String asked =
        System.getProperty(
            "tequio.test.store", System.getenv().getOrDefault("TEQUIO_TEST_STORE", ""));
    return asked.equals("postgis");
  }

  /** An empty city with this folder. */
  public static SqlCityStore create(Path folder, CitySettings settings) throws IOException {
    if (!onPostgis()) {
      return GeoPackageCityStore.create(folder, settings);
    }
    Optional<PostgresCluster> cluster = PostgresCluster.shared();
    assumeThat(cluster).as(PostgresCluster.absence()).isPresent();
    String address = cluster.orElseThrow().newCity();
    ADDRESSES.put(folder.toAbsolutePath(), address);
    return PostgisCityStore.create(
        location(address), folder, settings, GeoPackageCityStore::backUp, Clock.systemUTC());
  }

  private static PostgisLocation location(String address) {
    return PostgisLocation.parse(address, "unnamed");
  }

  /** A city that was made here and closed. */
  public static SqlCityStore open(Path folder) throws IOException {
    return open(folder, address(folder));
  }

  /** What another process has to be told of a city that was made here; empty for most. */
  public static String address(Path folder) {
    return ADDRESSES.getOrDefault(folder.toAbsolutePath(), "");
  }

  /** A city that another process made. */
  public static SqlCityStore open(Path folder, String address) throws IOException {
    return address.isEmpty()
        ? GeoPackageCityStore.open(folder)
        : PostgisCityStore.open(
            location(address), folder, GeoPackageCityStore::backUp, Clock.systemUTC());
  }
}
