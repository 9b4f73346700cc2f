package org.tequio.formats;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.tequio.formats.tiles.MbtilesWriter;
import org.tequio.formats.tiles.PmtilesWriter;

/** A format of files that hold many tiles of Web Mercator, to be used without a server. */
public enum TileArchiveFormat {
  /** PMTiles, version 3: read over HTTP by ranges of bytes, or from a disk. */
  PMTILES("PMTiles", "pmtiles", "application/vnd.pmtiles"),
  /** MBTiles 1.3: an SQLite database. */
  MBTILES("MBTiles", "mbtiles", "application/vnd.sqlite3");

  private final String title;
  private final String extension;
  private final String mediaType;

  TileArchiveFormat(String title, String extension, String mediaType) {
    this.title = title;
    this.extension = extension;
    this.mediaType = mediaType;
  }

  /** The format of a file's name, or of an extension. */
  public static Optional<TileArchiveFormat> find(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(one -> lower.equals(one.extension) || lower.endsWith('.' + one.extension))
        .findFirst();
  }

  /** The name that people know. */
  public String title() {
    return title;
  }

  /** The extension of its files, without the dot. */
  public String extension() {
    return extension;
  }

  /** The media type for HTTP. */
  public String mediaType() {
    return mediaType;
  }

  /**
   * Begins a file, which is not there before {@link TileArchiveWriter#finish} gave it its name.
   *
   * @param file replaced where it is there already
   */
  public TileArchiveWriter open(Path file, TileArchiveInfo info) throws IOException {
    return switch (this) {
      case PMTILES -> new PmtilesWriter(file, info);
      case MBTILES -> new MbtilesWriter(file, info);
    };
  }
}
