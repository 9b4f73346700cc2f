/**
 * GeoJSON (RFC 7946) and its relatives in the wild: one feature per line, text sequences, and the
 * JavaScript files that web map exporters write. Internal to the formats; {@link
 * org.tequio.formats.Formats} lists its reader and its writer.
 */
@NullMarked
package org.tequio.formats.geojson;

import org.jspecify.annotations.NullMarked;
