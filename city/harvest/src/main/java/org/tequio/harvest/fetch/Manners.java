package org.tequio.harvest.fetch;

import java.time.Duration;

/**
 * How other people's servers are treated, and how much is taken from them.
 *
 * @param attempts how often one request is made until it is given up
 * @param firstWait before the second attempt; doubled for each further one
 * @param longestWait the longest wait that a server may ask for; more ends the pull
 * @param pause between two requests to one host
 * @param mostBytes of one pull
 * @param pageSize features asked for at once
 */
public record Manners(
    int attempts,
    Duration firstWait,
    Duration longestWait,
    Duration pause,
    long mostBytes,
    int pageSize) {
  /** What a guest does. */
  public static final Manners STANDARD =
      new Manners(
          5,
          Duration.ofSeconds(2),
          Duration.ofMinutes(2),
          Duration.ofMillis(150),
          20L << 30,
          2_000);

  /** The same for a person who waits in front of a screen: one more try, and no long downloads. */
  public Manners hurried() {
    return new Manners(
        Math.min(attempts, 2),
        firstWait,
        firstWait,
        pause,
        Math.min(mostBytes, 256L << 20),
        pageSize);
  }

  /** The wait before an attempt. */
  Duration wait(int attempt) {
    Duration wait = firstWait.multipliedBy(1L << Math.min(attempt - 1, 16));
    return wait.compareTo(longestWait) > 0 ? longestWait : wait;
  }
}
