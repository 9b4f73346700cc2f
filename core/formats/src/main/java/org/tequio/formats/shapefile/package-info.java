/**
 * ESRI shapefiles (ESRI white paper, July 1998) with their dBase tables, and dBase tables alone:
 * several files that are one layer, with all the faults that three decades of programs have put
 * into them. Internal to the formats; {@link org.tequio.formats.Formats} lists its readers and its
 * writer.
 */
@NullMarked
package org.tequio.formats.shapefile;

import org.jspecify.annotations.NullMarked;
