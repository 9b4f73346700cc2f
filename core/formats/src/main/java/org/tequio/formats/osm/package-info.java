/**
 * OpenStreetMap: elements as XML and PBF files have them, and extracts turned into layers of
 * points, lines and polygons. An importer of layers comes through {@link
 * org.tequio.formats.Formats}; who keeps a map of elements reads and writes them here.
 */
@NullMarked
package org.tequio.formats.osm;

import org.jspecify.annotations.NullMarked;
