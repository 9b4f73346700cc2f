/**
 * The ground that Villa Tequio stands on: chance that can be repeated, noise, hills, water, and the
 * bend that turns the drawing board's straight lines into a place. Used by the town and by the
 * offices' hazard maps.
 */
@NullMarked
package org.tequio.demo.land;

import org.jspecify.annotations.NullMarked;
