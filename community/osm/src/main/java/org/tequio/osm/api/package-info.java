/**
 * The OSM API 0.6 over HTTP: each class answers for one kind of thing. What is refused is told in
 * the protocol's own words, which programs read, and not as a problem document.
 */
@NullMarked
package org.tequio.osm.api;

import org.jspecify.annotations.NullMarked;
