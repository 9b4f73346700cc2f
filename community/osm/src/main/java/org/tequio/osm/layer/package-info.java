/**
 * How elements of the community map stand to features of the city's layers: what is mapped to what,
 * which two are one thing, and what either side owes to the other.
 */
@NullMarked
package org.tequio.osm.layer;

import org.jspecify.annotations.NullMarked;
