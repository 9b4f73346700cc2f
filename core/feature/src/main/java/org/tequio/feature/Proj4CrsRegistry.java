package org.tequio.feature;

import java.util.Optional;

/** Placeholder until the next commit of this file: written by the owner of core/feature. */
final class Proj4CrsRegistry implements CrsRegistry {
  static final Proj4CrsRegistry INSTANCE = new Proj4CrsRegistry();

  @Override
  public boolean knows(Crs crs) {
    return crs.epsg() == 4326;
  }

  @Override
  public String name(Crs crs) {
    return crs.toString();
  }

  @Override
  public boolean isGeographic(Crs crs) {
    return crs.epsg() == 4326;
  }

  @Override
  public boolean isNorthingFirst(Crs crs) {
    return crs.epsg() == 4326;
  }

  @Override
  public Optional<Crs> findByWkt(String wkt) {
    return Optional.empty();
  }

  @Override
  public String wkt(Crs crs) {
    return "";
  }

  @Override
  public Bbox areaOfUse(Crs crs) {
    return new Bbox(-180, -90, 180, 90);
  }

  @Override
  public CrsOperation operation(Crs source, Crs target) {
    return new CrsOperation(source, target, "same", 0, false, (xy, n) -> {});
  }
}
