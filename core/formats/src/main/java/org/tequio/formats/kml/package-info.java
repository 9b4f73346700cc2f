/** KML 2.2 (OGC 07-147r2) and KMZ. Called only through {@link org.tequio.formats.Formats}. */
@NullMarked
package org.tequio.formats.kml;

import org.jspecify.annotations.NullMarked;
