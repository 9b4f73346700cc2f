/** From a layer's stored bytes to shapes and names on a canvas. */
@NullMarked
package org.tequio.cartography.draw;

import org.jspecify.annotations.NullMarked;
