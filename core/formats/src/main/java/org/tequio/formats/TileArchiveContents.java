package org.tequio.formats;

/**
 * What is in a finished archive of tiles.
 *
 * @param tiles how many tiles can be asked for
 * @param distinct how many of them differ
 * @param bytes the size of the file
 */
public record TileArchiveContents(long tiles, long distinct, long bytes) {}
