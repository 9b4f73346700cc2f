package org.tequio.procedure.writeback;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.FeatureId;
import org.tequio.feature.LayerId;
import org.tequio.storage.Edit;
import org.tequio.storage.EditConflict;
import org.tequio.storage.Transaction;

/**
 * What a decision will change, checked against one state of the map. Immutable.
 *
 * @param head the revision of that state
 * @param steps in their order
 */
public record MapPlan(long head, List<Step> steps) {
  /** Nothing. */
  public static final MapPlan NOTHING = new MapPlan(0, List.of());

  /** Copies the steps. */
  public MapPlan {
    steps = List.copyOf(steps);
  }

  /**
   * One change.
   *
   * @param layer which; null where nothing is changed, as {@code line} says
   * @param edits in the order of {@code keys}: those that make features last
   * @param keys of the features that the edits make, in their order; null members have none
   * @param exact true where what was checked holds only as long as the layer is the one that was
   *     read
   * @param line what is known of it beforehand
   */
  record Step(
      @Nullable LayerId layer,
      List<Edit> edits,
      List<@Nullable String> keys,
      boolean exact,
      MapLine line) {
    static Step none(MapLine line) {
      return new Step(null, List.of(), List.of(), false, line);
    }
  }

  /** This and then another that was checked against the same state. */
  public MapPlan and(MapPlan other) {
    List<Step> both = new ArrayList<>(steps);
    both.addAll(other.steps);
    return new MapPlan(head, both);
  }

  /** True where the map is changed at all. */
  public boolean isEmpty() {
    return steps.stream().allMatch(step -> step.layer == null);
  }

  /** What is known of it beforehand, for a plan that changes nothing. */
  public List<MapLine> lines() {
    return steps.stream().map(Step::line).toList();
  }

  /**
   * Does it, as part of a revision.
   *
   * @throws EditConflict naming the features that changed since the officer saw them; none where
   *     the layer was written in the very moment, and a new plan may do
   */
  public List<MapLine> apply(Transaction transaction) {
    List<MapLine> done = new ArrayList<>();
    for (Step step : steps) {
      done.add(step.layer == null ? step.line : apply(transaction, step, step.layer));
    }
    return done;
  }

  private MapLine apply(Transaction transaction, Step step, LayerId layer) {
    if (step.exact && transaction.lastChange(layer) > head) {
      throw new EditConflict(layer, List.of());
    }
    List<FeatureId> created = transaction.edit(layer, step.edits);
    List<MapLine.Ref> after = new ArrayList<>(step.line.after());
    for (int i = 0; i < created.size(); i++) {
      after.add(new MapLine.Ref(created.get(i).value(), step.keys.get(i)));
    }
    return new MapLine(
        step.line.back(), Objects.requireNonNull(layer).value(), step.line.before(), after, null);
  }
}
