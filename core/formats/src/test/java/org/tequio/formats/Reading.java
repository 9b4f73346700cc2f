package org.tequio.formats;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Finding;
import org.tequio.feature.FindingCode;
import org.tequio.feature.Findings;

/** Everything that the readers make of a folder: what an import would see. */
public final class Reading {
  private final Findings findings = new Findings();
  private final Map<String, Layer> layers = new LinkedHashMap<>();
  private final Map<String, FormatException> refused = new LinkedHashMap<>();

  private Reading() {}

  /** One layer with what it gave. */
  public record Layer(
      List<SourceField> fields,
      SourceCrs crs,
      List<SourceFeature> features,
      List<String> setAside,
      Optional<FormatException> fault) {}

  /** Reads a folder or a file under the standard limits. */
  public static Reading of(Path path) throws IOException {
    return of(path, Limits.STANDARD);
  }

  /** Reads a folder or a file. */
  public static Reading of(Path path, Limits limits) throws IOException {
    Reading reading = new Reading();
    Path scratch = Files.createTempDirectory("reading");
    ReadContext context =
        new ReadContext(reading.findings, limits, org.tequio.feature.Progress.NONE);
    try (SourceScan scan = SourceScan.of(List.of(path), scratch, limits, reading.findings)) {
      for (Dataset dataset : scan.datasets()) {
        reading.read(dataset, context);
      }
    }
    Files.delete(scratch);
    return reading;
  }

  private void read(Dataset dataset, ReadContext context) throws IOException {
    try (SourceDataset opened = dataset.format().open(dataset, context)) {
      for (SourceLayer layer : opened.layers()) {
        layers.put(layer.name(), read(layer));
      }
    } catch (FormatException e) {
      refused.put(dataset.primary().displayName(), e);
    }
  }

  private static Layer read(SourceLayer layer) throws IOException {
    List<SourceFeature> features = new ArrayList<>();
    List<String> setAside = new ArrayList<>();
    FormatException fault = null;
    try {
      layer.read(
          new SourceLayer.FeatureSink() {
            @Override
            public void accept(SourceFeature feature) {
              features.add(feature);
            }

            @Override
            public void setAside(long row, String reason, String raw) {
              setAside.add(row + ": " + reason);
            }
          });
    } catch (FormatException e) {
      fault = e;
    }
    return new Layer(layer.fields(), layer.crs(), features, setAside, Optional.ofNullable(fault));
  }

  /** The names of the layers, in order. */
  public List<String> names() {
    return List.copyOf(layers.keySet());
  }

  /** The layer of this name. */
  public Layer layer(String name) {
    Layer layer = layers.get(name);
    if (layer == null) {
      throw new AssertionError("no layer " + name + " but " + layers.keySet() + " " + refused);
    }
    return layer;
  }

  /** The only layer. */
  public Layer layer() {
    if (layers.size() != 1) {
      throw new AssertionError("wanted one layer, got " + layers.keySet() + " " + refused);
    }
    return layers.values().iterator().next();
  }

  /** The datasets that could not be opened, by display name. */
  public Map<String, FormatException> refused() {
    return refused;
  }

  /** The findings of one kind. */
  public List<Finding> findings(FindingCode code) {
    return findings.list().stream().filter(finding -> finding.code() == code).toList();
  }

  /** The value of a field of one feature. */
  public static @Nullable Object value(Layer layer, int feature, String field) {
    for (int i = 0; i < layer.fields().size(); i++) {
      if (layer.fields().get(i).name().equals(field)) {
        return layer.features().get(feature).values()[i];
      }
    }
    throw new AssertionError("no field " + field + " in " + layer.fields());
  }
}
