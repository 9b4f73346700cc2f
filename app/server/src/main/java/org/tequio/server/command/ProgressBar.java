package org.tequio.server.command;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Progress;

/**
 * Shows long work on standard error, a bar that redraws itself on a terminal and a line now and
 * then elsewhere; and turns Ctrl-C into a cancellation that lets the work put things back.
 */
final class ProgressBar implements Progress, AutoCloseable {
  private static final int WIDTH = 30;
  private static final long REDRAW_NANOS = 100_000_000L;
  private static final long LINE_NANOS = 5_000_000_000L;
  private static final long PATIENCE_SECONDS = 20;

  private final PrintStream err;
  private final boolean terminal;
  private final CountDownLatch finished = new CountDownLatch(1);
  private final @Nullable Thread onInterrupt;
  private final @Nullable BooleanSupplier hungUp;
  private volatile boolean cancelled;
  private volatile long lastShown;
  private String lastWhat = "";
  private int lastLength;

  ProgressBar(Invocation invocation) {
    this.err = invocation.err();
    this.terminal = invocation.interactive();
    this.hungUp = invocation.cancelled();
    if (hungUp == null) {
      onInterrupt = new Thread(this::letTheWorkPutThingsBack, "cancel");
      Runtime.getRuntime().addShutdownHook(onInterrupt);
    } else {
      onInterrupt = null;
    }
  }

  private void letTheWorkPutThingsBack() {
    cancelled = true;
    try {
      if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        err.println();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void step(String what, long done, long total) {
    long now = System.nanoTime();
    if (now - lastShown < (terminal ? REDRAW_NANOS : LINE_NANOS) && done != total) {
      return;
    }
    draw(what, done, total, now);
  }

  private synchronized void draw(String what, long done, long total, long now) {
    boolean same = what.equals(lastWhat);
    if (!terminal && (same || now - lastShown < LINE_NANOS)) {
      return;
    }
    lastShown = now;
    lastWhat = what;
    String line = line(what, done, total);
    if (terminal) {
      err.print("\r" + line + " ".repeat(Math.max(0, lastLength - line.length())));
      err.flush();
      lastLength = line.length();
    } else {
      err.println(line);
    }
  }

  private static String line(String what, long done, long total) {
    String shortened = what.length() > 45 ? "…" + what.substring(what.length() - 44) : what;
    if (total <= 0) {
      return String.format(Locale.ROOT, "%,d  %s", done, shortened);
    }
    double part = Math.clamp((double) done / total, 0, 1);
    int full = (int) Math.round(part * WIDTH);
    return String.format(
        Locale.ROOT,
        "[%s%s] %3.0f %%  %s",
        "█".repeat(full),
        "·".repeat(WIDTH - full),
        part * 100,
        shortened);
  }

  @Override
  public boolean isCancelled() {
    return cancelled || hungUp != null && hungUp.getAsBoolean();
  }

  @Override
  public synchronized void close() {
    if (terminal && lastLength > 0) {
      err.print("\r" + " ".repeat(lastLength) + "\r");
      err.flush();
    }
    finished.countDown();
    if (!cancelled && onInterrupt != null) {
      try {
        Runtime.getRuntime().removeShutdownHook(onInterrupt);
      } catch (IllegalStateException e) {
        cancelled = true; // the program is ending already, which is what the hook is for
      }
    }
  }
}
