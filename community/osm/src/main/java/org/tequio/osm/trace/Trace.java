package org.tequio.osm.trace;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody went, without the points themselves.
 *
 * @param uid whose it is
 * @param user their name as others read it
 * @param name of the file
 * @param at when it came
 * @param lon of its first point, in 1e-7 degrees, as {@code lat}
 * @param lat of its first point, in 1e-7 degrees
 * @param points how many
 */
public record Trace(
    long id,
    long uid,
    String user,
    String name,
    String description,
    List<String> tags,
    Visibility visibility,
    Instant at,
    int lon,
    int lat,
    int points) {
  /** Copies the tags. */
  public Trace {
    tags = List.copyOf(tags);
  }

  /** What others see of a trace. */
  public enum Visibility {
    /** Nothing. */
    PRIVATE,
    /** The file; among the points of an area its own, without order, times or names. */
    PUBLIC,
    /** Among the points of an area its own in order, with times, without names. */
    TRACKABLE,
    /** The file; among the points of an area its own in order, with times and names. */
    IDENTIFIABLE;

    /** As the protocol writes it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The one that a word means. */
    public static Optional<Visibility> of(@Nullable String word) {
      for (Visibility one : values()) {
        if (one.word().equals(word)) {
          return Optional.of(one);
        }
      }
      return Optional.empty();
    }

    /** True where others may have the file and what is said of it. */
    public boolean isListed() {
      return switch (this) {
        case PUBLIC, IDENTIFIABLE -> true;
        case PRIVATE, TRACKABLE -> false;
      };
    }
  }

  /**
   * What somebody says of a trace of theirs.
   *
   * @param description not empty
   */
  public record Saying(String description, List<String> tags, Visibility visibility) {
    /** Copies the tags. */
    public Saying {
      tags = List.copyOf(tags);
    }
  }
}
