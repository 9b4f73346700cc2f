/**
 * Public transport feeds (General Transit Feed Specification, schedule). Called only through {@link
 * org.tequio.formats.Formats}.
 */
@NullMarked
package org.tequio.formats.gtfs;

import org.jspecify.annotations.NullMarked;
