package org.tequio.formats;

import org.tequio.feature.Findings;
import org.tequio.feature.Progress;

/**
 * What a reader may use besides its files.
 *
 * @param findings where it reports what it saw; the source of each finding is the dataset's display
 *     name, with {@code #layer} appended where the dataset has several layers
 * @param limits how far untrusted input may go
 * @param progress for long work, and to learn of a cancellation
 */
public record ReadContext(Findings findings, Limits limits, Progress progress) {

  /** A context that collects findings under the standard limits. */
  public static ReadContext collecting(Findings findings) {
    return new ReadContext(findings, Limits.STANDARD, Progress.NONE);
  }
}
