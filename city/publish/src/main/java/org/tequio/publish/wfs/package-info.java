/**
 * Web Feature Service 2.0 (OGC 09-025r2, ISO 19142) and 1.1 (OGC 04-094): what is there, its
 * schema, its features in GML, GeoJSON, CSV and shapefiles, filters by FES 2.0 (OGC 09-026r2) and
 * Filter Encoding 1.1, and edits by transactions.
 */
@NullMarked
package org.tequio.publish.wfs;

import org.jspecify.annotations.NullMarked;
