package org.tequio.review;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Where a submission is on its way. */
public enum SubmissionState {
  /** Its files are being checked and compared. */
  CHECKING(Set.of(Verb.WITHDRAW)),
  /** It was checked and is still the author's own. */
  DRAFT(Set.of(Verb.SETTLE, Verb.SUBMIT, Verb.RECHECK, Verb.WITHDRAW)),
  /** It waits for a reviewer. */
  IN_REVIEW(
      Set.of(
          Verb.SETTLE,
          Verb.APPROVE,
          Verb.REQUEST_CHANGES,
          Verb.REJECT,
          Verb.RECHECK,
          Verb.WITHDRAW)),
  /** A reviewer asked the author for something. */
  CHANGES_REQUESTED(Set.of(Verb.SETTLE, Verb.SUBMIT, Verb.RECHECK, Verb.WITHDRAW)),
  /** It is a revision of the map. */
  PUBLISHED(Set.of()),
  /** A reviewer refused it. */
  REJECTED(Set.of()),
  /** Its author took it back. */
  WITHDRAWN(Set.of()),
  /** Its files could not be checked, or hold nothing to publish. */
  FAILED(Set.of(Verb.RECHECK, Verb.WITHDRAW));

  private final Set<Verb> verbs;

  SubmissionState(Set<Verb> verbs) {
    this.verbs = verbs;
  }

  /** What can be done with a submission. */
  public enum Verb {
    /** Say which doubtful features are the same. */
    SETTLE,
    /** Hand it to the reviewers. */
    SUBMIT,
    /** Check it again against what is published now. */
    RECHECK,
    /** Take it back. */
    WITHDRAW,
    /** Publish it. */
    APPROVE,
    /** Ask the author for something. */
    REQUEST_CHANGES,
    /** Refuse it. */
    REJECT;

    /** As it is written in JSON and in paths. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** True for what reviewers do; the rest is the department's. */
    public boolean isReviewers() {
      return switch (this) {
        case APPROVE, REQUEST_CHANGES, REJECT -> true;
        case SETTLE, SUBMIT, RECHECK, WITHDRAW -> false;
      };
    }
  }

  /** What can be done in this state. */
  public Set<Verb> verbs() {
    return verbs;
  }

  /** As it is written in JSON. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The state of this name. */
  public static Optional<SubmissionState> ofWireName(String name) {
    for (SubmissionState state : values()) {
      if (state.wireName().equals(name)) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }

  /** True where something waits on disk for what comes next. */
  boolean isOpen() {
    return !verbs.isEmpty();
  }
}
