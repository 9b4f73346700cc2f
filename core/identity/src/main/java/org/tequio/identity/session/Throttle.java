package org.tequio.identity.session;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tequio.feature.LocalText;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;

/**
 * How often somebody may try: a bucket of tokens for each kind of attempt and each source, filled
 * again at a steady pace. Counts the pair of account and network address, never the account alone,
 * so that nobody can lock another out. Thread-safe; remembers a bounded number of sources.
 */
public final class Throttle {
  private static final int MOST_REMEMBERED = 50_000;

  private final Clock clock;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  /** A bucket as it was when last touched. */
  private record Bucket(double tokens, long millis) {}

  /** A kind of attempt. */
  public enum Kind {
    /** Signing in, from one network address. */
    SIGN_IN_FROM_ADDRESS(30, Duration.ofSeconds(4)),
    /** Signing in to one account from one network address. */
    SIGN_IN_TO_ACCOUNT(8, Duration.ofSeconds(20)),
    /** Signing in to one account from anywhere: beyond it everybody waits, nobody is refused. */
    SIGN_IN_FROM_ANYWHERE(40, Duration.ofSeconds(10)),
    /** Asking for an account or a new password, from one network address. */
    MAIL_FROM_ADDRESS(10, Duration.ofMinutes(3)),
    /** Mails of the same kind to one person. */
    MAIL_TO_PERSON(3, Duration.ofMinutes(20)),
    /** Exchanges at the OAuth 2.0 endpoints, from one network address. */
    TOKEN_FROM_ADDRESS(60, Duration.ofSeconds(1)),
    /** Changes by one account. */
    CHANGE_BY_ACCOUNT(300, Duration.ofMillis(100)),
    /** Changes by nobody in particular, from one network address. */
    CHANGE_FROM_ADDRESS(60, Duration.ofSeconds(1));

    private final int burst;
    private final Duration refill;

    Kind(int burst, Duration refill) {
      this.burst = burst;
      this.refill = refill;
    }
  }

  /** Begins with every bucket full. */
  public Throttle(Clock clock) {
    this.clock = clock;
  }

  /** Takes a token; false where there is none. */
  public boolean tryTake(Kind kind, String source) {
    long now = clock.millis();
    String key = kind.ordinal() + " " + source;
    synchronized (buckets) {
      Bucket before = buckets.getOrDefault(key, new Bucket(kind.burst, now));
      double gained = Math.max(0, now - before.millis) / (double) kind.refill.toMillis();
      double tokens = Math.min(kind.burst, before.tokens + gained);
      boolean has = tokens >= 1;
      buckets.put(key, new Bucket(has ? tokens - 1 : tokens, now));
      return has;
    }
  }

  /**
   * Takes a token.
   *
   * @throws ProblemException 429 where there is none
   */
  public void take(Kind kind, String source) {
    if (!tryTake(kind, source)) {
      throw new ProblemException(tooMany());
    }
  }

  /** Fills a bucket, after an attempt that was right. */
  public void forgive(Kind kind, String source) {
    synchronized (buckets) {
      buckets.remove(kind.ordinal() + " " + source);
    }
  }

  /** The 429. */
  public static Problem tooMany() {
    return Problem.of(
        429,
        "too-many-attempts",
        new LocalText("Demasiados intentos", "Tentativas demais", "Too many attempts"),
        new LocalText(
            "hubo demasiados intentos en poco tiempo; espere un momento y pruebe de nuevo",
            "houve tentativas demais em pouco tempo; espere um momento e tente de novo",
            "there were too many attempts in a short time; wait a moment and try again"));
  }
}
