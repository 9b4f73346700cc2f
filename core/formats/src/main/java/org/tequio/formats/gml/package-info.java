/**
 * Simple features in GML 2, 3.1 and 3.2 (OGC 07-036), as WFS servers and desktop programs write
 * them. Called only through {@link org.tequio.formats.Formats}.
 */
@NullMarked
package org.tequio.formats.gml;

import org.jspecify.annotations.NullMarked;
