package org.tequio.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands until a test moves it. Thread-safe. */
public final class StandingClock extends Clock {
  private volatile Instant now;

  /** Stands at a moment, such as {@code 2026-03-10T16:00:00Z}. */
  public StandingClock(String now) {
    this.now = Instant.parse(now);
  }

  /** Moves it on, or back where the time is negative. Only one thread moves it. */
  @SuppressWarnings("NonAtomicVolatileUpdate")
  public void advance(Duration time) {
    now = now.plus(time);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }

  @Override
  public Instant instant() {
    return now;
  }
}
