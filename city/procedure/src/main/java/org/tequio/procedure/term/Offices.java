package org.tequio.procedure.term;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The offices of a city, each with its calendar. Immutable. */
public final class Offices {
  private final Map<String, Office> byId = new LinkedHashMap<>();

  /** Refuses two offices under one identifier or with one prefix of folios. */
  public Offices(List<Office> offices) {
    Map<String, String> prefixes = new LinkedHashMap<>();
    for (Office office : offices) {
      if (byId.put(office.id(), office) != null) {
        throw new IllegalArgumentException("two offices are called '" + office.id() + "'");
      }
      String other = prefixes.put(office.prefix(), office.id());
      if (other != null) {
        throw new IllegalArgumentException(
            "the folios of " + other + " and " + office.id() + " begin alike");
      }
    }
  }

  /** All of them, in the order of the pack. */
  public List<Office> list() {
    return List.copyOf(byId.values());
  }

  /** One of them. */
  public Optional<Office> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** One that must be there. */
  public Office getOffice(String id) {
    return find(id).orElseThrow(() -> new IllegalArgumentException("there is no office " + id));
  }

  /** The office that is or was called so; names are compared as they are written. */
  public Optional<Office> findByName(String name) {
    return byId.values().stream()
        .filter(office -> office.names().stream().anyMatch(one -> one.name().equals(name)))
        .findFirst();
  }

  /** The same with a suspension of one office's terms. */
  public Offices with(String office, Suspension suspension) {
    List<Office> all = new ArrayList<>();
    for (Office one : byId.values()) {
      all.add(one.id().equals(office) ? one.with(one.calendar().with(suspension)) : one);
    }
    return new Offices(all);
  }
}
