package org.tequio.osm.layer;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Feature;

/**
 * What an element and its feature owe each other, three ways: what one side changed since both last
 * agreed goes to the other; what both changed, and differently, is a conflict and goes nowhere.
 * Where they never agreed, what one side does not know it takes from the other.
 *
 * @param toLayer values that the feature should take
 * @param placeToLayer true where it should take the element's place
 * @param toElement values that the element should take
 * @param placeToElement true where it should take the feature's place
 * @param conflicts fields, or {@link #PLACE}
 */
record Agreement(
    Map<String, Object> toLayer,
    boolean placeToLayer,
    Map<String, Object> toElement,
    boolean placeToElement,
    Set<String> conflicts) {
  /** The place among the fields. */
  static final String PLACE = "geometry";

  /** Which side a person chose where both contradict each other. */
  enum Side {
    /** The community map's. */
    ELEMENT,
    /** The city's. */
    LAYER
  }

  /**
   * An element's side.
   *
   * @param now what it says
   * @param base what it said when both agreed; null where they never did, or it is not kept
   * @param moved true where its place is another than then
   */
  record ElementSide(Map<String, Object> now, @Nullable Map<String, Object> base, boolean moved) {}

  /**
   * A feature's side.
   *
   * @param base as it was when both agreed; null where they never did
   */
  record LayerSide(Feature now, @Nullable Feature base) {}

  /** True where neither owes anything. */
  boolean isNothing() {
    return toLayer.isEmpty()
        && toElement.isEmpty()
        && !placeToLayer
        && !placeToElement
        && conflicts.isEmpty();
  }

  /**
   * Compares.
   *
   * @param samePlace true where both are at one place now
   * @param open what contradicted each other before, with the side that a person chose; null where
   *     nobody did
   */
  static Agreement of(
      BoundMapping mapping,
      ElementSide element,
      LayerSide layer,
      boolean samePlace,
      Map<String, @Nullable Side> open) {
    Map<String, Object> toLayer = new LinkedHashMap<>();
    Map<String, Object> toElement = new LinkedHashMap<>();
    Set<String> conflicts = new LinkedHashSet<>();
    boolean everAgreed = element.base != null && layer.base != null;
    for (BoundMapping.BoundField bound : mapping.fields()) {
      String name = bound.field().name();
      Object theirs = element.now.get(name);
      Object ours = layer.now.properties().get(name);
      if (mapping.agree(name, theirs, ours)) {
        continue;
      }
      boolean theyChanged =
          everAgreed
              && !mapping.agree(name, theirs, Objects.requireNonNull(element.base).get(name));
      boolean weChanged =
          everAgreed
              && !Objects.equals(ours, Objects.requireNonNull(layer.base).properties().get(name));
      Direction direction = direction(theirs, ours, theyChanged, weChanged, everAgreed);
      switch (chosen(direction, open, name)) {
        case TO_LAYER -> {
          if (theirs != null) {
            toLayer.put(name, theirs);
          }
        }
        case TO_ELEMENT -> {
          if (ours != null) {
            toElement.put(name, ours);
          }
        }
        case CONFLICT -> conflicts.add(name);
        case NOWHERE -> {}
      }
    }
    Direction place = place(element, layer, samePlace, everAgreed);
    Direction chosen = samePlace ? Direction.NOWHERE : chosen(place, open, PLACE);
    if (chosen == Direction.CONFLICT) {
      conflicts.add(PLACE);
    }
    return new Agreement(
        toLayer,
        chosen == Direction.TO_LAYER,
        toElement,
        chosen == Direction.TO_ELEMENT,
        conflicts);
  }

  private enum Direction {
    TO_LAYER,
    TO_ELEMENT,
    CONFLICT,
    NOWHERE
  }

  /** A tag that was taken away says nothing: what is not said is no reason to forget. */
  private static Direction direction(
      @Nullable Object theirs,
      @Nullable Object ours,
      boolean theyChanged,
      boolean weChanged,
      boolean everAgreed) {
    if (theirs == null) {
      return everAgreed && !weChanged ? Direction.NOWHERE : Direction.TO_ELEMENT;
    }
    if (ours == null) {
      return everAgreed && !theyChanged ? Direction.NOWHERE : Direction.TO_LAYER;
    }
    if (!everAgreed || theyChanged && weChanged) {
      return Direction.CONFLICT;
    }
    return theyChanged ? Direction.TO_LAYER : weChanged ? Direction.TO_ELEMENT : Direction.NOWHERE;
  }

  private static Direction place(
      ElementSide element, LayerSide layer, boolean samePlace, boolean everAgreed) {
    if (samePlace) {
      return Direction.NOWHERE;
    }
    if (layer.now.geometry() == null) {
      return Direction.TO_LAYER;
    }
    Feature base = layer.base;
    if (!everAgreed || base == null) {
      // Found in one place: the official survey stays, and the drawing too.
      return Direction.NOWHERE;
    }
    boolean weMoved =
        base.geometry() == null
            || !Objects.requireNonNull(layer.now.geometry()).equalsExact(base.geometry());
    if (element.moved && weMoved) {
      return Direction.CONFLICT;
    }
    return element.moved ? Direction.TO_LAYER : weMoved ? Direction.TO_ELEMENT : Direction.NOWHERE;
  }

  /** What contradicted each other stays so until it agrees or a person chooses. */
  private static Direction chosen(Direction found, Map<String, @Nullable Side> open, String name) {
    if (!open.containsKey(name)) {
      return found;
    }
    Side side = open.get(name);
    if (side == null) {
      return Direction.CONFLICT;
    }
    return switch (side) {
      case ELEMENT -> Direction.TO_LAYER;
      case LAYER -> Direction.TO_ELEMENT;
    };
  }
}
