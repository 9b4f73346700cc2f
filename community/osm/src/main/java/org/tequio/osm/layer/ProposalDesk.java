package org.tequio.osm.layer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.locationtech.jts.geom.Geometry;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.LayerId;
import org.tequio.feature.Progress;
import org.tequio.osm.LayerReport;
import org.tequio.review.NewSubmission;
import org.tequio.review.Submission;
import org.tequio.review.SubmissionState;
import org.tequio.review.Submissions;
import org.tequio.storage.CityStore;
import org.tequio.storage.Database;

/** Brings elements to layers, as submissions that are reviewed like any other. Thread-safe. */
public final class ProposalDesk {
  private final CityStore store;
  private final Database database;
  private final Submissions submissions;
  private final MappedLayers layers;
  private final ReentrantLock turn;

  /**
   * Proposes here.
   *
   * @param turn held by whoever changes links, so that nobody overwrites what another has just said
   */
  public ProposalDesk(
      CityStore store, Submissions submissions, MappedLayers layers, ReentrantLock turn) {
    this.store = store;
    this.database = store.database();
    this.submissions = submissions;
    this.layers = layers;
    this.turn = turn;
  }

  /** Who asks. */
  public record Asker(String account, String name) {}

  /**
   * Proposes what the elements of an area make of a layer.
   *
   * @param area in longitude and latitude
   * @param dry true to tell what would be proposed, and do nothing
   */
  public LayerReport propose(
      String mapping, Geometry area, Asker asker, boolean dry, Progress progress)
      throws IOException {
    List<LayerProposal.Area> areas = List.of(new LayerProposal.Area(area, asker.account()));
    return propose(layers.bind(mapping), areas, Set.of(), asker, "", dry, progress);
  }

  /**
   * Proposes what the elements of several areas make of a layer.
   *
   * @param replaced submissions that shall be proposed again with this one
   * @param of where the areas come from, for the reviewers; may be empty
   */
  LayerReport propose(
      BoundMapping bound,
      List<LayerProposal.Area> areas,
      Set<Long> replaced,
      Asker asker,
      String of,
      boolean dry,
      Progress progress)
      throws IOException {
    turn.lock();
    try {
      return proposed(bound, areas, replaced, asker, of, dry, progress);
    } finally {
      turn.unlock();
    }
  }

  private LayerReport proposed(
      BoundMapping bound,
      List<LayerProposal.Area> areas,
      Set<Long> replaced,
      Asker asker,
      String of,
      boolean dry,
      Progress progress)
      throws IOException {
    Set<Long> waiting = waiting(bound.stored().id(), replaced);
    LayerProposal.Made made =
        database.read(
            connection ->
                new LayerProposal(
                        store.features(), CrsRegistry.standard(), connection, bound, waiting)
                    .make(areas, progress));
    if (dry) {
      return made.report();
    }
    database.write(
        connection -> {
          for (LinkTable.Link link : made.agreed()) {
            LinkTable.put(connection, link);
          }
          return true;
        });
    if (made.report().isNothing()) {
      return made.report();
    }
    return handIn(bound, made, asker, message(made, of), progress);
  }

  /** The elements that open submissions propose. */
  private Set<Long> waiting(LayerId layer, Set<Long> replaced) {
    Set<Long> elements = new HashSet<>();
    List<Long> all = database.read(connection -> LinkTable.submissions(connection, layer));
    for (long submission : all) {
      Optional<Submission> found = submissions.find(submission);
      boolean isOpen =
          found.isPresent()
              && switch (found.get().state()) {
                case CHECKING, DRAFT, IN_REVIEW, CHANGES_REQUESTED -> true;
                case PUBLISHED, REJECTED, WITHDRAWN, FAILED -> false;
              };
      if (isOpen && !replaced.contains(submission)) {
        database
            .read(connection -> LinkTable.proposed(connection, submission))
            .forEach(one -> elements.add(one.link().element()));
      }
    }
    return elements;
  }

  private LayerReport handIn(
      BoundMapping bound, LayerProposal.Made made, Asker asker, String message, Progress progress)
      throws IOException {
    Path folder = Files.createTempDirectory("tequio-community");
    Path file = folder.resolve(made.changes().fileName());
    try {
      Files.write(file, made.changes().toJson());
      String department = bound.layer().department();
      long id =
          submissions
              .create(
                  new NewSubmission(
                      file,
                      "community map: " + bound.mapping().id(),
                      bound.stored().id(),
                      department == null ? "" : department,
                      asker.account(),
                      asker.name(),
                      message))
              .id();
      database.write(
          connection -> {
            LinkTable.propose(connection, id, made.links());
            return true;
          });
      Submission checked = submissions.check(id, progress);
      if (checked.state() == SubmissionState.DRAFT) {
        checked = submissions.submit(id, asker.account());
      }
      return made.report().handedIn(id, checked.state().wireName());
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(folder);
    }
  }

  private static String message(LayerProposal.Made made, String of) {
    LayerReport.Counts counts = made.report().counts();
    StringBuilder text =
        new StringBuilder("+")
            .append(counts.created())
            .append(" ~")
            .append(counts.changed())
            .append(" -")
            .append(counts.gone());
    if (!of.isEmpty()) {
      text.append("; ").append(of);
    }
    String changesets =
        made.changesets().stream().limit(20).map(String::valueOf).collect(Collectors.joining(", "));
    text.append("; changesets ").append(changesets);
    if (made.changesets().size() > 20) {
      text.append(", … (").append(made.changesets().size()).append(')');
    }
    return text.length() > 1900 ? text.substring(0, 1900) + "…" : text.toString();
  }
}
