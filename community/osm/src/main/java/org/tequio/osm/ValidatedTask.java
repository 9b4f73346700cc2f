package org.tequio.osm;

import java.util.List;
import org.locationtech.jts.geom.Geometry;

/**
 * A piece of ground whose elements somebody looked at and found good.
 *
 * @param event rises with time; no two have one
 * @param name how people find it again: {@code project/task}
 * @param validator the account that looked
 * @param area in longitude and latitude (CRS84)
 */
public record ValidatedTask(long event, String name, String validator, Geometry area) {

  /** Tells of tasks that were validated. */
  @FunctionalInterface
  public interface Source {
    /** Those that were after an event, and are still, oldest first. */
    List<ValidatedTask> after(long event, int limit);
  }
}
