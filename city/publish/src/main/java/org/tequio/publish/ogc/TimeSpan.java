package org.tequio.publish.ogc;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.http.Parameter;

/**
 * The value of the parameter {@code datetime} (OGC 17-069r4, 7.15.4): an instant, a day, or an
 * interval that may be open at one end. Days are days of UTC.
 *
 * @param from the first moment
 * @param until the last moment
 */
public record TimeSpan(Instant from, Instant until) {
  /** The query parameter. */
  public static final Parameter<TimeSpan> DATETIME =
      new Parameter<>(
          Parameter.Place.QUERY,
          "datetime",
          "Only features whose date lies in this instant or interval: 2018-02-12T23:20:50Z,"
              + " 2018-02-12T00:00:00Z/2018-03-18T12:31:12Z, ../2018-03-18T12:31:12Z. Layers without"
              + " dates are not filtered.",
          new LocalText(
              "un instante RFC 3339 o un intervalo a/b, ../b, a/..",
              "um instante RFC 3339 ou um intervalo a/b, ../b, a/..",
              "an RFC 3339 instant or an interval a/b, ../b, a/.."),
          Parameter.schema("string"),
          TimeSpan::parse);

  private static Optional<TimeSpan> parse(String text) {
    String[] ends = text.split("/", -1);
    if (ends.length > 2 || text.length() > 100) {
      return Optional.empty();
    }
    if (ends.length == 1) {
      return span(text);
    }
    boolean openStart = ends[0].isEmpty() || ends[0].equals("..");
    boolean openEnd = ends[1].isEmpty() || ends[1].equals("..");
    Optional<TimeSpan> first = openStart ? Optional.empty() : span(ends[0]);
    Optional<TimeSpan> last = openEnd ? Optional.empty() : span(ends[1]);
    if (openStart && openEnd || !openStart && first.isEmpty() || !openEnd && last.isEmpty()) {
      return Optional.empty();
    }
    Instant from = first.map(TimeSpan::from).orElse(Instant.MIN);
    Instant until = last.map(TimeSpan::until).orElse(Instant.MAX);
    return from.isAfter(until) ? Optional.empty() : Optional.of(new TimeSpan(from, until));
  }

  private static Optional<TimeSpan> span(String text) {
    try {
      if (text.length() == 10) {
        return Optional.of(ofDay(LocalDate.parse(text)));
      }
      Instant instant = OffsetDateTime.parse(text).toInstant();
      return Optional.of(new TimeSpan(instant, instant));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static TimeSpan ofDay(LocalDate day) {
    Instant start = day.atStartOfDay(ZoneOffset.UTC).toInstant();
    return new TimeSpan(
        start, day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().minusNanos(1));
  }

  /** True where a feature's date or instant lies in it; one that is not known does not. */
  public boolean holds(@Nullable Object value) {
    return switch (value) {
      case LocalDate day -> {
        TimeSpan span = ofDay(day);
        yield !span.until.isBefore(from) && !span.from.isAfter(until);
      }
      case Instant instant -> !instant.isBefore(from) && !instant.isAfter(until);
      case null, default -> false;
    };
  }
}
