/** Surfaces to draw on: pixels, SVG, pages of PDF; letters and signs as outlines. */
@NullMarked
package org.tequio.cartography.canvas;

import org.jspecify.annotations.NullMarked;
