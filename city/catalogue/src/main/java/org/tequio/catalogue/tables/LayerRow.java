package org.tequio.catalogue.tables;

import org.jspecify.annotations.Nullable;

/**
 * One import of one layer.
 *
 * @param layer its identifier
 * @param revision the import
 * @param source the name under which the same file would come again
 * @param inputHash of the bytes and choices it was made from
 * @param rowsHash of its rows, independent of their order and of feature ids
 * @param storeHash the store's content hash after it; null where it was not noted
 * @param entry everything else
 */
public record LayerRow(
    String layer,
    long revision,
    String source,
    String inputHash,
    String rowsHash,
    @Nullable String storeHash,
    LayerEntry entry) {

  /** The same said of another revision. */
  public LayerRow at(long revision) {
    return new LayerRow(layer, revision, source, inputHash, rowsHash, storeHash, entry);
  }
}
