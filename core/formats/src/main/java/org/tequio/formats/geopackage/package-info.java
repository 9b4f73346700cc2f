/**
 * GeoPackage (OGC 12-128r19): several layers and tables in one SQLite file, which is untrusted when
 * it comes from outside and is opened accordingly. Internal to the formats; {@link
 * org.tequio.formats.Formats} lists its reader and its writer.
 */
@NullMarked
package org.tequio.formats.geopackage;

import org.jspecify.annotations.NullMarked;
