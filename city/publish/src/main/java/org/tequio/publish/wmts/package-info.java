/** Web Map Tile Service 1.0.0 (OGC 07-057r7): pictures of layers in tiles for any client. */
@NullMarked
package org.tequio.publish.wmts;

import org.jspecify.annotations.NullMarked;
