/**
 * GPX 1.0 and 1.1: waypoints, routes and tracks. Called only through {@link
 * org.tequio.formats.Formats}.
 */
@NullMarked
package org.tequio.formats.gpx;

import org.jspecify.annotations.NullMarked;
