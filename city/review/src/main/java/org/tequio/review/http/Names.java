package org.tequio.review.http;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.http.Action;
import org.tequio.http.Parameter;
import org.tequio.review.SubmissionState;
import org.tequio.review.diff.ChangeKind;
import org.tequio.storage.AsOf;

/** The actions that the review asks permission for, and the parameters of its endpoints. */
final class Names {
  /** Handing in new versions, and following them. */
  static final Action SUBMIT = new Action("layer.submit");

  /** Approving, refusing, asking for changes. */
  static final Action REVIEW = new Action("layer.review");

  /** Taking a revision back. */
  static final Action UNDO = new Action("revision.undo");

  /** Knowing of layers that are not public. */
  static final Action READ_INTERNAL = new Action("layer.read-internal");

  /** Saying what a layer is. */
  static final Action SETTINGS = new Action("layer.settings");

  static final Parameter<Long> SUBMISSION = number("submission", "Number of a submission.");
  static final Parameter<Long> REVISION = number("revision", "Number of a revision.");
  static final Parameter<Long> FEATURE = number("feature", "Identifier of a feature.");

  static final Parameter<String> UPLOAD =
      new Parameter<>(
          Parameter.Place.PATH,
          "upload",
          "Identifier of an upload.",
          new LocalText("una carga", "um envio de arquivo", "an upload"),
          Parameter.schema("string"),
          text -> text.matches("[A-Za-z0-9_-]{22}") ? Optional.of(text) : Optional.empty());

  static final Parameter<Integer> LIMIT =
      Parameter.integer("limit", "At most so many.", 1, 500, 50);

  static final Parameter<Long> AFTER = query("after", "The `next` of the page before.", "0");

  static final Parameter<Long> BEFORE =
      query("before", "Only those with a smaller number.", "9223372036854775807");

  static final Parameter<Long> OFFSET = query("offset", "How much was sent so far.", "0");

  static final Parameter<LayerId> OF_LAYER =
      new Parameter<>(
          Parameter.Place.QUERY,
          "layer",
          "Identifier of a layer.",
          new LocalText("una capa", "uma camada", "a layer"),
          Parameter.schema("string"),
          text -> LayerId.isValid(text) ? Optional.of(new LayerId(text)) : Optional.empty());

  static final Parameter<String> KIND =
      Parameter.choice(
          "kind",
          "Changes of one kind only.",
          "added",
          "removed",
          "geometry",
          "attributes",
          "both",
          "doubtful");

  static final Parameter<SubmissionState> STATE =
      new Parameter<>(
          Parameter.Place.QUERY,
          "state",
          "Submissions in one state only.",
          LocalText.same("draft|in-review|changes-requested|published|rejected|withdrawn|failed"),
          Parameter.schema("string"),
          SubmissionState::ofWireName);

  static final Parameter<String> DEPARTMENT =
      Parameter.text("department", "Identifier of a department.", 60);

  static final Parameter<String> MINE =
      Parameter.choice("mine", "`true` for one's own only.", "true", "false");

  static final Parameter<AsOf> FROM = state("from", "The earlier state.");
  static final Parameter<AsOf> TO = state("to", "The later state; now where it is not given.");

  static final Parameter<double[]> BBOX =
      new Parameter<>(
          Parameter.Place.QUERY,
          "bbox",
          "Longitude and latitude: west,south,east,north.",
          LocalText.same("west,south,east,north"),
          Parameter.schema("string"),
          Names::box);

  private Names() {}

  private static Parameter<Long> number(String name, String description) {
    return new Parameter<>(
        Parameter.Place.PATH,
        name,
        description,
        new LocalText("un número", "um número", "a number"),
        Parameter.schema("integer"),
        Names::positive);
  }

  private static Parameter<Long> query(String name, String description, String fallback) {
    return new Parameter<>(
        Parameter.Place.QUERY,
        name,
        description,
        new LocalText("un entero desde 0", "um inteiro a partir de 0", "a whole number from 0 on"),
        Parameter.schema("integer", "default", Long.parseLong(fallback)),
        text -> text.equals("0") ? Optional.of(0L) : positive(text));
  }

  private static Optional<Long> positive(String text) {
    return text.matches("[1-9][0-9]{0,17}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
  }

  private static Parameter<AsOf> state(String name, String description) {
    return new Parameter<>(
        Parameter.Place.QUERY,
        name,
        description,
        new LocalText(
            "una revisión, una fecha o un instante",
            "uma revisão, uma data ou um instante",
            "a revision, a date or an instant"),
        Parameter.schema("string"),
        Names::asOf);
  }

  private static Optional<AsOf> asOf(String text) {
    Optional<AsOf> revision = positive(text).map(AsOf.AtRevision::new);
    if (revision.isPresent()) {
      return revision;
    }
    try {
      return text.contains("T")
          ? Optional.of(new AsOf.AtInstant(Instant.parse(text)))
          : Optional.of(
              new AsOf.AtInstant(
                  LocalDate.parse(text)
                      .plusDays(1)
                      .atStartOfDay(ZoneOffset.UTC)
                      .toInstant()
                      .minusMillis(1)));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Optional<double[]> box(String text) {
    String[] parts = text.split(",", -1);
    if (parts.length != 4) {
      return Optional.empty();
    }
    double[] box = new double[4];
    for (int i = 0; i < 4; i++) {
      Optional<Double> side = Parameter.finite(parts[i].strip());
      if (side.isEmpty()) {
        return Optional.empty();
      }
      box[i] = side.get();
    }
    return box[0] <= box[2] && box[1] <= box[3] ? Optional.of(box) : Optional.empty();
  }

  /** The kind of change that was asked for; nothing where all are. */
  static Optional<ChangeKind> kind(Optional<String> asked) {
    return asked.flatMap(ChangeKind::ofWireName);
  }
}
