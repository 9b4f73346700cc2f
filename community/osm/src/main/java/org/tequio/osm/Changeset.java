package org.tequio.osm;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A group of edits of one person, with what they say of it.
 *
 * @param uid the person's number
 * @param user the person's name as others read it
 * @param created when it was opened
 * @param closes when it was closed, or closes by itself unless more comes
 * @param changes versions made in it
 * @param box around everything that they touched, before and after; null where that is nowhere
 * @param tags in their order
 */
public record Changeset(
    long id,
    long uid,
    String user,
    Instant created,
    Instant closes,
    int changes,
    @Nullable Box box,
    Map<String, String> tags) {
  /** The most versions that one holds. */
  public static final int MOST_CHANGES = 10_000;

  /** Copies the tags. */
  public Changeset {
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
  }

  /** True where it takes more. */
  public boolean isOpen(Instant now) {
    return closes.isAfter(now) && changes <= MOST_CHANGES;
  }
}
