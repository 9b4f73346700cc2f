package org.tequio.storage;

import java.time.Instant;

/**
 * One committed change of the store.
 *
 * @param number from 1, one more than the revision before
 * @param instant when it was committed, to the millisecond
 * @param note who, from where and why
 */
public record Revision(long number, Instant instant, Note note) {

  /**
   * What people say of a change.
   *
   * @param author a person's account, a command or {@value #OUTSIDE}
   * @param source where it came from: "import", "undo", "api", "gis tool"
   * @param message one line for the history
   */
  public record Note(String author, String source, String message) {}

  /** The author of edits that another program made in the city's file. */
  public static final String OUTSIDE = "outside";
}
