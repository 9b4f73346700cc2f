/** Where styles come from, and the forms in which they are handed out. */
@NullMarked
package org.tequio.cartography.style;

import org.jspecify.annotations.NullMarked;
