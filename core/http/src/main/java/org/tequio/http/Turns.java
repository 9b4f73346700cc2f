package org.tequio.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.tequio.feature.LocalText;

/**
 * Lets everybody work out answers side by side, and nobody all the time. Each source (an account,
 * or a network address, behind which a whole neighbourhood or town hall may be) has a few turns at
 * once and waits for them in order, behind its own only. What it costs is counted, not how often it
 * asks: a burst of work is free, in the long run a source gets a share of one processor.
 * Thread-safe; remembers a bounded number of sources.
 */
public final class Turns {
  private static final int AT_ONCE = 2;
  private static final int MOST_WAITING = 100;
  private static final int MOST_REMEMBERED = 50_000;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** So much work is free. */
  private static final long BURST_NANOS = Duration.ofSeconds(30).toNanos();

  /** Of each second so much is free in the long run. */
  private static final double SHARE = 0.25;

  private final LongSupplier nanos;
  private final Map<String, Source> sources = new LinkedHashMap<>(16, 0.75f, true);

  /** One source; guarded by the map of all, but for its turns. */
  private static final class Source {
    private final Semaphore turns = new Semaphore(AT_ONCE, true);
    private int inside;
    private double worked;
    private long as;
  }

  /** Measures by a clock that only goes on. */
  public Turns(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * Works when it is the source's turn.
   *
   * @throws ProblemException 429 where too many of it wait, for too long, or it worked too much
   */
  public <T> T take(String source, Supplier<T> work) {
    Source mine = enter(source);
    try {
      if (!mine.turns.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw tooMuch();
      }
      long start = nanos.getAsLong();
      try {
        return work.get();
      } finally {
        mine.turns.release();
        worked(mine, nanos.getAsLong() - start);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw tooMuch();
    } finally {
      leave(mine);
    }
  }

  private Source enter(String name) {
    synchronized (sources) {
      Source source = sources.computeIfAbsent(name, any -> new Source());
      forgetIdle();
      worked(source, 0);
      if (source.inside >= AT_ONCE + MOST_WAITING || source.worked >= BURST_NANOS) {
        throw tooMuch();
      }
      source.inside++;
      return source;
    }
  }

  private void leave(Source source) {
    synchronized (sources) {
      source.inside--;
    }
  }

  private void worked(Source source, long more) {
    synchronized (sources) {
      long now = nanos.getAsLong();
      source.worked = Math.max(0, source.worked - SHARE * (now - source.as)) + more;
      source.as = now;
    }
  }

  // The one that came longest ago owes least; whoever is inside came just now.
  private void forgetIdle() {
    if (sources.size() > MOST_REMEMBERED) {
      var eldest = sources.entrySet().iterator();
      Source source = eldest.next().getValue();
      if (source.inside == 0) {
        eldest.remove();
      }
    }
  }

  private static ProblemException tooMuch() {
    return new ProblemException(
        Problem.of(
            429,
            "too-many-questions",
            new LocalText("Demasiadas preguntas", "Perguntas demais", "Too many questions"),
            new LocalText(
                "desde esta conexión se preguntó demasiado en poco tiempo; espere un momento y pruebe de nuevo",
                "desta conexão perguntou-se demais em pouco tempo; espere um momento e tente de novo",
                "too much was asked from this connection in a short time; wait a moment and try again")));
  }
}
