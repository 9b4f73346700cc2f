/**
 * Notes: what people see on the ground and leave on the map for whoever can draw it. Anybody may
 * leave one; what is said of it, and who hears of that, is kept here.
 */
@NullMarked
package org.tequio.osm.note;

import org.jspecify.annotations.NullMarked;
