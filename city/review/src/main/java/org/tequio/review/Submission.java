package org.tequio.review;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;

/**
 * Files that someone hands in as new versions of layers, on their way to the map.
 *
 * @param id its number
 * @param department whose layers they are
 * @param layer the layer that the files are a version of; null where their names say it
 * @param author who handed them in
 * @param state where it is on its way
 * @param created when it was handed in
 * @param updated when anything last happened to it
 * @param message what the author says of it
 * @param source the file's name, or the address that it was fetched from
 * @param file the name under which the file is read
 * @param blob SHA-256 of the file as received
 * @param checked the number under which the checked import waits; 0 where none does
 * @param revision the revision that it became; 0 where it has not
 * @param layers what it changes
 * @param findings how many things the check saw
 * @param mayAutoPublish true where the layers' own rules let it pass without a review
 * @param reasons why not, or why it failed
 */
public record Submission(
    long id,
    Party department,
    @Nullable LayerId layer,
    Party author,
    SubmissionState state,
    Instant created,
    Instant updated,
    String message,
    String source,
    String file,
    String blob,
    long checked,
    long revision,
    List<LayerChange> layers,
    FindingTotals findings,
    boolean mayAutoPublish,
    List<LocalText> reasons) {

  /** Copies the lists. */
  public Submission {
    layers = List.copyOf(layers);
    reasons = List.copyOf(reasons);
  }

  /** Somebody, as others read it: a person or a department. */
  public record Party(String id, String name) {}

  /** How many findings of each severity. */
  public record FindingTotals(long errors, long warnings, long notes) {
    /** Nothing was seen. */
    public static final FindingTotals NONE = new FindingTotals(0, 0, 0);
  }

  /**
   * What happens to one layer.
   *
   * @param layer which
   * @param outcome {@code new}, {@code replaced} or {@code unchanged}
   * @param version the loaded version that waits; 0 where it does not any more
   * @param basis the revision that it was compared with; 0 for a new layer
   * @param count its features
   * @param doubtful pairs of features that nobody has settled
   * @param alarms what a reviewer must not overlook
   */
  public record LayerChange(
      LayerId layer,
      String outcome,
      long version,
      long basis,
      long count,
      DiffSummary summary,
      long doubtful,
      List<SchemaChange> schema,
      List<Alarm> alarms) {
    /** Copies the lists. */
    public LayerChange {
      schema = List.copyOf(schema);
      alarms = List.copyOf(alarms);
    }
  }

  Submission with(SubmissionState state, Instant now) {
    return new Submission(
        id,
        department,
        layer,
        author,
        state,
        created,
        now,
        message,
        source,
        file,
        blob,
        checked,
        revision,
        layers,
        findings,
        mayAutoPublish,
        reasons);
  }

  /** The same without the name of who handed it in, whose account stays. */
  public Submission withoutName() {
    return new Submission(
        id,
        department,
        layer,
        new Party(author.id(), ""),
        state,
        created,
        updated,
        message,
        source,
        file,
        blob,
        checked,
        revision,
        layers,
        findings,
        mayAutoPublish,
        reasons);
  }

  /** True where its file holds a layer, or may: what could not be read may hold any. */
  boolean mayHold(LayerId one) {
    return one.equals(layer)
        || layers.stream().anyMatch(change -> change.layer().equals(one))
        || layer == null && layers.isEmpty();
  }

  Submission failed(LocalText why, Instant now) {
    return checked(SubmissionState.FAILED, 0, List.of(), findings, false, List.of(why), now);
  }

  Submission published(long revision, Instant now) {
    return new Submission(
        id,
        department,
        layer,
        author,
        SubmissionState.PUBLISHED,
        created,
        now,
        message,
        source,
        file,
        blob,
        0,
        revision,
        layers,
        findings,
        mayAutoPublish,
        reasons);
  }

  Submission checked(
      SubmissionState state,
      long checked,
      List<LayerChange> layers,
      FindingTotals findings,
      boolean mayAutoPublish,
      List<LocalText> reasons,
      Instant now) {
    return new Submission(
        id,
        department,
        layer,
        author,
        state,
        created,
        now,
        message,
        source,
        file,
        blob,
        checked,
        revision,
        layers,
        findings,
        mayAutoPublish,
        reasons);
  }
}
