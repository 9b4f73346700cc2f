package org.tequio.mapping.tables;

import org.tequio.mapping.task.LeaseKind;

/** What happened to a task. All but one are Tasking Manager's. */
public enum EventKind {
  /** Was taken to be mapped. */
  LOCKED_FOR_MAPPING,
  /** Was taken to be validated. */
  LOCKED_FOR_VALIDATION,
  /** Changed its state, or had a change taken back. */
  STATE_CHANGE,
  /** Somebody said something. */
  COMMENT,
  /** The time to map it was over. */
  AUTO_UNLOCKED_FOR_MAPPING,
  /** The time to validate it was over. */
  AUTO_UNLOCKED_FOR_VALIDATION,
  /** Is kept for longer to be mapped. */
  EXTENDED_FOR_MAPPING,
  /** Is kept for longer to be validated. */
  EXTENDED_FOR_VALIDATION,
  /** Was given back as it was. Ours: the reference forgets it. */
  UNLOCKED;

  /** Taking it. */
  public static EventKind locked(LeaseKind kind) {
    return valueOf("LOCKED_FOR_" + kind);
  }

  /** The end of its time. */
  public static EventKind expired(LeaseKind kind) {
    return valueOf("AUTO_UNLOCKED_FOR_" + kind);
  }

  /** Keeping it. */
  public static EventKind extended(LeaseKind kind) {
    return valueOf("EXTENDED_FOR_" + kind);
  }

  /** True where it begins a lease. */
  public boolean isLock() {
    return this == LOCKED_FOR_MAPPING || this == LOCKED_FOR_VALIDATION;
  }
}
