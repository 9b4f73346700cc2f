/** Tests of the package of the same name. */
@NullMarked
package org.tequio.osm.preset;

import org.jspecify.annotations.NullMarked;
