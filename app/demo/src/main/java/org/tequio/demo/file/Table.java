package org.tequio.demo.file;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A department's table being written, row by row. Not thread-safe. */
public interface Table extends Closeable {
  /** Writes one row; values in the order of the columns. */
  void row(@Nullable Shape shape, @Nullable Object... values) throws IOException;

  @Override
  void close() throws IOException;
}
