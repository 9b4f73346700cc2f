package org.tequio.publish.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.tequio.feature.Progress;
import org.tequio.http.ProblemException;

/** A job that waits or runs in this process, and the worker's side of it. Thread-safe. */
final class RunningJob implements Progress, Runnable {
  /** No result may take more room. */
  static final long MOST_BYTES = 2L << 30;

  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final String client;
  private final Path folder;
  private final Consumer<RunningJob> work;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile ProcessJob job;
  private volatile boolean cancelled;
  private long lastLook = System.nanoTime();

  /**
   * A job that waits.
   *
   * @param client who counts for it: an account, or an address of the network
   * @param folder where its files lie
   * @param work what is done when its turn comes
   */
  RunningJob(ProcessJob job, String client, Path folder, Consumer<RunningJob> work) {
    this.job = job;
    this.client = client;
    this.folder = folder;
    this.work = work;
  }

  String client() {
    return client;
  }

  /** As it stands now. */
  ProcessJob job() {
    return job;
  }

  boolean isActive() {
    return !job.state().isFinal();
  }

  @Override
  public void run() {
    work.accept(this);
  }

  synchronized void set(ProcessJob next) {
    job = next;
    if (next.state().isFinal()) {
      ended.countDown();
    }
  }

  void cancel() {
    cancelled = true;
  }

  /** Waits for its end; false where that does not come in time. */
  boolean await(long millis) {
    try {
      return ended.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void step(String what, long done, long total) {
    int percent = total <= 0 ? 0 : (int) Math.min(99, 100 * done / total);
    if (percent != job.progress() || !what.equals(job.step())) {
      synchronized (this) {
        if (job.state() == ProcessJob.State.RUNNING) {
          job = job.at(percent, what);
        }
      }
    }
    if (System.nanoTime() - lastLook > LOOK_NANOS) {
      lastLook = System.nanoTime();
      if (bytes(folder) > MOST_BYTES) {
        throw new ProblemException(JobProblems.TOO_LARGE);
      }
    }
  }

  @Override
  public boolean isCancelled() {
    return cancelled;
  }

  /** The size of all files below a folder; 0 where there is none. */
  static long bytes(Path folder) {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException | UncheckedIOException e) {
      // A file that goes away while they are counted is none of the result.
      return 0;
    }
  }
}
