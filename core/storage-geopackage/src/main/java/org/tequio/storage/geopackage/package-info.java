/**
 * The embedded store: a city is one folder with {@code city.gpkg} (a GeoPackage 1.4 that GIS tools
 * open and edit as it is), {@code blobs/} and {@code audit/}. The server constructs {@link
 * org.tequio.storage.geopackage.GeoPackageCityStore}; everyone else sees the ports of {@code
 * storage} only.
 */
@NullMarked
package org.tequio.storage.geopackage;

import org.jspecify.annotations.NullMarked;
