package org.tequio.publish.tile;

/**
 * A tile ready to be sent.
 *
 * @param gzip the compressed tile; empty where nothing of the layer is in it
 * @param features how many features are in it
 * @param candidates how many features touch it
 * @param attributes how many properties a feature may have in it
 */
record EncodedTile(byte[] gzip, int features, long candidates, int attributes) {
  /** Nothing is there. */
  static final EncodedTile EMPTY = new EncodedTile(new byte[0], 0, 0, 0);

  boolean isEmpty() {
    return gzip.length == 0;
  }
}
