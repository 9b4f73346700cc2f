package org.tequio.procedure.whatif;

import java.util.function.Consumer;

/** What was filed in the city, one after the other. Thread-safe. */
@FunctionalInterface
public interface PastFiles {
  /** A city in which nobody has filed anything. */
  PastFiles NONE = visitor -> {};

  /** Passes on every file that was filed, in the order of filing. */
  void each(Consumer<PastFile> visitor);
}
