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

  /** The border of a municipality has some ten thousand positions. */
  private static final int AREA_TIMES = 16;

  private final int mostParts;
  private int depth;
  private int parts;

  FilterBudget(String text) {
    this(text, 1);
  }

  private FilterBudget(String text, int times) {
    mostParts = MAX_PARTS * times;
    int most = MAX_CHARACTERS * times;
    if (text.length() > most) {
      throw new FilterRefused(
          new LocalText(
              "el filtro tiene más de " + most + " caracteres",
              "o filtro tem mais de " + most + " caracteres",
              "the filter has more than " + most + " characters"));
    }
  }

  /** How large an area may be that stands alone and is made ready once. */
  static FilterBudget ofArea(String text) {
    return new FilterBudget(text, AREA_TIMES);
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
    if (++parts > mostParts) {
      throw new FilterRefused(
          new LocalText(
              "el filtro tiene más de " + mostParts + " partes",
              "o filtro tem mais de " + mostParts + " partes",
              "the filter has more than " + mostParts + " parts"));
    }
  }
}
