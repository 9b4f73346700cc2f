package org.tequio.reconcile;

import java.util.Locale;
import java.util.Optional;

/** What is known of a group of features. */
public enum GroupState {
  /** The evidence is enough: they are one thing. */
  MATCHED,
  /** They may be one thing; someone should look. */
  DOUBTFUL,
  /** Someone looked and said that they are one thing. */
  SETTLED,
  /** Only one layer has it. */
  SINGLE;

  /** The name on the wire. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state of a wire name. */
  public static Optional<GroupState> find(String wireName) {
    for (GroupState state : values()) {
      if (state.wireName().equals(wireName)) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }
}
