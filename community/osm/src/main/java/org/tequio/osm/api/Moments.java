package org.tequio.osm.api;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.tequio.osm.changeset.OsmRefused;

/** Moments as programs write them: with or without a zone, which is UTC then, or days alone. */
final class Moments {
  private Moments() {}

  /**
   * The moment of a parameter.
   *
   * @throws OsmRefused where it is none
   */
  static Instant moment(String name, String text) {
    String bare = text.strip().replace(' ', 'T');
    return instant(bare)
        .or(() -> instant(bare + "Z"))
        .or(() -> date(bare))
        .orElseThrow(
            () ->
                OsmRefused.bad(
                    "no time information in \""
                        + (text.length() > 80 ? text.substring(0, 80) : text)
                        + "\" of "
                        + name));
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
