package org.tequio.privacy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.DataClass;

/**
 * Something that is kept about a person, at one place.
 *
 * @param holder the layer's id; {@code accounts} and the like for what is no layer
 * @param title of the holder
 * @param feature the feature's id; the record's own where it is no layer
 * @param state the revision as of which it is so; null for now
 * @param values field by field
 */
public record Held(
    String holder, String title, String feature, @Nullable Long state, List<Value> values) {
  /** Copies the list. */
  public Held {
    values = List.copyOf(values);
  }

  /**
   * One value.
   *
   * @param name of the field
   * @param label what people read
   */
  public record Value(String name, String label, DataClass dataClass, @Nullable String value) {}

  /** The names of its personal fields. */
  public List<String> personalNames() {
    return values.stream()
        .filter(value -> value.dataClass().compareTo(DataClass.PERSONAL) >= 0)
        .map(Value::name)
        .toList();
  }
}
