package org.tequio.osm.check;

/** One kind of look at the map. Without state; runs beside others. */
@FunctionalInterface
interface Check {
  /** Tells what it finds. */
  void run(CheckedMap map, Found found);
}
