/** What is public of a layer. */
@NullMarked
package org.tequio.publish.tile;

import org.jspecify.annotations.NullMarked;
