/**
 * The JSON in which ArcGIS servers answer queries and desktop programs save features. Called only
 * through {@link org.tequio.formats.Formats}.
 */
@NullMarked
package org.tequio.formats.esri;

import org.jspecify.annotations.NullMarked;
