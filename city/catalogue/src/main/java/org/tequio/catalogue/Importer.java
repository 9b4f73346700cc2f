package org.tequio.catalogue;

import java.io.IOException;
import org.tequio.feature.Progress;

/**
 * Brings departments' files into the city: everything that can be read, in one revision, with a
 * list of what is wrong. Thread-safe; imports run one after the other.
 */
public interface Importer {
  /**
   * Imports files, folders and archives. A bad file is a finding, never the end.
   *
   * @param progress is told what is being read; when it is cancelled nothing of the import remains
   * @throws IOException when the city's own disk fails, or a path does not exist
   * @throws java.util.concurrent.CancellationException when it was cancelled
   */
  ImportReport run(ImportRequest request, Progress progress) throws IOException;
}
