/** Pictures of layers, their styles and legends, printed sheets: what several services share. */
@NullMarked
package org.tequio.publish.map;

import org.jspecify.annotations.NullMarked;
