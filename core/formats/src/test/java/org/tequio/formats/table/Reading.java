package org.tequio.formats.table;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.tequio.feature.Finding;
import org.tequio.feature.FindingCode;
import org.tequio.feature.Findings;
import org.tequio.feature.Wkb;
import org.tequio.formats.Format;
import org.tequio.formats.FormatException;
import org.tequio.formats.ReadContext;
import org.tequio.formats.SourceDataset;
import org.tequio.formats.SourceFeature;
import org.tequio.formats.SourceFile;
import org.tequio.formats.SourceLayer;

/** Reads files in tests and keeps everything that came out. */
public final class Reading implements SourceLayer.FeatureSink {
  private final List<SourceFeature> features = new ArrayList<>();
  private final List<String> setAside = new ArrayList<>();
  private final Findings findings = new Findings();
  private List<SourceLayer> layers = List.of();

  /** Opens the files of one folder with a format and reads all layers. */
  public static Reading of(Format format, Path... paths) throws IOException, FormatException {
    Reading reading = new Reading();
    List<SourceFile> files = new ArrayList<>();
    for (Path path : paths) {
      files.add(new SourceFile(path, path.getFileName().toString()));
    }
    for (var dataset : format.claim(files)) {
      try (SourceDataset open = format.open(dataset, ReadContext.collecting(reading.findings))) {
        reading.layers = open.layers();
        for (SourceLayer layer : open.layers()) {
          layer.read(reading);
        }
      }
    }
    return reading;
  }

  /** Writes a text to a file and reads it. */
  public static Reading of(Format format, Path folder, String name, String text)
      throws IOException, FormatException {
    return of(format, Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8));
  }

  @Override
  public void accept(SourceFeature feature) {
    features.add(feature);
  }

  @Override
  public void setAside(long row, String reason, String raw) {
    setAside.add(reason + " <" + raw + ">");
  }

  /** All features of all layers. */
  public List<SourceFeature> features() {
    return features;
  }

  /** What was set aside, with reasons. */
  public List<String> asides() {
    return setAside;
  }

  /** The layers; closed by now. */
  public List<SourceLayer> layers() {
    return layers;
  }

  /** The only layer. */
  public SourceLayer layer() {
    return layers.getFirst();
  }

  /** Names of the fields of the only layer. */
  public List<String> fieldNames() {
    return layer().fields().stream().map(field -> field.name()).toList();
  }

  /** Values of a feature. */
  public List<@Nullable Object> values(int feature) {
    List<@Nullable Object> values = new ArrayList<>();
    for (Object value : features.get(feature).values()) {
      values.add(value);
    }
    return values;
  }

  /** Geometry of a feature as WKT. */
  public @Nullable String wkt(int feature) {
    Geometry geometry = Wkb.toGeometryOrNull(features.get(feature).wkb());
    return geometry == null ? null : geometry.toText();
  }

  /** The codes of the findings. */
  public List<FindingCode> codes() {
    return findings.list().stream().map(Finding::code).toList();
  }

  /** The findings. */
  public List<Finding> findings() {
    return findings.list();
  }
}
