package org.tequio.feature.filter;

import java.util.List;
import java.util.Objects;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.ServiceCrs;

/**
 * A filter that is ready for the rows of one layer. A row passes only where the filter is true:
 * what is not known does not pass. Not thread-safe: geometry is worked on in buffers.
 */
public final class RowFilter {
  private final Bound.Value condition;
  private final Reach reach;
  private final List<Equal> equal;

  private RowFilter(Bound.Value condition, Reach reach, List<Equal> equal) {
    this.condition = condition;
    this.reach = reach;
    this.equal = List.copyOf(equal);
  }

  /**
   * Makes a filter ready.
   *
   * @param crs in which its geometries are written
   * @throws FilterRefused where it names what the layer does not have, or types do not fit
   */
  public static RowFilter of(Expression filter, FilterTarget target, ServiceCrs crs) {
    Binder binder = new Binder(target, crs);
    Bound whole = binder.bind(filter, ValueType.TRUTH);
    return new RowFilter(whole.value(), whole.reach(), binder.equalities(filter));
  }

  /** True where a row passes. */
  public boolean holds(FeatureRow row) {
    return Objects.equals(condition.of(row), true);
  }

  /** Where the rows that pass lie. */
  public Reach reach() {
    return reach;
  }

  /** Conditions that every row that passes meets; a store may know a shorter way to those rows. */
  public List<Equal> equal() {
    return equal;
  }

  /**
   * A field has a value.
   *
   * @param field its name
   * @param value typed as the field is
   */
  public record Equal(String field, Object value) {}
}
