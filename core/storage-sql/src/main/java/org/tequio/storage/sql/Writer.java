package org.tequio.storage.sql;

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
import org.tequio.storage.StoreFault;

/**
 * The one connection that writes, behind a fair lock. Small works of many threads share one
 * transaction, each in its savepoint, and so one fsync: a thread that finds others waiting leaves
 * the commit to them and returns when it is done. Nothing returns before its data is on disk.
 */
public final class Writer implements Closeable {
  private static final int MAX_WORKS_OF_A_BATCH = 128;
  private static final long MAX_NANOS_OF_A_BATCH = 25_000_000;
  private static final long NANOS_BEFORE_DOUBT = 1_000_000_000;

  private final ReentrantLock lock = new ReentrantLock(true);
  private final Dialect dialect;
  private final Adoption adoption;
  private final CommitListener listener;
  private @Nullable Connection connection;
  private @Nullable Batch batch;
  private long usedAt;

  /** Opens its connection when it is first needed. */
  public Writer(Dialect dialect, Adoption adoption, CommitListener listener) {
    this.dialect = dialect;
    this.adoption = adoption;
    this.listener = listener;
  }

  /** Takes up what another program wrote since; true where there was something. */
  @FunctionalInterface
  public interface Adoption {
    /** Does it inside the transaction that is open. */
    boolean adopt(Connection connection) throws SQLException;
  }

  /** Is told after each durable commit, with the lock still held. */
  @FunctionalInterface
  public interface CommitListener {
    /** Must not fail: what it follows is done. */
    void committed(Connection connection);
  }

  /** Work on the writing connection. */
  @FunctionalInterface
  public interface Job<T> {
    /** Does it. */
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
  public <T> T write(Job<T> job) {
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
  public <T> T alone(Job<T> job) {
    enter();
    try {
      return aloneLocked(job);
    } finally {
      lock.unlock();
    }
  }

  private <T> T aloneLocked(Job<T> job) {
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
  }

  /** Like {@link #alone}, inside one transaction of its own. */
  public <T> T transaction(Job<T> job) {
    return alone(
        c -> {
          dialect.begin(c);
          T result = job.run(c);
          dialect.commit(c);
          listener.committed(c);
          return result;
        });
  }

  /** Takes up what another program wrote, where it did. */
  public void adopt() {
    if (!lock.isHeldByCurrentThread()) {
      alone(this::adoptIn);
    }
  }

  /** The same where nobody writes just now; otherwise whoever writes next takes it up. */
  public void tryAdopt() {
    if (!lock.isHeldByCurrentThread() && lock.tryLock()) {
      try {
        aloneLocked(this::adoptIn);
      } finally {
        lock.unlock();
      }
    }
  }

  private boolean adoptIn(Connection c) throws SQLException {
    dialect.begin(c);
    boolean adopted = adoption.adopt(c);
    dialect.commit(c);
    return adopted;
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
      throw dialect.fault(e);
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
    if (c != null && batch == null && System.nanoTime() - usedAt > NANOS_BEFORE_DOUBT) {
      c = stillAlive(c);
    }
    usedAt = System.nanoTime();
    if (c == null) {
      try {
        c = dialect.openToWrite();
      } catch (SQLException e) {
        throw dialect.fault(e);
      }
      connection = c;
    }
    return c;
  }

  private @Nullable Connection stillAlive(Connection c) {
    try {
      if (dialect.isAlive(c)) {
        return c;
      }
    } catch (SQLException lost) {
      // It is replaced, as is one that says itself that it is dead.
      usedAt = 0;
    }
    forget(c);
    return null;
  }

  private Batch begin() {
    Connection c = connection();
    try {
      dialect.begin(c);
      if (adoption.adopt(c)) {
        dialect.commit(c);
        listener.committed(c);
        dialect.begin(c);
      }
    } catch (SQLException e) {
      rollBack(c);
      throw dialect.fault(e);
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
        dialect.commit(c);
      } else {
        dialect.rollBack(c);
      }
    } catch (SQLException e) {
      StoreFault fault = dialect.fault(e);
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
      dialect.afterUndo(c);
    } catch (SQLException e) {
      // A full disk or a lost connection rolls back the whole transaction by itself.
      failure.addSuppressed(e);
      Batch lost = batch;
      batch = null;
      forget(c);
      if (lost != null) {
        lost.done.completeExceptionally(new StoreFault("the transaction was lost", e));
      }
    }
  }

  private static void await(Batch mine) {
    try {
      mine.done.join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new StoreFault("it was not acknowledged: " + cause.getMessage(), cause);
    }
  }

  private void rollBack(Connection c) {
    try {
      if (c.isClosed()) {
        forget(c);
      } else {
        dialect.rollBack(c);
      }
    } catch (SQLException notInATransaction) {
      // The database has rolled back already, or there was nothing to roll back.
      forget(c);
    }
  }

  // After a failed commit nobody knows what the connection believes; a new one reads what is there.
  private void forget(Connection c) {
    connection = null;
    try {
      c.close();
    } catch (SQLException alreadyGone) {
      // Nobody uses it any more, whatever state it is in.
      connection = null;
    }
  }

  /** What a failure inside a work is to those outside. */
  public RuntimeException asUnchecked(Throwable failure) {
    return switch (failure) {
      case Error e -> throw e;
      case RuntimeException e -> e;
      case SQLException e -> dialect.fault(e);
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
