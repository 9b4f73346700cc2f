/** Tests of the checks. */
@NullMarked
package org.tequio.osm.check;

import org.jspecify.annotations.NullMarked;
