/** Tests of what of the map is looked at. */
@NullMarked
package org.tequio.osm.inspect;

import org.jspecify.annotations.NullMarked;
