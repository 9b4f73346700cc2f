package org.tequio.review;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Files that people sent piece by piece ({@code /api/uploads}) and that wait for what is done with
 * them. One that nobody removes is forgotten after a day. Thread-safe.
 */
public interface ReceivedFiles {
  /**
   * A whole file, under the name with which it was sent.
   *
   * @param upload by its identifier
   * @param account that sent it; another's does not exist
   * @throws org.tequio.http.ProblemException 404 where there is none, 409 where some of it has not
   *     arrived
   */
  Path file(String upload, String account) throws IOException;

  /** Removes it; nothing happens where it is gone already. */
  void remove(String upload, String account) throws IOException;
}
