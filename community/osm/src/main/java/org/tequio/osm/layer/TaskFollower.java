package org.tequio.osm.layer;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.tequio.feature.Progress;
import org.tequio.osm.LayerReport;
import org.tequio.osm.ValidatedTask;
import org.tequio.review.SubmissionState;
import org.tequio.review.Submissions;
import org.tequio.storage.Database;

/** Proposes to the layers what mapping tasks brought. Thread-safe. */
public final class TaskFollower {
  private static final String ACCOUNT = "community-map";
  private static final int MOST_TASKS = 1000;

  private final Database database;
  private final Submissions submissions;
  private final MappedLayers layers;
  private final ProposalDesk desk;
  private final ValidatedTask.Source source;

  /** Follows these tasks. */
  public TaskFollower(
      Database database,
      Submissions submissions,
      MappedLayers layers,
      ProposalDesk desk,
      ValidatedTask.Source source) {
    this.database = database;
    this.submissions = submissions;
    this.layers = layers;
    this.desk = desk;
    this.source = source;
  }

  /**
   * Proposes what tasks brought that were validated since the last time. What they proposed before
   * and nobody has decided on is proposed again together with it, so that reviewers have one
   * submission of a layer.
   */
  public synchronized void follow() throws IOException {
    List<TagMapping> here = layers.listHere();
    List<String> names = here.stream().map(TagMapping::id).toList();
    while (true) {
      long last = database.read(TaskAreas::last);
      List<ValidatedTask> tasks = source.after(last, MOST_TASKS);
      if (tasks.isEmpty()) {
        break;
      }
      database.write(
          connection -> {
            TaskAreas.add(connection, tasks, names);
            return true;
          });
    }
    for (TagMapping mapping : here) {
      followOne(mapping);
    }
  }

  private void followOne(TagMapping mapping) throws IOException {
    long before = database.read(connection -> TaskAreas.lastSubmission(connection, mapping.id()));
    boolean isOpen =
        before > 0
            && submissions.find(before).stream()
                .anyMatch(one -> one.state().verbs().contains(SubmissionState.Verb.WITHDRAW));
    List<TaskAreas.TaskArea> areas =
        database.read(
            connection -> TaskAreas.waiting(connection, mapping.id(), isOpen ? before : -1));
    if (areas.stream().allMatch(area -> area.submission() != null)) {
      return;
    }
    String tasks =
        areas.stream().map(area -> "#" + area.task()).limit(40).collect(Collectors.joining(" "));
    LayerReport report =
        desk.propose(
            layers.bind(mapping),
            areas.stream()
                .map(area -> new LayerProposal.Area(area.area(), area.validator()))
                .toList(),
            isOpen ? Set.of(before) : Set.of(),
            new ProposalDesk.Asker(ACCOUNT, mapping.title().es()),
            tasks,
            false,
            Progress.NONE);
    Long submission = report.submission();
    if (isOpen && submission != null) {
      submissions.act(
          before, SubmissionState.Verb.WITHDRAW, ACCOUNT, mapping.title().es(), "→ " + submission);
    }
    database.write(
        connection -> {
          TaskAreas.bring(connection, mapping.id(), areas, submission == null ? 0 : submission);
          return true;
        });
  }
}
