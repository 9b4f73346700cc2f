/**
 * The town on its ground: avenues, quarters, streets, blocks, parcels and buildings, in plan
 * coordinates. What offices later write about it is not decided here.
 */
@NullMarked
package org.tequio.demo.town;

import org.jspecify.annotations.NullMarked;
