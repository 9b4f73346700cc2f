package org.tequio.procedure;

import java.util.List;
import org.tequio.feature.Language;

/** A pack that cannot be used, with everything that was found wrong with it. */
public final class PackRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<PackFault> faults;

  /** Refuses for these. */
  public PackRefused(List<PackFault> faults) {
    super(String.join("\n", faults.stream().map(fault -> fault.in(Language.EN)).toList()));
    this.faults = List.copyOf(faults);
  }

  /** What is wrong, at least one. */
  public List<PackFault> faults() {
    return faults;
  }
}
