package org.tequio.mapping.desk;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tequio.mapping.project.Actor;
import org.tequio.mapping.project.Project;
import org.tequio.mapping.tables.EventKind;
import org.tequio.mapping.tables.EventTable;
import org.tequio.mapping.tables.Lease;
import org.tequio.mapping.tables.LeaseTable;
import org.tequio.mapping.tables.ProjectTable;
import org.tequio.mapping.tables.TaskRow;
import org.tequio.mapping.tables.TaskTable;
import org.tequio.mapping.task.LeaseKind;
import org.tequio.mapping.task.Refusal;
import org.tequio.mapping.task.TaskAction;
import org.tequio.mapping.task.TaskRefused;
import org.tequio.mapping.task.TaskState;
import org.tequio.storage.Database;

/**
 * Everything that people do with tasks. Each method is one transaction, durable when it returns;
 * what is refused is thrown as {@link TaskRefused} and changed nothing. Thread-safe.
 */
public final class TaskDesk {
  private static final long WORTH_TELLING_MILLIS = 60_000;

  private final Database database;
  private final Clock clock;
  private final Listener listener;

  /** Hears of what changed, after it is durable. */
  @FunctionalInterface
  public interface Listener {
    /** Tasks of a project changed. */
    void changed(long project);
  }

  /** Works on these tables. */
  public TaskDesk(Database database, Clock clock, Listener listener) {
    this.database = database;
    this.clock = clock;
    this.listener = listener;
  }

  /** What is done inside the transaction of one action. */
  private interface Deed<T> {
    T on(TaskBench bench) throws SQLException;
  }

  private <T> T act(Actor actor, long project, Deed<T> deed) {
    T result =
        database.write(
            connection -> {
              long now = clock.millis();
              Expiry.sweep(connection, now);
              Project found =
                  ProjectTable.find(connection, project)
                      .orElseThrow(() -> new NotThere("PROJECT_NOT_FOUND"));
              ProjectAccess access = ProjectAccess.of(connection, found, actor, now);
              if (!access.isAdmitted()) {
                throw access.mapping() == Refusal.NOT_ON_ALLOWED_LIST
                    ? new TaskRefused(Refusal.NOT_ON_ALLOWED_LIST)
                    : new NotThere("PROJECT_NOT_FOUND");
              }
              T done = deed.on(new TaskBench(connection, found, actor.account(), access, now));
              ProjectTable.touch(connection, project, now);
              return done;
            });
    listener.changed(project);
    return result;
  }

  /** Writes down which leases have ended. */
  public void endLeases() {
    long now = clock.millis();
    boolean isDue = database.read(connection -> !LeaseTable.expired(connection, now).isEmpty());
    if (isDue) {
      Set<Long> projects = database.write(connection -> Expiry.sweep(connection, now));
      projects.forEach(listener::changed);
    }
  }

  /**
   * Keeps what somebody holds for longer because they work in it; one that has ended stays ended.
   *
   * @param why what they did
   */
  public void keep(Lease lease, int task, String why) {
    long now = clock.millis();
    database.write(
        connection -> {
          Lease held = LeaseTable.find(connection, lease.account(), now).orElse(null);
          Project project = ProjectTable.find(connection, lease.project()).orElse(null);
          if (held == null || project == null || !held.tasks().contains(task)) {
            return false;
          }
          long expires = now + project.settings().leaseSeconds() * 1000L;
          LeaseTable.renew(connection, held.account(), expires);
          Optional<TaskRow> row = TaskTable.find(connection, lease.project(), task);
          if (row.isPresent() && expires - held.expires() > WORTH_TELLING_MILLIS) {
            EventTable.insert(
                connection,
                row.get(),
                now,
                held.account(),
                EventKind.extended(held.kind()),
                why,
                null,
                null);
          }
          return true;
        });
    listener.changed(lease.project());
  }

  // ---- mapping

  /**
   * Takes tasks to map them; several only where they touch. Taking them again keeps them.
   *
   * @param editor in which they will be mapped; empty where that is not said
   */
  public void lockForMapping(Actor actor, long project, List<Integer> tasks, String editor) {
    act(
        actor,
        project,
        bench -> {
          bench.requireEditor(editor, bench.project().settings().mappingEditors());
          bench.lock(tasks, LeaseKind.MAPPING);
          return true;
        });
  }

