/** Tests of changesets and of the rules by which they change elements. */
@NullMarked
package org.tequio.osm.changeset;

import org.jspecify.annotations.NullMarked;
