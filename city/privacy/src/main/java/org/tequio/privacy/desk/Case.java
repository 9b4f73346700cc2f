package org.tequio.privacy.desk;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.tequio.privacy.law.Right;

/**
 * A person's request.
 *
 * @param right what is asked for
 * @param country whose law it is answered under
 * @param subject whom it is about; emptied when the data are erased
 * @param received when the office got it
 * @param due by when the law wants an answer
 * @param answer what the person was told; empty before
 * @param steps what happened, oldest first, without personal data
 */
public record Case(
    long number,
    Right right,
    String country,
    Subject subject,
    LocalDate received,
    LocalDate due,
    State state,
    String answer,
    List<Step> steps) {
  /** Copies the list. */
  public Case {
    steps = List.copyOf(steps);
  }

  /**
   * Whom a request is about.
   *
   * @param identifiers a CURP, a telephone number and the like, under which data may be kept
   */
  public record Subject(String name, List<String> identifiers) {
    /** Whoever it was, it is not known any more. */
    public static final Subject FORGOTTEN = new Subject("", List.of());

    /** Copies the list. */
    public Subject {
      identifiers = List.copyOf(identifiers);
    }
  }

  /** How far it is. */
  public enum State {
    /** Nothing was done yet. */
    RECEIVED,
    /** Nobody but the desk sees the data any more. */
    BLOCKED,
    /** The data are gone. */
    ERASED,
    /** The person was answered. */
    ANSWERED
  }

  /**
   * Something that happened.
   *
   * @param actor who did it
   * @param what was done, without personal data
   */
  public record Step(Instant at, String actor, String what) {}
}
