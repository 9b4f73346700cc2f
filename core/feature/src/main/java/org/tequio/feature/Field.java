package org.tequio.feature;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One attribute of a layer.
 *
 * @param name the column's name as the department wrote it; unique in its layer ignoring case
 * @param type the type of its values
 * @param label what people read
 * @param unit UCUM code such as {@code m2} or {@code mm/a}; null where there is none
 * @param dataClass who may see it
 * @param codes the code list; empty where any value is allowed
 */
public record Field(
    String name,
    FieldType type,
    LocalText label,
    @Nullable String unit,
    DataClass dataClass,
    List<Code> codes) {

  /** Refuses a blank name; copies the code list. */
  public Field {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a field's name must not be blank");
    }
    codes = List.copyOf(codes);
  }

  /** A public field whose label is its name. */
  public static Field of(String name, FieldType type) {
    return new Field(name, type, LocalText.same(name), null, DataClass.PUBLIC, List.of());
  }

  /** The same field, seen by others. */
  public Field withDataClass(DataClass dataClass) {
    return new Field(name, type, label, unit, dataClass, codes);
  }

  /** The same field with another label. */
  public Field withLabel(LocalText label) {
    return new Field(name, type, label, unit, dataClass, codes);
  }
}
