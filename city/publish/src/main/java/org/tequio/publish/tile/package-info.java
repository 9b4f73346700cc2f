/** Vector tiles from stored bytes, their cache, and the rule of what a tile leaves out. */
@NullMarked
package org.tequio.publish.tile;

import org.jspecify.annotations.NullMarked;
