package org.tequio.harvest.client;

import java.nio.file.Path;
import java.util.List;
import org.tequio.harvest.fetch.Fetched.Validator;

/** What came of asking a source. */
public sealed interface Pulled {
  /** The source itself says that nothing has changed. */
  record Unchanged() implements Pulled {}

  /**
   * Files that the importer reads.
   *
   * @param files in the order of the names
   * @param validator to ask with next time
   */
  record Files(List<Path> files, Validator validator) implements Pulled {
    /** Copies the files. */
    public Files {
      files = List.copyOf(files);
    }

    static Files of(List<Path> files) {
      return new Files(files, Validator.NONE);
    }
  }
}
