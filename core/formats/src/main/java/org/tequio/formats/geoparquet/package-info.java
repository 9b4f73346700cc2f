/**
 * GeoParquet 1.1: one layer in columns, with the box of every feature beside its geometry. Called
 * only through {@link org.tequio.formats.Formats}.
 */
@NullMarked
package org.tequio.formats.geoparquet;

import org.jspecify.annotations.NullMarked;
