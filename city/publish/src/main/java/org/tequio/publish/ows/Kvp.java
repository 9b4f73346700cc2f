package org.tequio.publish.ows;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tequio.feature.LocalText;
import org.tequio.http.Call;

/**
 * The parameters of a request in pairs of names and values (OGC 06-121r9, 11.5): names in any case,
 * an empty value as good as none, unknown ones of no meaning. Immutable.
 */
public final class Kvp {
  private final Map<String, String> values;

  private Kvp(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Reads the query of a call.
   *
   * @throws OwsException where one name comes with two values
   */
  public static Kvp of(Call call) {
    return of(call, Map.of());
  }

  /**
   * Reads the query of a call and the form that is its body.
   *
   * @throws OwsException where one name comes with two values
   */
  public static Kvp of(Call call, Map<String, List<String>> form) {
    Kvp kvp = new Kvp(new LinkedHashMap<>());
    call.openValues().forEach((name, values) -> values.forEach(value -> kvp.put(name, value)));
    form.forEach((name, values) -> values.forEach(value -> kvp.put(name, value)));
    return kvp;
  }

  /**
   * Reads pairs.
   *
   * @throws OwsException where one name comes with two values
   */
  public static Kvp of(Map<String, String> pairs) {
    Kvp kvp = new Kvp(new LinkedHashMap<>());
    pairs.forEach(kvp::put);
    return kvp;
  }

  private void put(String name, String value) {
    String before = values.putIfAbsent(name.toLowerCase(Locale.ROOT), value);
    if (before != null && !before.equals(value)) {
      throw OwsException.invalid(
          name, new LocalText("un solo valor", "um só valor", "one value"), before + " & " + value);
    }
  }

  /** A value that is not empty. */
  public Optional<String> find(String name) {
    return Optional.ofNullable(values.get(name.toLowerCase(Locale.ROOT)))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  /** True where a name comes without a value. */
  public boolean isEmpty(String name) {
    return values.getOrDefault(name.toLowerCase(Locale.ROOT), "-").isBlank();
  }

  /** The value of the first of these names that has one. */
  public Optional<String> findFirst(String... names) {
    for (String name : names) {
      Optional<String> value = find(name);
      if (value.isPresent()) {
        return value;
      }
    }
    return Optional.empty();
  }

  /**
   * A value that must be given.
   *
   * @throws OwsException where it is not
   */
  public String get(String name) {
    return find(name).orElseThrow(() -> OwsException.missing(name));
  }

  /** The parts of a value between commas; none where it is not given. */
  public List<String> list(String name) {
    List<String> parts = new ArrayList<>();
    for (String part : find(name).map(value -> value.split(",", -1)).orElse(new String[0])) {
      parts.add(part.strip());
    }
    return parts;
  }

  /**
   * A whole number from 0.
   *
   * @throws OwsException where it is none
   */
  public Optional<Long> number(String name) {
    return find(name).map(text -> number(name, text));
  }

  /** A whole number from 0 that stands in a text. */
  public static long number(String name, String text) {
    if (!text.matches("[0-9]{1,12}")) {
      throw OwsException.invalid(
          name,
          new LocalText("un entero desde 0", "um inteiro desde 0", "a whole number from 0"),
          text);
    }
    return Long.parseLong(text);
  }
}
