package org.tequio.harvest.fetch;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.tequio.feature.LocalText;
import org.tequio.harvest.HarvestRun.Line;

/** What happens in a pull, and what it cost. Keeps the first and the last lines. Thread-safe. */
public final class RunLog {
  private static final int MOST = 200;

  private final Clock clock;
  private final List<Line> lines = new ArrayList<>();
  private long requests;
  private long bytes;
  private long features;

  /** Begins empty. */
  public RunLog(Clock clock) {
    this.clock = clock;
  }

  /** Notes something. */
  public synchronized void note(String es, String pt, String en) {
    if (lines.size() >= MOST) {
      lines.remove(MOST / 2);
    }
    lines.add(new Line(clock.instant(), new LocalText(es, pt, en)));
  }

  /** Counts an answer. */
  public synchronized void answered(long length) {
    requests++;
    bytes += length;
  }

  /** Counts features. */
  public synchronized void counted(long more) {
    features += more;
  }

  /** What it cost so far. */
  public synchronized org.tequio.harvest.HarvestRun.Fetched fetched() {
    return new org.tequio.harvest.HarvestRun.Fetched(requests, bytes, features);
  }

  /** What happened so far. */
  public synchronized List<Line> lines() {
    return List.copyOf(lines);
  }
}
