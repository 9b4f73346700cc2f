/**
 * What of the map is looked at by the checks: an area as it stands and as it was before somebody's
 * edits, and what a change would make of it.
 */
@NullMarked
package org.tequio.osm.inspect;

import org.jspecify.annotations.NullMarked;
