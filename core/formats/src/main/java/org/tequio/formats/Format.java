package org.tequio.formats;

import java.io.IOException;
import java.util.List;

/**
 * One file format that Tequio reads. A new format is one class and one line in {@link
 * Formats#readers()}. Stateless and thread-safe.
 */
public interface Format {
  /** The name that people know: "Shapefile", "GeoPackage". */
  String name();

  /**
   * Picks what is this format's out of the files of one folder, none of which was claimed by a
   * format before it in the list. Looks at names first and at the first bytes where names do not
   * say enough; never reads a whole file.
   */
  List<Dataset> claim(List<SourceFile> folder) throws IOException;

  /**
   * Opens a dataset that {@link #claim} gave.
   *
   * @throws FormatException when it cannot be read at all; says what is wrong and where
   */
  SourceDataset open(Dataset dataset, ReadContext context) throws IOException, FormatException;
}
