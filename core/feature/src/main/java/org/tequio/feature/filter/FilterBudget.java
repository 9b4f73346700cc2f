package org.tequio.feature.filter;

import org.tequio.feature.LocalText;

/**
 * How large a filter may be, so that none that somebody sends can exhaust the stack or the memory.
 * Not thread-safe: one for each filter that is read.
 */
final class FilterBudget {
  static final int MAX_CHARACTERS = 64 * 1024;
  static final int MAX_DEPTH = 100;
  static final int MAX_PARTS = 20_000;

  private int depth;
  private int parts;

  FilterBudget(String text) {
    if (text.length() > MAX_CHARACTERS) {
      throw new FilterRefused(
          new LocalText(
              "el filtro tiene más de " + MAX_CHARACTERS + " caracteres",
              "o filtro tem mais de " + MAX_CHARACTERS + " caracteres",
              "the filter has more than " + MAX_CHARACTERS + " characters"));
    }
  }

  /** Goes one level down; one {@link #leave} for each. */
  void enter() {
    if (++depth > MAX_DEPTH) {
      throw new FilterRefused(
          new LocalText(
              "el filtro está anidado más de " + MAX_DEPTH + " veces",
              "o filtro está aninhado mais de " + MAX_DEPTH + " vezes",
              "the filter is nested more than " + MAX_DEPTH + " levels deep"));
    }
  }

  void leave() {
    depth--;
  }

  /** One more part: an operand, an item of a list, a position of a geometry. */
  void part() {
    if (++parts > MAX_PARTS) {
      throw new FilterRefused(
          new LocalText(
              "el filtro tiene más de " + MAX_PARTS + " partes",
              "o filtro tem mais de " + MAX_PARTS + " partes",
              "the filter has more than " + MAX_PARTS + " parts"));
    }
  }
}
