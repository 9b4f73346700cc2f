/**
 * Grids of numbers: ESRI ASCII grid, GeoTIFF and SRTM height tiles, read on demand. Called only
 * through {@link org.tequio.formats.Formats}.
 */
@NullMarked
package org.tequio.formats.raster;

import org.jspecify.annotations.NullMarked;
