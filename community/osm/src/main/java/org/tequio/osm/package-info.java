/**
 * The community map: nodes, ways and relations with their versions, and the changesets that made
 * them, as the OSM API 0.6 has them. Whatever the community edits, it edits here. This package is
 * the module's API.
 */
@NullMarked
package org.tequio.osm;

import org.jspecify.annotations.NullMarked;
