/**
 * Areas and how they are cut into tasks: reading what somebody drew, the grid, clipping, splitting.
 * Coordinates are longitude and latitude in degrees, in this order, unless a name says meters.
 */
@NullMarked
package org.tequio.mapping.area;

import org.jspecify.annotations.NullMarked;
