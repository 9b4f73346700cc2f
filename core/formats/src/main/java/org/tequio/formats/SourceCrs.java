package org.tequio.formats;

import org.tequio.feature.Crs;

/** What a source says about its coordinates. */
public sealed interface SourceCrs {
  /**
   * It names a system of the register.
   *
   * @param crs the system
   * @param evidence where it says so: ".prj", "gpkg_spatial_ref_sys", "GeoJSON default (RFC 7946)"
   */
  record Declared(Crs crs, String evidence) implements SourceCrs {}

  /** It describes a system that the register does not recognise. */
  record Unrecognized(String wkt) implements SourceCrs {}

  /** It says nothing. */
  record Missing() implements SourceCrs {}

  /** The format has no coordinates: a plain table. */
  record NotSpatial() implements SourceCrs {}
}
