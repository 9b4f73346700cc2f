package org.tequio.formats;

import java.util.List;

/**
 * Files that belong together: a shapefile's parts, a GTFS feed's tables, or a single file.
 *
 * @param format who claimed them
 * @param primary the file that people would name
 * @param files all of them, the primary first
 */
public record Dataset(Format format, SourceFile primary, List<SourceFile> files) {
  /** Copies the files. */
  public Dataset {
    files = List.copyOf(files);
  }

  /** A dataset of one file. */
  public static Dataset of(Format format, SourceFile file) {
    return new Dataset(format, file, List.of(file));
  }
}
