package org.tequio.storage.geopackage;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.tequio.storage.Sql;

/**
 * The one connection that writes, behind a fair lock. Small works of many threads share one SQLite
 * transaction, each in its savepoint, and so one fsync: a thread that finds others waiting leaves
 * the commit to them and returns when it is done. Nothing returns before its data is on disk.
 */
final class Writer implements Closeable {
  private static final int MAX_WORKS_OF_A_BATCH = 128;
  private static final long MAX_NANOS_OF_A_BATCH = 25_000_000;

  private final ReentrantLock lock = new ReentrantLock(true);
  private final Opener opener;
  private final Adoption adoption;
  private final CommitListener listener;
  private @Nullable Connection connection;
  private @Nullable Batch batch;

  Writer(Opener opener, Adoption adoption, CommitListener listener) {
    this.opener = opener;
    this.adoption = adoption;
    this.listener = listener;
  }

  /** Opens the connection that writes. */
  @FunctionalInterface
  interface Opener {
    Connection open() throws SQLException;
  }

  /** Takes up what another program wrote since; true where there was something. */
  @FunctionalInterface
  interface Adoption {
    boolean adopt(Connection connection) throws SQLException;
  }

  /** Is told after each durable commit, with the lock still held. */
  @FunctionalInterface
  interface CommitListener {
    void committed(Connection connection);
  }

  /** Work on the writing connection. */
  @FunctionalInterface
  interface Job<T> {
    T run(Connection connection) throws Exception;
  }

  /** Works that commit together. */
  private static final class Batch {
    final CompletableFuture<Boolean> done = new CompletableFuture<>();
    final long began = System.nanoTime();
    int works;
    int kept;
  }

  /** Does a small work in a transaction that it may share; durable when this returns. */
  <T> T write(Job<T> job) {
    Batch mine;
    T result;
    enter();
    try {
      mine = batch == null ? begin() : batch;
      Connection c = connection();
      mine.works++;
      try {
        Sql.run(c, "SAVEPOINT work");
        result = job.run(c);
        Sql.run(c, "RELEASE work");
        mine.kept++;
      } catch (Throwable failure) {
        undoWork(c, failure);
        passOn(mine);
        throw asUnchecked(failure);
      }
      passOn(mine);
    } finally {
      lock.unlock();
    }
    await(mine);
    return result;
  }

  /** Has the connection alone, outside any transaction; the job begins and commits its own. */
  <T> T alone(Job<T> job) {
    enter();
    try {
      if (batch != null) {
        commit(batch);
      }
      Connection c = connection();
      try {
        return job.run(c);
      } catch (Throwable failure) {
        rollBack(c);
        throw asUnchecked(failure);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Like {@link #alone}, inside one transaction of its own. */
  <T> T transaction(Job<T> job) {
    return alone(
        c -> {
          Sqlite.begin(c);
          T result = job.run(c);
          Sqlite.commit(c);
          listener.committed(c);
          return result;
        });
  }

  /** Takes up what another program wrote, where it did. */
  void adopt() {
    if (lock.isHeldByCurrentThread()) {
      return;
    }
    alone(
        c -> {
          Sqlite.begin(c);
          adoption.adopt(c);
          Sqlite.commit(c);
          return true;
        });
  }

  /** True where this thread is inside a write. */
  boolean isHeld() {
    return lock.isHeldByCurrentThread();
  }

  @Override
  public void close() {
    lock.lock();
    try {
      Connection c = connection;
      if (c != null) {
        connection = null;
        c.close();
      }
    } catch (SQLException e) {
      throw StoreFault.of(e);
    } finally {
      lock.unlock();
    }
  }

  private void enter() {
    if (lock.isHeldByCurrentThread()) {
      throw new IllegalStateException("a write inside a write: use the transaction at hand");
    }
    lock.lock();
  }

  private Connection connection() {
    Connection c = connection;
    if (c == null) {
      try {
        c = opener.open();
      } catch (SQLException e) {
        throw StoreFault.of(e);
      }
      connection = c;
    }
    return c;
  }

  private Batch begin() {
    Connection c = connection();
    try {
      Sqlite.begin(c);
      if (adoption.adopt(c)) {
        Sqlite.commit(c);
        listener.committed(c);
        Sqlite.begin(c);
      }
    } catch (SQLException e) {
      rollBack(c);
      throw StoreFault.of(e);
    } catch (RuntimeException e) {
      rollBack(c);
      throw e;
    }
    Batch opened = new Batch();
    batch = opened;
    return opened;
  }

  // Whoever is in the queue takes this same lock next and either joins the batch or commits it.
  private void passOn(Batch mine) {
    if (batch != mine) {
      return;
    }
    boolean full =
        mine.works >= MAX_WORKS_OF_A_BATCH || System.nanoTime() - mine.began > MAX_NANOS_OF_A_BATCH;
    if (full || !lock.hasQueuedThreads()) {
      commit(mine);
    }
  }

  private void commit(Batch mine) {
    batch = null;
    Connection c = connection();
    try {
      if (mine.kept > 0) {
        Sqlite.commit(c);
      } else {
        Sqlite.rollBack(c);
      }
    } catch (SQLException e) {
      StoreFault fault = StoreFault.of(e);
      mine.done.completeExceptionally(fault);
      forget(c);
      return;
    }
    mine.done.complete(true);
    if (mine.kept > 0) {
      listener.committed(c);
    }
  }

  private void undoWork(Connection c, Throwable failure) {
    try {
      Sql.run(c, "ROLLBACK TO work");
      Sql.run(c, "RELEASE work");
      // The work may have been changing the schema.
      Sql.run(c, "PRAGMA writable_schema = RESET");
    } catch (SQLException e) {
      // A full disk or an I/O error makes SQLite roll back the whole transaction by itself.
      failure.addSuppressed(e);
      Batch lost = batch;
      batch = null;
      forget(c);
      if (lost != null) {
        lost.done.completeExceptionally(new StoreFault("city.gpkg: the transaction was lost", e));
      }
    }
  }

  private static void await(Batch mine) {
    try {
      mine.done.join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new StoreFault("nothing was written: " + cause.getMessage(), cause);
    }
  }

  private void rollBack(Connection c) {
    try {
      if (!c.isClosed()) {
        Sqlite.rollBack(c);
      }
    } catch (SQLException notInATransaction) {
      // SQLite has rolled back already, or there was nothing to roll back.
      forget(c);
    }
  }

  // After a failed commit nobody knows what the connection believes; a new one reads the file.
  private void forget(Connection c) {
    connection = null;
    try {
      c.close();
    } catch (SQLException e) {
      throw StoreFault.of(e);
    }
  }

  static RuntimeException asUnchecked(Throwable failure) {
    return switch (failure) {
      case Error e -> throw e;
      case RuntimeException e -> e;
      case SQLException e -> StoreFault.of(e);
      case IOException e -> new UncheckedIOException(e);
      case InterruptedException e -> {
        Thread.currentThread().interrupt();
        CancellationException cancelled = new CancellationException("interrupted");
        cancelled.initCause(e);
        yield cancelled;
      }
      default -> new IllegalStateException(failure.getMessage(), failure);
    };
  }
}
