package org.tequio.mapping.live;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tequio.http.EventStream;
import org.tequio.mapping.tables.EventTable;
import org.tequio.mapping.tables.Json;
import org.tequio.mapping.tables.TaskEvent;
import org.tequio.mapping.task.LeaseKind;
import org.tequio.mapping.task.TaskState;
import org.tequio.storage.Database;

/**
 * The history of tasks, followed as it grows. A stream is a reading of the history that waits at
 * its end for more, so that one that was cut off goes on where it was and nothing is missed. What
 * came last is kept in memory: many who look at one project cost one reading. Thread-safe.
 */
public final class LiveTasks {
  private static final int KEPT = 512;
  private static final int MAX_STREAMS = 2000;

  /** A classroom behind one address follows freely; nobody takes the streams of everybody else. */
  private static final int MAX_STREAMS_OF_ONE = 250;

  /** Then the client comes back by itself, and is asked again who it is. */
  private static final long LONGEST_NANOS = Duration.ofMinutes(10).toNanos();

  private final Database database;
  private final Function<String, String> names;
  private final Map<Long, Tail> tails = new ConcurrentHashMap<>();
  private final AtomicInteger streams = new AtomicInteger();
  private final Map<String, Integer> streamsOf = new ConcurrentHashMap<>();
  private volatile int ended;

  /**
   * Follows these tables.
   *
   * @param names how accounts are called
   */
  public LiveTasks(Database database, Function<String, String> names) {
    this.database = database;
    this.names = names;
  }

  /** The end of one project's history. */
  private static final class Tail {
    private final ArrayDeque<EventStream.Event> recent = new ArrayDeque<>();

    /** What is not among the recent is this or before. */
    private long before;

    private long last;

    private Tail(long last) {
      this.before = last;
      this.last = last;
    }

    private void add(EventStream.Event event) {
      recent.add(event);
      last = event.id();
      if (recent.size() > KEPT) {
        before = recent.removeFirst().id();
      }
    }
  }

  /** Tells of what has become durable. */
  public void changed(long project) {
    Tail tail = tails.get(project);
    if (tail == null) {
      return;
    }
    synchronized (tail) {
      for (EventStream.Event event : read(project, tail.last)) {
        tail.add(event);
      }
      tail.notifyAll();
    }
  }

  /** Ends all streams that are open, so that a server that stops need not wait for them. */
  public void endStreams() {
    synchronized (this) {
      ended++;
    }
    for (Tail tail : tails.values()) {
      synchronized (tail) {
        tail.notifyAll();
      }
    }
  }

  /** The number of the last thing that happened in any project. */
  public long last() {
    return database.read(EventTable::last);
  }

  /**
   * A stream of what happens in a project after an event; nothing where there are too many.
   *
   * @param source who follows: an account, or a network address
   * @param after the last one that the client knows
   */
  public Optional<EventStream> open(String source, long project, long after) {
    int all = streams.incrementAndGet();
    int own = streamsOf.merge(source, 1, Integer::sum);
    if (all > MAX_STREAMS || own > MAX_STREAMS_OF_ONE) {
      leave(source);
      return Optional.empty();
    }
    Tail tail = tails.computeIfAbsent(project, any -> new Tail(last()));
    return Optional.of(new Following(source, project, tail, after));
  }

  private void leave(String source) {
    streams.decrementAndGet();
    streamsOf.computeIfPresent(source, (same, own) -> own == 1 ? null : own - 1);
  }

  private final class Following implements EventStream {
    private final String source;
    private final long project;
    private final Tail tail;
    private final long began = System.nanoTime();
    private final int endedBefore = ended;
    private long position;
    private boolean isClosed;

    Following(String source, long project, Tail tail, long position) {
      this.source = source;
      this.project = project;
      this.tail = tail;
      this.position = position;
    }

    @Override
    public @Nullable List<Event> next(Duration atMost) throws InterruptedException {
      List<Event> came = isOver() ? List.of() : take(atMost);
      if (isOver()) {
        close();
        return null;
      }
      if (!came.isEmpty()) {
        position = came.getLast().id();
      }
      return came;
    }

    private boolean isOver() {
      return isClosed || ended != endedBefore || System.nanoTime() - began > LONGEST_NANOS;
    }

    private List<Event> take(Duration atMost) throws InterruptedException {
      long until = System.nanoTime() + atMost.toNanos();
      synchronized (tail) {
        while (position >= tail.last && !isOver()) {
          long left = (until - System.nanoTime()) / 1_000_000;
          if (left <= 0) {
            return List.of();
          }
          tail.wait(left);
        }
        if (position >= tail.before) {
          return tail.recent.stream().filter(event -> event.id() > position).toList();
        }
      }
      return read(project, position);
    }

    @Override
    public void close() {
      if (!isClosed) {
        isClosed = true;
        leave(source);
      }
    }
  }

  private List<EventStream.Event> read(long project, long after) {
    List<EventStream.Event> events = new ArrayList<>();
    for (TaskEvent event :
        database.read(connection -> EventTable.after(connection, project, after, KEPT))) {
      events.add(new EventStream.Event(event.number(), "task", data(event)));
    }
    return events;
  }

  private String data(TaskEvent event) {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    String name = names.apply(event.account());
    boolean isLock = event.kind().isLock();
    data.put("taskId", event.task());
    data.put("taskStatus", status(event));
    data.put("lockHolder", isLock ? name : null);
    data.put("lockedBy", isLock ? event.account() : null);
    data.put("action", event.kind().name());
    data.put("actionText", event.text().isEmpty() ? null : event.text());
    data.put("actionBy", name);
    data.put("actionDate", Instant.ofEpochMilli(event.at()).toString());
    return Json.write(data);
  }

  /** What the task's status is after an event; null where that is what it was. */
  private static @Nullable String status(TaskEvent event) {
    TaskState state = event.state();
    return switch (event.kind()) {
      case LOCKED_FOR_MAPPING -> LeaseKind.MAPPING.status();
      case LOCKED_FOR_VALIDATION -> LeaseKind.VALIDATION.status();
      case STATE_CHANGE -> state == null ? null : state.name();
      case UNLOCKED, AUTO_UNLOCKED_FOR_MAPPING, AUTO_UNLOCKED_FOR_VALIDATION ->
          event.priorState().name();
      case COMMENT, EXTENDED_FOR_MAPPING, EXTENDED_FOR_VALIDATION -> null;
    };
  }
}
