package org.tequio.storage.geopackage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tequio.feature.FeatureId;
import org.tequio.storage.CitySettings;
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

  @Test
  void noByteOfWhatIsErasedStaysInTheFolder() throws IOException {
    String secret = "Closedname";
    publish(WELLS, well(1, secret, 120L, 10, 10), well(2, "Tulyehualco", 300L, 20, 20));
    publish(WELLS, well(1, secret + " again", 120L, 10, 10));
    assertThat(filesWith(secret)).isNotEmpty();

    city.revise(ALICIA, t -> t.erase(WELLS, List.of(new FeatureId(1)), List.of("name")));
    city.scrub();

    assertThat(filesWith(secret)).isEmpty();
  }

  private List<Path> filesWith(String text) throws IOException {
    try (var files = Files.walk(folder.resolve("city"))) {
      return files
          .filter(Files::isRegularFile)
          .filter(
              file -> {
                try {
                  return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                      .contains(text);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .toList();
    }
  }
}
