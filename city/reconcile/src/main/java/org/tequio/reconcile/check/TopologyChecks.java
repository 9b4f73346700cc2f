package org.tequio.reconcile.check;

import java.util.List;
import java.util.Optional;

/** Every check, in the order in which people see them. */
public final class TopologyChecks {
  private static final List<TopologyCheck> ALL =
      List.of(
          new OverlapCheck(),
          new GapCheck(),
          new NotCoveredCheck(),
          new PointsOutsideCheck(),
          new NetworkCheck(),
          new DuplicateCheck());

  private TopologyChecks() {}

  /** All of them. */
  public static List<TopologyCheck> list() {
    return ALL;
  }

  /** The check of a kind. */
  public static Optional<TopologyCheck> find(String kind) {
    return ALL.stream().filter(check -> check.kind().equals(kind)).findFirst();
  }
}
