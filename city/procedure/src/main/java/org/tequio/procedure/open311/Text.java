package org.tequio.procedure.open311;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/** Texts as people send them and documents can hold them. */
final class Text {
  /** The year, month, day and time of W3C's note on date and time formats, with its zone. */
  private static final Pattern MOMENT =
      Pattern.compile(
          "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,9})?)?"
              + "(Z|[+-][0-9]{2}:[0-9]{2})");

  private Text() {}

  /**
   * What people wrote, with a space for each control character but line breaks and tabs, which say
   * nothing to people and which XML cannot carry.
   */
  static String cleaned(String written) {
    StringBuilder text = new StringBuilder(written.length());
    written
        .strip()
        .codePoints()
        .forEach(
            c -> {
              boolean kept = c == '\n' || c == '\t' || !Character.isISOControl(c);
              if (c != '\r') {
                text.appendCodePoint(kept ? isXml(c) ? c : 0xfffd : ' ');
              }
            });
    return text.toString();
  }

  /** A text with what XML 1.0 cannot carry replaced. */
  static String forXml(String text) {
    if (text.codePoints().allMatch(Text::isXml)) {
      return text;
    }
    StringBuilder carried = new StringBuilder(text.length());
    text.codePoints().forEach(c -> carried.appendCodePoint(isXml(c) ? c : 0xfffd));
    return carried.toString();
  }

  private static boolean isXml(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || c >= 0x20 && c <= 0xd7ff
        || c >= 0xe000 && c <= 0xfffd
        || c >= 0x10000;
  }

  /** A moment in W3C's format, zone and all; nothing where it is none. */
  static Optional<Instant> moment(String text) {
    // A plus in an address is a space to the server, and every program forgets it.
    String zoned = text.strip().replace(' ', '+');
    if (!MOMENT.matcher(zoned).matches()) {
      return Optional.empty();
    }
    try {
      Instant moment =
          OffsetDateTime.parse(zoned, DateTimeFormatter.ISO_OFFSET_DATE_TIME).toInstant();
      return moment.isBefore(Instant.EPOCH) ? Optional.of(Instant.EPOCH) : Optional.of(moment);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** A moment as the protocol writes it, in UTC and whole seconds. */
  static String of(Instant moment) {
    return moment
        .truncatedTo(ChronoUnit.SECONDS)
        .atOffset(ZoneOffset.UTC)
        .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
  }
}
