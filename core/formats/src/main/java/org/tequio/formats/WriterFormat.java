package org.tequio.formats;

import java.io.IOException;
import java.nio.file.Path;
import org.tequio.feature.Crs;
import org.tequio.feature.LayerSchema;

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

  /**
   * Begins a file. The file is complete only after {@link FeatureWriter#close()}.
   *
   * @param crs as {@link #crsFor} gave it; rows passed on are in this system
   */
  FeatureWriter open(Path file, String layerName, LayerSchema schema, Crs crs) throws IOException;
}
