/**
 * Filters on features: the Common Query Language CQL2 (OGC 21-065r2) in its two encodings, one
 * syntax tree for both, and what a filter says of a row of the store. A filter is read by {@link
 * org.tequio.feature.filter.FilterLanguage} and made ready for a layer by {@link
 * org.tequio.feature.filter.RowFilter}.
 */
@NullMarked
package org.tequio.feature.filter;

import org.jspecify.annotations.NullMarked;
