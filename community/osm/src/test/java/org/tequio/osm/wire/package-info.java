/** Tests of the checks. */
@NullMarked
package org.tequio.osm.wire;

import org.jspecify.annotations.NullMarked;
