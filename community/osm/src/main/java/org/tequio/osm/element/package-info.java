/**
 * The elements of the community map as the database has them: the present state of each, the
 * versions before it, which ways and relations use it, and in which cell of the world it lies.
 */
@NullMarked
package org.tequio.osm.element;

import org.jspecify.annotations.NullMarked;
