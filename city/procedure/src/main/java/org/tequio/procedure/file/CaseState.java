package org.tequio.procedure.file;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.procedure.Appeal;
import org.tequio.procedure.Silence;

/** Where a case file stands; each state has only what there is in it. */
public sealed interface CaseState {

  /** The name on the wire and in the table. */
  default String wireName() {
    return switch (this) {
      case Draft s -> "draft";
      case AwaitingPayment s -> "awaiting-payment";
      case Filed s -> "filed";
      case UnderReview s -> "under-review";
      case Prevented s -> "prevented";
      case Fulfilled s -> "fulfilled";
      case Granted s -> "granted";
      case Refused s -> "refused";
      case FellSilent s -> "fell-silent";
      case NotPresented s -> "not-presented";
      case Withdrawn s -> "withdrawn";
      case Archived s -> "archived";
    };
  }

  /** What stands for words that were erased. */
  String ERASED = "—";

  /** The same without what people wrote; only of what has ended. */
  default CaseState withoutWords() {
    return switch (this) {
      case Granted one -> new Granted(one.at, one.officer, ERASED);
      case Refused one -> new Refused(one.at, one.officer, ERASED, one.appeal);
      case FellSilent one -> one;
      case NotPresented one -> one;
      case Withdrawn one -> one;
      case Archived one ->
          new Archived(one.at, one.keepUntil, (Ended) one.ended.withoutWords(), one.erased);
      case Unfiled one -> throw new IllegalStateException("erasing words of " + one.wireName());
      case Open one -> throw new IllegalStateException("erasing words of " + one.wireName());
    };
  }

  /** All names. */
  List<String> NAMES =
      List.of(
          "draft",
          "awaiting-payment",
          "filed",
          "under-review",
          "prevented",
          "fulfilled",
          "granted",
          "refused",
          "fell-silent",
          "not-presented",
          "withdrawn",
          "archived");

  /** Only the applicant knows of it. */
  sealed interface Unfiled extends CaseState permits Draft, AwaitingPayment {}

  /** The office has to act, or waits for the applicant. */
  sealed interface Open extends CaseState permits Filed, UnderReview, Prevented, Fulfilled {}

  /** Nothing more is to be decided. */
  sealed interface Ended extends CaseState
      permits Granted, Refused, FellSilent, NotPresented, Withdrawn {
    /** The moment as of which it ended. */
    Instant at();
  }

  /** The applicant is writing it. */
  record Draft() implements Unfiled {}

  /**
   * Complete, and filed as soon as it is paid.
   *
   * @param reference under which it is paid
   * @param terms what holds for it, the fee among them
   * @param content the hash of what will be filed
   * @param until a payment made later is given back
   */
  record AwaitingPayment(String reference, FilingTerms terms, String content, Instant until)
      implements Unfiled {}

  /** In the office, and nobody has taken it. */
  record Filed() implements Open {}

  /**
   * An officer works on it.
   *
   * @param officer the account
   */
  record UnderReview(String officer) implements Open {}

  /**
   * The applicant was asked to complete it.
   *
   * @param since when
   * @param what is missing, in the officer's words
   * @param officer who asked
   */
  record Prevented(Instant since, String what, String officer) implements Open {}

  /**
   * The office says that the service requested is done; whoever reported may still say that it is
   * not.
   *
   * @param at when the office said so
   * @param officer who did
   * @param reasons what was done, in the officer's words
   * @param until not objected to by then, it counts as confirmed
   */
  record Fulfilled(Instant at, String officer, String reasons, Instant until) implements Open {}

  /**
   * Granted.
   *
   * @param at when
   * @param officer who decided
   * @param reasons in the officer's words, with conditions where there are any
   */
  record Granted(Instant at, String officer, String reasons) implements Ended {}

  /**
   * Refused.
   *
   * @param at when
   * @param officer who decided
   * @param reasons in the officer's words; never empty
   * @param appeal what may be done against it, as it was that day; null where the pack did not say
   */
  record Refused(Instant at, String officer, String reasons, @Nullable Appeal appeal)
      implements Ended {
    /** A refusal says why. */
    public Refused {
      if (reasons.isBlank()) {
        throw new IllegalArgumentException("a refusal says why");
      }
    }
  }

  /**
   * The term ran out and nobody had resolved.
   *
   * @param at the moment from which the law says so
   * @param written when the clock wrote it down: later where the server was down
   * @param effect what it means
   * @param appeal what may be done against a silence that refuses; null for others, and where the
   *     pack did not say
   */
  record FellSilent(Instant at, Instant written, Silence.Effect effect, @Nullable Appeal appeal)
      implements Ended {}

  /**
   * It was not completed in time.
   *
   * @param at the moment from which the law says so
   * @param written when the clock wrote it down
   */
  record NotPresented(Instant at, Instant written) implements Ended {}

  /**
   * The applicant took it back.
   *
   * @param at when
   */
  record Withdrawn(Instant at) implements Ended {}

  /**
   * Put away.
   *
   * @param at when
   * @param keepUntil how long it has to be kept
   * @param ended how it had ended
   * @param erased when what tells of people was erased; null while it is kept
   */
  record Archived(Instant at, LocalDate keepUntil, Ended ended, @Nullable Instant erased)
      implements CaseState {}
}
