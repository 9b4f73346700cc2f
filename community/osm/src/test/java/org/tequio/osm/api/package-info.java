/** Tests of the OSM API 0.6 over HTTP. */
@NullMarked
package org.tequio.osm.api;

import org.jspecify.annotations.NullMarked;
