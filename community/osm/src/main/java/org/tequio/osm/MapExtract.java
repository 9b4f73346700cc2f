package org.tequio.osm;

import org.jspecify.annotations.Nullable;

/**
 * What of the community map is written into a file.
 *
 * @param box nodes in it, ways with one of these nodes, whole, and relations with one of either;
 *     null for everything
 * @param authors false to leave out who made what, and in which changeset
 */
public record MapExtract(@Nullable Box box, boolean authors) {
  /** Everything, without a word of who made it: what everyone may take away in bulk. */
  public static final MapExtract PUBLIC = new MapExtract(null, false);

  /**
   * How much it was.
   *
   * @param nodes as its fellows
   */
  public record Counts(long nodes, long ways, long relations) {}
}