  /**
   * The task that a project deals to somebody who may take none of their choice; nothing where none
   * is left. It stays the same until they take it or somebody else does.
   */
  public Optional<Integer> offered(Connection connection, Project project, String account)
      throws SQLException {
    return Offer.of(connection, project, account, clock.millis());
  }

  /** Gives a task back as it was. */
  public void stopMapping(Actor actor, long project, int task, String comment) {
    act(
        actor,
        project,
        bench -> {
          bench.finish(task, TaskAction.STOP_MAPPING, comment);
          return true;
        });
  }

  /**
   * Gives a task back with a new state.
   *
   * @param state MAPPED, BADIMAGERY or READY
   */
  public void finishMapping(Actor actor, long project, int task, TaskAction state, String comment) {
    act(
        actor,
        project,
        bench -> {
          bench.finish(task, state, comment);
          return true;
        });
  }

  // ---- validating

  /**
   * Takes tasks to validate them, all or none.
   *
   * @param editor in which they will be looked at; empty where that is not said
   */
  public void lockForValidation(Actor actor, long project, List<Integer> tasks, String editor) {
    act(
        actor,
        project,
        bench -> {
          bench.requireEditor(editor, bench.project().settings().validationEditors());
          bench.lock(tasks, LeaseKind.VALIDATION);
          return true;
        });
  }

  /**
   * What somebody says of a task that they looked at.
   *
   * @param action one that ends a validation
   * @param issues how often which kind of fault was found
   */
  public record Verdict(int task, TaskAction action, String comment, List<Issue> issues) {
    /** Copies the issues. */
    public Verdict {
      issues = List.copyOf(issues);
    }
  }

  /**
   * A kind of fault in a task.
   *
   * @param category which kind
   * @param count how often
   */
  public record Issue(int category, int count) {}

  /**
   * Gives tasks back, all or none.
   *
   * @return who mapped those that were judged, with the verdict
   */
  public List<Judged> finishValidation(Actor actor, long project, List<Verdict> verdicts) {
    return act(
        actor,
        project,
        bench -> {
          List<Judged> judged = new ArrayList<>();
          for (Verdict verdict : verdicts) {
            TaskRow before = bench.finish(verdict.task(), verdict.action(), verdict.comment());
            bench.note(verdict.issues());
            String mapper = before.mappedBy();
            if (mapper != null && verdict.action() != TaskAction.STOP_VALIDATION) {
              judged.add(new Judged(mapper, verdict));
            }
          }
          return judged;
        });
  }

  /**
   * A verdict on somebody's work.
   *
   * @param mapper whose
   */
  public record Judged(String mapper, Verdict verdict) {}

  // ---- either

  /** Takes the last change of state back. */
  public void undo(Actor actor, long project, int task) {
    act(
        actor,
        project,
        bench -> {
          bench.undo(task);
          return true;
        });
  }

  /** Keeps tasks for longer. */
  public void extend(Actor actor, long project, List<Integer> tasks) {
    act(
        actor,
        project,
        bench -> {
          for (int task : tasks) {
            bench.extend(task, "");
          }
          return true;
        });
  }

  /** Says something about a task. */
  public void comment(Actor actor, long project, int task, String text) {
    act(
        actor,
        project,
        bench -> {
          bench.judge(bench.task(task), TaskAction.COMMENT);
          bench.event(bench.task(task), EventKind.COMMENT, text, null, null);
          return true;
        });
  }

  /** Cuts a task that one holds; returns the numbers of its pieces. */
  public List<Integer> split(Actor actor, long project, int task) {
    return act(actor, project, bench -> bench.split(task));
  }

  /**
   * Does one thing with every task that is in the state for it and that nobody holds.
   *
   * @return how many were changed
   */
  public int all(Actor actor, long project, TaskAction action) {
    return act(actor, project, bench -> bench.all(action));
  }

  /**
   * Takes back what one person said of tasks.
   *
   * @param state VALIDATED or BADIMAGERY
   * @return how many were changed
   */
  public int resetBy(Actor actor, long project, String account, TaskState state) {
    return act(actor, project, bench -> bench.resetBy(account, state));
  }
}
