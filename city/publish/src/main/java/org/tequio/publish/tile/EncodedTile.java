package org.tequio.publish.tile;

/**
 * A tile ready to be sent.
 *
 * @param bytes the tile, compressed or not as it was asked for; empty where nothing of the layer is
 *     in it
 * @param features how many features are in it
 * @param candidates how many features touch it
 * @param attributes how many properties a feature may have in it
 */
record EncodedTile(byte[] bytes, int features, long candidates, int attributes) {
  /** Nothing is there. */
  static final EncodedTile EMPTY = new EncodedTile(new byte[0], 0, 0, 0);

  /** The same, packed otherwise. */
  EncodedTile withBytes(byte[] packed) {
    return new EncodedTile(packed, features, candidates, attributes);
  }

  boolean isEmpty() {
    return bytes.length == 0;
  }
}
