package org.tequio.storage.postgis;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.tequio.storage.CityStore;
import org.tequio.storage.CityStoreContract;

/** The production store keeps the contract of all stores. */
class PostgisCityStoreTest extends CityStoreContract {
  private PostgisLocation location;

  @BeforeAll
  static void startServer() {
    TrialServer.require();
  }

  @Override
  protected CityStore create(Path folder) throws IOException {
    location = TrialServer.newCity();
    return TrialServer.create(location, folder);
  }

  @Override
  protected CityStore open(Path folder) throws IOException {
    return TrialServer.open(location, folder);
  }
}
