package org.tequio.mapping.task;

/** Who holds a task, from the point of view of whoever wants something of it. */
public enum Hold {
  /** Nobody. */
  FREE,
  /** The one who asks, to map it. */
  MY_MAPPING,
  /** The one who asks, to validate it. */
  MY_VALIDATION,
  /** Somebody else, to map it. */
  ANOTHERS_MAPPING,
  /** Somebody else, to validate it. */
  ANOTHERS_VALIDATION;

  /** The hold of a kind of lease. */
  public static Hold of(LeaseKind kind, boolean mine) {
    return switch (kind) {
      case MAPPING -> mine ? MY_MAPPING : ANOTHERS_MAPPING;
      case VALIDATION -> mine ? MY_VALIDATION : ANOTHERS_VALIDATION;
    };
  }

  /** True where the one who asks holds it. */
  public boolean isMine() {
    return this == MY_MAPPING || this == MY_VALIDATION;
  }
}
