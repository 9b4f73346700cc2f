/** The community map, or a part of it, written into files. */
@NullMarked
package org.tequio.osm.extract;

import org.jspecify.annotations.NullMarked;
