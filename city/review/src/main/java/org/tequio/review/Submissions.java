package org.tequio.review;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.CheckedImport;
import org.tequio.feature.LayerId;
import org.tequio.feature.Progress;
import org.tequio.review.SubmissionState.Verb;
import org.tequio.storage.CityStore;

/**
 * New versions of layers on their way to the map. Who may do what is asked by the endpoints;
 * whether it can be done in a submission's state is asked here. Thread-safe; what returns is
 * durable.
 */
public interface Submissions {
  /** Takes a file in; it is not looked at yet. */
  Submission create(NewSubmission what) throws IOException;

  /**
   * Checks a submission's file and compares it with what is published now; what was settled before
   * is asked again. A file that cannot be a new version leaves it {@link SubmissionState#FAILED}.
   *
   * @throws SubmissionRefused when it cannot be checked in its state
   * @throws java.util.concurrent.CancellationException when it was cancelled; then it is withdrawn
   */
  Submission check(long id, Progress progress) throws IOException;

  /** One of them. */
  Optional<Submission> find(long id);

  /**
   * Hands a checked one to the reviewers; publishes it at once where the layers' own rules let it
   * pass.
   */
  Submission submit(long id, String author);

  /**
   * Does what reviewers and authors do beside that: withdraw, approve, request changes, reject.
   * Approving publishes it as one revision.
   *
   * @param note said of it; may be empty
   * @throws SubmissionRefused when it cannot be done in its state, or, for an approval, when a
   *     layer was changed since the comparison
   */
  Submission act(long id, Verb verb, String account, String name, String note);

  /**
   * Says of doubtful pairs whether they are one feature.
   *
   * @throws SubmissionRefused when a pair is none of the doubtful ones, or one of the two is taken
   */
  Submission settle(long id, LayerId layer, List<Pair> pairs) throws IOException;

  /** The doubtful pairs of a layer, most alike first, with what was settled. */
  List<DoubtfulPair> listDoubts(long id, LayerId layer);

  /** Those of a department, of a layer, in a state, by an author; null for all; newest first. */
  List<Submission> list(
      @Nullable SubmissionState state,
      @Nullable String department,
      @Nullable LayerId layer,
      @Nullable String author,
      long before,
      int limit);

  /** Takes part in the publication of submissions. */
  @FunctionalInterface
  interface Alongside {
    /**
     * What to do in the transaction that publishes one.
     *
     * @param submission as it was handed in
     * @param checked the versions that are published, still to be read as waiting ones
     */
    CityStore.Work of(Submission submission, CheckedImport checked);
  }

  /** Two features, and whether they are one. */
  record Pair(long before, long after, boolean same) {}

  /**
   * A doubtful pair.
   *
   * @param same what was settled; null where nothing was
   */
  record DoubtfulPair(org.tequio.catalogue.DoubtfulMatch match, @Nullable Boolean same) {}
}
