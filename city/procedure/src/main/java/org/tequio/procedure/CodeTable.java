package org.tequio.procedure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tequio.feature.LocalText;

/**
 * A list of codes with what is known of each, such as the economic activities.
 *
 * @param id by which inputs and rules name it
 * @param name what people read
 * @param entries in the order in which people should see them
 */
public record CodeTable(String id, LocalText name, List<Entry> entries) {
  /** Copies the entries. */
  public CodeTable {
    entries = List.copyOf(entries);
  }

  /**
   * One code.
   *
   * @param value the code
   * @param label what it means
   * @param properties what rules may ask of it: texts, numbers or truth values
   */
  public record Entry(String value, LocalText label, Map<String, Object> properties) {
    /** Copies the properties, keeping their order. */
    public Entry {
      properties = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }
  }

  /** One of its codes. */
  public Optional<Entry> find(String value) {
    return entries.stream().filter(entry -> entry.value().equals(value)).findFirst();
  }
}
