package org.tequio.catalogue;

import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;

/**
 * One installation's municipality.
 *
 * @param name as people call it
 * @param crs the system in which its layers are stored
 * @param bounds the box around its area in longitude and latitude (CRS84); null until it is known
 * @param area its area in longitude and latitude (CRS84); null where nobody drew it
 */
public record CityProfile(String name, Crs crs, @Nullable Bbox bounds, @Nullable Geometry area) {}
