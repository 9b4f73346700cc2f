package org.tequio.osm.note;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody left on the map.
 *
 * @param lon in 1e-7 degrees, as {@code lat}
 * @param lat in 1e-7 degrees
 * @param created when it was left
 * @param updated when something was last said of it
 * @param closed when it was settled; null while it is open
 * @param visible false where a moderator hid it
 * @param comments the oldest first; never empty
 */
public record Note(
    long id,
    int lon,
    int lat,
    Instant created,
    Instant updated,
    @Nullable Instant closed,
    boolean visible,
    List<Comment> comments) {
  /** Copies the comments. */
  public Note {
    comments = List.copyOf(comments);
  }

  /** Where it stands, in the protocol's word. */
  public String status() {
    return !visible ? "hidden" : closed == null ? "open" : "closed";
  }

  /** What somebody does to a note. */
  public enum Verb {
    /** Leaves it. */
    OPENED,
    /** Says something of it. */
    COMMENTED,
    /** Says that it is settled. */
    CLOSED,
    /** Says that it is not. */
    REOPENED,
    /** Takes it from everybody's eyes. */
    HIDDEN;

    /** As the protocol writes it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What was done, and said with it.
   *
   * @param uid the number of whoever did it; null for nobody in particular
   * @param user their name; empty for nobody in particular
   * @param text may be empty
   */
  public record Comment(Instant at, @Nullable Long uid, String user, Verb verb, String text) {}
}
