package org.tequio.feature.filter;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.Field;

/**
 * What a filter may ask of a layer. Anything else does not exist for it.
 *
 * @param fields which may be named
 * @param positions where each of them stands in a row
 * @param spatial true where features have a place that may be asked for
 * @param crs in which they lie
 * @param extent around all of them, in that CRS; null where none has a place
 */
public record FilterTarget(
    List<Field> fields, int[] positions, boolean spatial, Crs crs, @Nullable Bbox extent) {

  /** Copies the list. */
  public FilterTarget {
    fields = List.copyOf(fields);
  }

  /** The name under which a filter knows the geometry; no field has it. */
  public String geometryName() {
    return free("geometry", "geom");
  }

  /** The name under which a filter knows the identifier; no field has it. */
  public String idName() {
    return free("id", "fid");
  }

  private String free(String first, String second) {
    if (indexOf(first) < 0) {
      return first;
    }
    String name = second;
    while (indexOf(name) >= 0) {
      name += "_";
    }
    return name;
  }

  /** Which of the fields has this name, ignoring case; -1 for none. */
  int indexOf(String name) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equalsIgnoreCase(name)) {
        return i;
      }
    }
    return -1;
  }
}
