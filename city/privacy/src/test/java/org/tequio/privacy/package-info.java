/** Personal data, in a city with people who look, ask and have something to hide. */
@NullMarked
package org.tequio.privacy;

import org.jspecify.annotations.NullMarked;
