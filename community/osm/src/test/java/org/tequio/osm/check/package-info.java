/** Tests of the checks. */
@org.jspecify.annotations.NullMarked
package org.tequio.osm.check;
