/**
 * Another map's changes brought into the city's: where both changed the same thing, their changes
 * are merged or, where they contradict each other, shown to a person.
 */
@NullMarked
package org.tequio.osm.pull;

import org.jspecify.annotations.NullMarked;
