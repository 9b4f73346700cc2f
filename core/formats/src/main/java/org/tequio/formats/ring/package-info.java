/**
 * The orientation of rings in WKB bytes, which shapefiles want one way and RFC 7946 the other.
 * Internal to the formats.
 */
@NullMarked
package org.tequio.formats.ring;

import org.jspecify.annotations.NullMarked;
