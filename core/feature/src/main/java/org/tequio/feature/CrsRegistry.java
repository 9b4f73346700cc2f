package org.tequio.feature;

import java.util.Optional;

/**
 * What Tequio knows of the EPSG register: names, axis order, the recognition of a {@code .prj}, and
 * the operations between systems. Thread-safe.
 */
public interface CrsRegistry {
  /** True where Tequio can transform to and from this system. */
  boolean knows(Crs crs);

  /** The register's name: "Mexico ITRF2008 / UTM zone 14N". */
  String name(Crs crs);

  /** True for latitude-longitude systems. */
  boolean isGeographic(Crs crs);

  /**
   * True where the register puts northing or latitude first, as EPSG:4326, 6365 and 6372 do.
   * Services that name such a system in its URI form must swap.
   */
  boolean isNorthingFirst(Crs crs);

  /**
   * The system that a WKT 1 or ESRI {@code .prj} text describes: by its authority code, its name,
   * or its parameters.
   */
  Optional<Crs> findByWkt(String wkt);

  /** The WKT 1 text of a system, in the ESRI dialect, for a {@code .prj}. */
  String wkt(Crs crs);

  /**
   * The PROJJSON text of a system (PROJ's schema 0.7), without its area of use.
   *
   * @throws IllegalArgumentException when it is not known
   */
  String projJson(Crs crs);

  /** The area in longitude and latitude where the system is meant to be used. */
  Bbox areaOfUse(Crs crs);

  /**
   * The operation between two systems.
   *
   * @throws IllegalArgumentException when one of them is not known
   */
  CrsOperation operation(Crs source, Crs target);

  /**
   * The same to within a tenth of a millimetre, and several times faster where many positions of a
   * city are asked for: for what is shown or sent, not for what is stored.
   *
   * @throws IllegalArgumentException when one of them is not known
   */
  CrsOperation quickOperation(Crs source, Crs target);

  /** The registry that comes with Tequio. */
  static CrsRegistry standard() {
    return Proj4CrsRegistry.INSTANCE;
  }
}
