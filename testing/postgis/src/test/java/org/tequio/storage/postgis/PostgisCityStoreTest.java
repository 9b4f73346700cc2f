package org.tequio.storage.postgis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.tequio.storage.CityStore;
import org.tequio.storage.CityStoreContract;

/** The production store keeps the contract of all stores. */
class PostgisCityStoreTest extends CityStoreContract {
  private @Nullable PostgisLocation location;

  @BeforeAll
  static void startServer() {
    TrialServer.require();
  }

  @Override
  protected CityStore create(Path folder) throws IOException {
    PostgisLocation created = TrialServer.newCity();
    location = created;
    return TrialServer.create(created, folder);
  }

  @Override
  protected CityStore open(Path folder) throws IOException {
    return TrialServer.open(Objects.requireNonNull(location), folder);
  }
}
