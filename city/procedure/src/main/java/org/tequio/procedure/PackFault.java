package org.tequio.procedure;

import org.tequio.feature.Language;
import org.tequio.feature.LocalText;

/**
 * What is wrong in a pack, and where.
 *
 * @param file within the pack
 * @param line from 1; 0 where it is about the file as a whole
 * @param path of the member in the file, as a JSON Pointer; empty for the whole
 * @param message a sentence
 */
public record PackFault(String file, int line, String path, LocalText message) {

  /** The sentence with its place, for one line of a terminal. */
  public String in(Language language) {
    return file
        + (line > 0 ? ":" + line : "")
        + (path.isEmpty() ? "" : " " + path)
        + ": "
        + message.in(language);
  }
}
