package org.tequio.formats.geopackage;

import java.time.Duration;
import org.sqlite.ProgressHandler;
import org.tequio.feature.Progress;

/**
 * Stops a statement that was cancelled, or that has brought no row for a long time: a view can be
 * written so that it never ends.
 */
final class Patience extends ProgressHandler {
  /** Steps of SQLite's machine between two looks at the clock. */
  static final int STEPS = 1_000_000;

  private static final long LIMIT = Duration.ofSeconds(30).toNanos();

  private final Progress progress;
  private long lastSign = System.nanoTime();

  Patience(Progress progress) {
    this.progress = progress;
  }

  /** Says that a row came, or that a new statement begins. */
  void sign() {
    lastSign = System.nanoTime();
  }

  @Override
  protected int progress() {
    boolean late = System.nanoTime() - lastSign > LIMIT;
    return late || progress.isCancelled() ? 1 : 0;
  }
}
