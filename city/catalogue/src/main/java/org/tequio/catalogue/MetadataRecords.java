package org.tequio.catalogue;

/** Makes catalogue records. Thread-safe; what takes long is kept while the layer stays the same. */
@FunctionalInterface
public interface MetadataRecords {
  /** The record of a layer. */
  LayerMetadata of(LayerRecord layer);
}
