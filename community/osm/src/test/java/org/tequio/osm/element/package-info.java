/** Tests of the checks. */
@NullMarked
package org.tequio.osm.element;

import org.jspecify.annotations.NullMarked;
