/**
 * Files taken into the community map: loaded beside it in short transactions, and made part of it
 * in one.
 */
@NullMarked
package org.tequio.osm.load;

import org.jspecify.annotations.NullMarked;
