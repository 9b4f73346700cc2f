package org.tequio.formats.geojson;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The properties of all features, in the order in which they were first seen. */
final class PropertyColumns {
  private final Map<String, PropertyColumn> byName = new HashMap<>();
  private final List<PropertyColumn> inOrder = new ArrayList<>();

  int size() {
    return inOrder.size();
  }

  PropertyColumn get(int index) {
    return inOrder.get(index);
  }

  List<PropertyColumn> list() {
    return List.copyOf(inOrder);
  }

  /**
   * The column of this name; null where there is none.
   *
   * @param expected where it stands if this feature is like the one before
   */
  @Nullable PropertyColumn find(String name, int expected) {
    if (expected < inOrder.size() && inOrder.get(expected).name().equals(name)) {
      return inOrder.get(expected);
    }
    return byName.get(name);
  }

  PropertyColumn add(String name) {
    PropertyColumn column = new PropertyColumn(name, inOrder.size());
    inOrder.add(column);
    byName.put(name, column);
    return column;
  }
}
