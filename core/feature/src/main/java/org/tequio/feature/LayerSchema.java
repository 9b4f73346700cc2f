package org.tequio.feature;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the features of a layer look like.
 *
 * @param geometry the narrowest type that holds every feature
 * @param hasZ true where at least one feature has heights
 * @param hasM true where at least one feature has measures
 * @param fields in the order of the source; names are unique ignoring case
 * @param key the name of the field that identifies a feature in the department's own books; null
 *     where none does
 */
public record LayerSchema(
    GeometryType geometry, boolean hasZ, boolean hasM, List<Field> fields, @Nullable String key) {

  /** Copies the fields; refuses two of one name. */
  public LayerSchema {
    fields = List.copyOf(fields);
    Set<String> names = new HashSet<>();
    for (Field field : fields) {
      if (!names.add(field.name().toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException("two fields are named '" + field.name() + "'");
      }
    }
  }

  /** The position of a field, -1 where there is none of this name (ignoring case). */
  public int indexOf(String name) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equalsIgnoreCase(name)) {
        return i;
      }
    }
    return -1;
  }

  /** The field of this name, ignoring case. */
  public Optional<Field> findField(String name) {
    int index = indexOf(name);
    return index < 0 ? Optional.empty() : Optional.of(fields.get(index));
  }

  /** True where features have a geometry. */
  public boolean hasGeometry() {
    return geometry != GeometryType.NONE;
  }
}
