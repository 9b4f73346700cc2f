package org.tequio.storage.geopackage;

import java.io.IOException;
import java.nio.file.Path;
import org.tequio.storage.CityStore;
import org.tequio.storage.CityStoreContract;

/** The embedded store keeps the contract of all stores. */
class GeoPackageCityStoreTest extends CityStoreContract {
  @Override
  protected CityStore create(Path folder) throws IOException {
    return GeoPackageCityStore.create(folder, new CitySettings("Villa Tequio", UTM14));
  }

  @Override
  protected CityStore open(Path folder) throws IOException {
    return GeoPackageCityStore.open(folder);
  }
}
