/**
 * What changed on the map, as files that programs follow: numbered changes and their states, as
 * OpenStreetMap publishes them.
 */
@NullMarked
package org.tequio.osm.replication;

import org.jspecify.annotations.NullMarked;
