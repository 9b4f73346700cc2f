package org.tequio.publish.layer;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.tequio.feature.LocalText;
import org.tequio.http.Call;
import org.tequio.http.Parameter;
import org.tequio.storage.AsOf;

/** Reads at which state of the map a request wants its answer. */
public final class Moment {
  /** The query parameter. */
  public static final Parameter<AsOf> AS_OF =
      new Parameter<>(
          Parameter.Place.QUERY,
          "asOf",
          "The map as it was: the number of a revision, a day (its end, in UTC) or an RFC 3339"
              + " instant. What is closed today is closed in the past, too.",
          new LocalText(
              "una revisión, un día AAAA-MM-DD o un instante RFC 3339",
              "uma revisão, um dia AAAA-MM-DD ou um instante RFC 3339",
              "a revision, a day YYYY-MM-DD or an RFC 3339 instant"),
          Parameter.schema("string"),
          Moment::parse);

  private Moment() {}

  /** The state that a call asks for; the newest where it says nothing. */
  public static AsOf of(Call call) {
    return call.query(AS_OF).orElse(AsOf.NOW);
  }

  private static Optional<AsOf> parse(String text) {
    if (text.matches("[1-9][0-9]{0,17}")) {
      return Optional.of(new AsOf.AtRevision(Long.parseLong(text)));
    }
    try {
      return Optional.of(new AsOf.AtInstant(text.length() == 10 ? endOf(text) : instant(text)));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Instant endOf(String day) {
    return LocalDate.parse(day).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().minusMillis(1);
  }

  private static Instant instant(String text) {
    return OffsetDateTime.parse(text).toInstant();
  }
}
