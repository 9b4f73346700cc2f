package org.tequio.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Files as they were received, each under the SHA-256 of its bytes. Durable when {@code put}
 * returns. Thread-safe; the same bytes are kept once.
 */
public interface BlobStore {
  /** Keeps the bytes of a file; returns its SHA-256 in 64 hexadecimal digits. */
  String put(Path file) throws IOException;

  /** Keeps bytes. */
  String put(InputStream bytes) throws IOException;

  /**
   * The bytes of a blob.
   *
   * @throws java.nio.file.NoSuchFileException when there is none of this hash
   */
  InputStream open(String sha256) throws IOException;

  /**
   * Removes the bytes of a blob for good, for what the law wants erased; that it was removed is
   * remembered. Durable when this returns; nothing happens where there is none of this hash.
   */
  void remove(String sha256) throws IOException;

  /** The hashes of all blobs. */
  Stream<String> list() throws IOException;
}
