/**
 * OpenStreetMap extracts as XML and PBF, turned into layers of points, lines and polygons. Called
 * only through {@link org.tequio.formats.Formats}.
 */
@NullMarked
package org.tequio.formats.osm;

import org.jspecify.annotations.NullMarked;
