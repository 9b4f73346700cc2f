package org.tequio.formats;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.tequio.feature.Crs;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.LocalText;

/**
 * One file format that Tequio writes. A new one is one class and one line in {@link
 * Formats#writers()}. Stateless and thread-safe.
 */
public interface WriterFormat {
  /** The name that people know. */
  String name();

  /** The extension of the file that is written, without the dot: {@code gpkg}, {@code shp.zip}. */
  String extension();

  /** The media type for HTTP. */
  String mediaType();

  /**
   * The system in which this format must be written whatever is asked, or the asked one: KML and
   * RFC 7946 GeoJSON know only longitude-latitude.
   */
  Crs crsFor(Crs asked);

  /** Why layers of this schema cannot be written in this format; nothing where they can. */
  default Optional<LocalText> refusal(LayerSchema schema) {
    return Optional.empty();
  }

  /**
   * Begins a file. The file is complete only after {@link FeatureWriter#close()}; what else was
   * needed on the way lay beside it and is gone then.
   *
   * @param crs as {@link #crsFor} gave it; rows passed on are in this system
   * @param imprint what the file says of itself
   */
  FeatureWriter open(Path file, String layerName, LayerSchema schema, Crs crs, Imprint imprint)
      throws IOException;

  /** Begins a file that says nothing of itself. */
  default FeatureWriter open(Path file, String layerName, LayerSchema schema, Crs crs)
      throws IOException {
    return open(file, layerName, schema, crs, Imprint.NONE);
  }
}
