/** Tests of how tags are declared to stand to layers. */
@NullMarked
package org.tequio.osm.layer;

import org.jspecify.annotations.NullMarked;
