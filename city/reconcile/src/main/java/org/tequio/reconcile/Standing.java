package org.tequio.reconcile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tequio.reconcile.tables.ReconcileTables.DecidedFeature;
import org.tequio.reconcile.tables.ReconcileTables.DecisionRow;

/**
 * What of all that was decided still stands. A decision that was taken back is kept in the record
 * and counts for nothing.
 *
 * @param rows the decisions that stand, oldest first
 * @param settled the items that were decided since the run
 * @param reopened the items whose decision the run had heard of, and which was taken back since
 */
record Standing(List<DecisionRow> rows, Set<Long> settled, Set<Long> reopened) {
  /**
   * Goes through a record.
   *
   * @param record everything that was decided and taken back, oldest first
   * @param run the last one
   */
  static Standing of(List<DecisionRow> record, long run) {
    List<DecisionRow> rows = new ArrayList<>();
    Set<Long> reopened = new HashSet<>();
    for (DecisionRow row : record) {
      if (row.same() != null) {
        rows.add(row);
      } else {
        boolean heard = rows.stream().anyMatch(one -> one.run() < row.run() && isWithin(one, row));
        rows.removeIf(one -> isWithin(one, row));
        if (heard && row.run() == run) {
          reopened.add(row.item());
        }
      }
    }
    Set<Long> settled = new HashSet<>();
    for (DecisionRow row : rows) {
      if (row.run() == run) {
        settled.add(row.item());
      }
    }
    reopened.removeAll(settled);
    return new Standing(List.copyOf(rows), settled, reopened);
  }

  /** Taking back what was said of some features takes back what was said of a part of them. */
  private static boolean isWithin(DecisionRow decision, DecisionRow back) {
    return decision.features().stream()
        .allMatch(feature -> back.features().stream().anyMatch(other -> isSame(feature, other)));
  }

  private static boolean isSame(DecidedFeature one, DecidedFeature other) {
    return one.layer().equals(other.layer())
        && (one.feature() == other.feature()
            || !one.key().isEmpty() && one.key().equals(other.key()));
  }

  /** True where something was decided or taken back that the run has not heard of. */
  boolean isNews() {
    return !settled.isEmpty() || !reopened.isEmpty();
  }

  /** What is known of an item, given what the run knew of it. */
  GroupState state(long item, GroupState known) {
    if (settled.contains(item)) {
      return GroupState.SETTLED;
    }
    return reopened.contains(item) ? GroupState.DOUBTFUL : known;
  }

  /** The newest decision about an item: about it as it is shown, or about a part of it. */
  Optional<DecisionRow> about(GroupItem item, long run) {
    return rows.reversed().stream()
        .filter(row -> row.run() == run && row.item() == item.number())
        .findFirst()
        .or(
            () ->
                rows.reversed().stream()
                    .filter(row -> row.features().stream().allMatch(each -> isOf(each, item)))
                    .findFirst())
        .or(
            () ->
                rows.reversed().stream()
                    .filter(row -> row.features().stream().anyMatch(each -> isOf(each, item)))
                    .findFirst());
  }

  private static boolean isOf(DecidedFeature feature, GroupItem item) {
    return item.members().stream()
        .anyMatch(
            member ->
                member.feature() == feature.feature()
                    && member.layer().value().equals(feature.layer()));
  }
}
