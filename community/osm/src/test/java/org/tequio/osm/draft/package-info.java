/** Tests of the package of the same name. */
@NullMarked
package org.tequio.osm.draft;

import org.jspecify.annotations.NullMarked;
