package org.tequio.formats;

import java.io.Closeable;
import java.io.IOException;
import org.tequio.feature.FeatureRow;

/** Writes the features of one layer, one after the other. Not thread-safe. */
public interface FeatureWriter extends Closeable {
  /** Writes one feature; takes what it needs before it returns. */
  void write(FeatureRow row) throws IOException;

  /** Finishes the file. */
  @Override
  void close() throws IOException;
}
