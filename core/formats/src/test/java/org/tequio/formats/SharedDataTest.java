package org.tequio.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.FindingCode;
import org.tequio.feature.Findings;
import org.tequio.testing.SharedData;

/** Counts features of real files against GDAL's, where both are on this machine. */
class SharedDataTest {
  private static final Pattern LAYER =
      Pattern.compile("Layer name: (.*)\\n(?:(?!Layer name: ).*\\n)*?Feature Count: (\\d+)");

  @TempDir Path scratch;

  @Test
  void everyLayerHasAsManyFeaturesAsGdalCounts() throws IOException {
    Optional<Path> data = SharedData.find("data/ciudad-de-mexico");
    assumeTrue(data.isPresent(), "the shared data is not on this machine");
    assumeTrue(hasGdal(), "ogrinfo is not on this machine");
    Path root = data.orElseThrow();
    List<String> different = new ArrayList<>();
    int compared = 0;
    try (SourceScan scan = SourceScan.of(List.of(root), scratch, Limits.STANDARD, new Findings())) {
      for (Dataset dataset : scan.datasets()) {
        if (isComparable(dataset)) {
          List<Long> ours = count(dataset);
          List<Long> theirs = gdalCount(dataset.primary().path());
          compared += theirs.size();
          // A broken file has no layers in GDAL.
          if (!theirs.isEmpty() && !theirs.equals(ours)) {
            different.add(dataset.primary().displayName() + " " + ours + " " + theirs);
          }
        }
      }
    }
    assertThat(different).isEmpty();
    assertThat(compared).isGreaterThan(50);
  }

  private static boolean isComparable(Dataset dataset) {
    return switch (dataset.primary().extension()) {
      case "shp", "gpkg", "dbf", "geojson" -> true;
      default -> false;
    };
  }

  private static List<Long> count(Dataset dataset) throws IOException {
    List<Long> counts = new ArrayList<>();
    ReadContext context = ReadContext.collecting(new Findings());
    try (SourceDataset opened = dataset.format().open(dataset, context)) {
      for (SourceLayer layer : opened.layers()) {
        long[] count = new long[1];
        count(layer, count);
        counts.add(count[0]);
      }
    } catch (FormatException e) {
      throw new IOException(dataset.primary().displayName(), e);
    }
    return counts;
  }

  private static void count(SourceLayer layer, long[] count) throws IOException {
    try {
      layer.read(
          new SourceLayer.FeatureSink() {
            @Override
            public void accept(SourceFeature feature) {
              count[0]++;
            }

            @Override
            public void setAside(long row, String reason, String raw) {}
          });
    } catch (FormatException e) {
      // Estaciones_Meteorologicas_ZMVM.geojson ends after 173 bytes.
      assertThat(e.code()).isEqualTo(FindingCode.FILE_TRUNCATED);
    }
  }

  private static List<Long> gdalCount(Path file) throws IOException {
    List<Long> counts = new ArrayList<>();
    Matcher layers = LAYER.matcher(run("ogrinfo", "-al", "-so", "-ro", file.toString()));
    while (layers.find()) {
      counts.add(Long.valueOf(layers.group(2)));
    }
    return counts;
  }

  private static boolean hasGdal() {
    try {
      return run("ogrinfo", "--version").contains("GDAL");
    } catch (IOException e) {
      return false;
    }
  }

  private static String run(String... command) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void theWebMapsScriptsOfLeonAreLayers() throws IOException {
    Optional<Path> data = SharedData.find("data/leon");
    assumeTrue(data.isPresent(), "the shared data is not on this machine");

    Reading reading = Reading.of(data.orElseThrow());

    assertThat(reading.names()).contains("banquetas", "velocidad_maxima", "Poligono_Andrade");
    assertThat(reading.refused()).isEmpty();
  }
}
