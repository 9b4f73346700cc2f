package org.tequio.storage.postgis;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.tequio.feature.Crs;
import org.tequio.storage.CitySettings;
import org.tequio.testing.PostgresCluster;

/** Cities in a private PostgreSQL. */
final class TrialServer {
  static final CitySettings SETTINGS = new CitySettings("Villa Tequio", new Crs(6369));
  private static final PostgisCityStore.Portable NO_BACKUP =
      (city, file, progress) -> {
        throw new IOException("these tests make no backups");
      };

  private TrialServer() {}

  /** Skips the tests where there is none. */
  static PostgresCluster require() {
    Optional<PostgresCluster> cluster = PostgresCluster.shared();
    assumeThat(cluster).as(PostgresCluster.absence()).isPresent();
    return cluster.orElseThrow();
  }

  static PostgisLocation newCity() {
    return PostgisLocation.parse(require().newCity(), "unnamed");
  }

  static PostgisCityStore create(PostgisLocation location, Path folder) throws IOException {
    return PostgisCityStore.create(location, folder, SETTINGS, NO_BACKUP, Clock.systemUTC());
  }

  static PostgisCityStore open(PostgisLocation location, Path folder) throws IOException {
    return PostgisCityStore.open(location, folder, NO_BACKUP, Clock.systemUTC());
  }
}
