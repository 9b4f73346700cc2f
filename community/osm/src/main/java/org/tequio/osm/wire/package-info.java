/**
 * What travels between the community map and the programs that edit it: elements, changesets and
 * changes, as the OSM API 0.6 writes them in XML and JSON.
 */
@NullMarked
package org.tequio.osm.wire;

import org.jspecify.annotations.NullMarked;
