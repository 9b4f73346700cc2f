package org.tequio.procedure.file;

import java.util.Locale;

/** The steps of a case file that are written into its history. */
public enum Verb {
  /** The applicant asks for the reference under which it is paid. */
  ORDER,
  /** It is filed and has its folio. */
  FILE,
  /** An officer takes it, or it is given to one. */
  ASSIGN,
  /** Another office is asked for its opinion. */
  ASK,
  /** It gives it. */
  OPINE,
  /** An inspection on the spot. */
  VISIT,
  /** The applicant is asked to complete it. */
  PREVENT,
  /** The applicant has completed it. */
  ANSWER,
  /** The office says that a service requested is done. */
  FULFILL,
  /** Whoever reported confirms it, or lets the time to object pass. */
  CONFIRM,
  /** Whoever reported says that it is not done. */
  REOPEN,
  /** Somebody else reported the same. */
  JOIN,
  /** Whoever reported adds something. */
  REMARK,
  /** Granted. */
  GRANT,
  /** Refused. */
  REFUSE,
  /** The applicant took it back. */
  WITHDRAW,
  /** The term ran out: the clock's own step. */
  FALL_SILENT,
  /** It was not completed in time: the clock's own step. */
  LAPSE,
  /** Somebody was told that it falls due: the clock's own step. */
  REMIND,
  /** A payment came that does not file it: of another amount, too late, or once more. */
  PAYMENT_ASIDE,
  /** An officer's note for the office; the applicant and other programs do not hear of it. */
  NOTE,
  /** Put away. */
  ARCHIVE,
  /**
   * What tells of people was erased, since it need not be kept any longer: the clock's own step.
   */
  ERASE;

  /** True for what stays inside the office. */
  boolean isInternal() {
    return this == NOTE;
  }

  /** The name on the wire. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
