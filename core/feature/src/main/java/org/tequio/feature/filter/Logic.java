package org.tequio.feature.filter;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.FeatureRow;

/** AND, OR and NOT over the answers true, false and not known. */
final class Logic {
  private Logic() {}

  static Bound of(Operator operator, List<Bound> conditions) {
    boolean constant = conditions.stream().allMatch(Bound::constant);
    if (operator == Operator.NOT) {
      Bound.Value condition = conditions.getFirst().value();
      return Bound.of(
          ValueType.TRUTH,
          constant,
          row -> condition.of(row) instanceof Boolean truth ? !truth : null);
    }
    boolean all = operator == Operator.AND;
    Bound.Value[] values = conditions.stream().map(Bound::value).toArray(Bound.Value[]::new);
    Bound bound = Bound.of(ValueType.TRUTH, constant, row -> decided(values, row, all));
    Reach reach =
        conditions.stream().map(Bound::reach).reduce(all ? Reach::and : Reach::or).orElseThrow();
    return constant ? bound : new Bound(ValueType.TRUTH, bound.value(), false, reach);
  }

  // One that is false decides an AND, one that is true an OR; else what is not known does.
  private static @Nullable Boolean decided(Bound.Value[] conditions, FeatureRow row, boolean all) {
    boolean unknown = false;
    for (Bound.Value condition : conditions) {
      Object answer = condition.of(row);
      if (answer == null) {
        unknown = true;
      } else if (!answer.equals(all)) {
        return !all;
      }
    }
    return unknown ? null : Boolean.valueOf(all);
  }
}
