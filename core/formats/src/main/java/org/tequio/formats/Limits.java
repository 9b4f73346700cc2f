package org.tequio.formats;

/**
 * How far untrusted input may go before it is refused.
 *
 * @param archiveBytes unpacked bytes of one import's archives
 * @param archiveEntries entries of one import's archives
 * @param archiveDepth archives inside archives
 * @param archiveRatio unpacked to packed bytes of one entry
 * @param archiveRatioFrom unpacked bytes from which the ratio counts: an honest dBase table of
 *     mostly blank columns packs as well as a bomb does, but is smaller
 * @param textBytes bytes of one cell, name or text node
 * @param columns columns of one table
 * @param nesting depth of JSON or XML
 */
public record Limits(
    long archiveBytes,
    int archiveEntries,
    int archiveDepth,
    int archiveRatio,
    long archiveRatioFrom,
    int textBytes,
    int columns,
    int nesting) {

  /** What a city's server uses unless told otherwise. */
  public static final Limits STANDARD =
      new Limits(20L << 30, 100_000, 4, 200, 64L << 20, 16 << 20, 4_096, 64);
}
