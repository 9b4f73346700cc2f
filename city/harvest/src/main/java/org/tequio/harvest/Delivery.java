package org.tequio.harvest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.tequio.feature.Progress;

/**
 * Where what was pulled goes: it becomes a version that waits for review, or is published by the
 * layer's own rules. Thread-safe.
 */
@FunctionalInterface
public interface Delivery {
  /**
   * Hands files over; they may be removed when this returns.
   *
   * @param source what they were pulled from
   * @param files what the importer reads
   * @throws HarvestException when they cannot become a version
   */
  Receipt deliver(Source source, List<Path> files, Progress progress)
      throws IOException, HarvestException;

  /**
   * What became of them.
   *
   * @param outcome unchanged, submitted or published
   * @param submission its identifier; empty where nothing had changed
   */
  record Receipt(HarvestRun.Outcome outcome, String submission) {}
}
