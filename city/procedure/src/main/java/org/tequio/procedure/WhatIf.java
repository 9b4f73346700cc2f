package org.tequio.procedure;

import java.io.IOException;
import org.tequio.feature.Progress;

/**
 * Tries a change before it is decided: asks every procedure that it can touch twice, by what holds
 * and by what would hold, of parcels drawn at random and of everything that was filed. Nothing of
 * the city is changed. Thread-safe.
 */
public interface WhatIf {
  /**
   * Tries one.
   *
   * @throws IOException when a file cannot be read
   * @throws PackRefused naming everything that is wrong with the pack
   * @throws org.tequio.catalogue.UnsuitableFiles when a file is no version of its layer
   * @throws UnknownChange when it names a procedure or an import that is not there
   * @throws java.util.concurrent.CancellationException when it was cancelled
   */
  Forecast run(DraftChange change, Progress progress) throws IOException;

  /** A change names what the city does not have. */
  final class UnknownChange extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Names it. */
    public UnknownChange(String name) {
      super(name);
    }
  }
}
