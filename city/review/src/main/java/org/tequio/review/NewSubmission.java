package org.tequio.review;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LayerId;

/**
 * What someone hands in.
 *
 * @param file a file as received; it is copied, and its name says what it is
 * @param source how people call where it came from: the file's name or an address
 * @param layer the layer that it brings a new version of; null where its names say it
 * @param department whose layers they are, by name; the layer's own where a layer is named
 * @param author the account, or the command
 * @param authorName as others read it
 * @param message what the author says of it
 */
public record NewSubmission(
    Path file,
    String source,
    @Nullable LayerId layer,
    String department,
    String author,
    String authorName,
    String message) {
  private static final int LONGEST_MESSAGE = 2000;

  /** Refuses messages that nobody would read to the end. */
  public NewSubmission {
    if (message.length() > LONGEST_MESSAGE) {
      throw new IllegalArgumentException(
          "a message has at most " + LONGEST_MESSAGE + " characters");
    }
  }
}
