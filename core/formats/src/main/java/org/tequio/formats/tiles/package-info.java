/**
 * Files that hold many tiles: PMTiles 3 and MBTiles 1.3. Internal to the formats; {@link
 * org.tequio.formats.TileArchiveFormat} lists them.
 */
@NullMarked
package org.tequio.formats.tiles;

import org.jspecify.annotations.NullMarked;
