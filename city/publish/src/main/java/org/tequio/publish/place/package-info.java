/** Everything that every layer says about one point, and which layers have nothing to say. */
@NullMarked
package org.tequio.publish.place;

import org.jspecify.annotations.NullMarked;
