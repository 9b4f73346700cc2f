package org.tequio.osm;

import java.time.Instant;
import java.util.List;
import org.tequio.formats.osm.OsmElement;

/**
 * What one upload changed on the community map, told after it is durable.
 *
 * @param changeset to which it belongs
 * @param account who uploaded
 * @param at when it became durable
 * @param west of everything that it touched, before and after; 1e-7 degrees, as its fellows;
 *     greater than {@code east} where that has no place, such as a relation of relations
 * @param south the least latitude
 * @param east the greatest longitude
 * @param north the greatest latitude
 * @param elements the new versions, also those that say: deleted
 */
public record Upload(
    long changeset,
    String account,
    Instant at,
    int west,
    int south,
    int east,
    int north,
    List<OsmElement> elements) {
  /** Copies the elements. */
  public Upload {
    elements = List.copyOf(elements);
  }

  /** Hears of uploads: quickly, and from several threads. What it throws is reported and lost. */
  @FunctionalInterface
  public interface Listener {
    /** One upload is durable. */
    void uploaded(Upload upload);
  }
}
