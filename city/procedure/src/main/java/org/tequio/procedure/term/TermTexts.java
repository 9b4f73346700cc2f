package org.tequio.procedure.term;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.tequio.feature.LocalText;
import org.tequio.procedure.Term;

/** The lines of a due date's account, in the three languages. */
final class TermTexts {
  static final LocalText NO_WORKDAY =
      new LocalText("la oficina no labora", "a repartição não funciona", "the office is closed");

  private static final DateTimeFormatter ES =
      DateTimeFormatter.ofPattern("EEEE d 'de' MMMM 'de' uuuu", Locale.forLanguageTag("es-MX"));
  private static final DateTimeFormatter PT =
      DateTimeFormatter.ofPattern("EEEE, d 'de' MMMM 'de' uuuu", Locale.forLanguageTag("pt-BR"));
  private static final DateTimeFormatter EN =
      DateTimeFormatter.ofPattern("EEEE d MMMM uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  private TermTexts() {}

  static LocalText holiday(Holiday holiday) {
    String law = holiday.basis().law();
    return new LocalText(
        holiday.name().es() + " (" + law + ")",
        holiday.name().pt() + " (" + law + ")",
        holiday.name().en() + " (" + law + ")");
  }

  static LocalText suspension(Suspension one) {
    LocalDate published = one.published();
    return new LocalText(
        one.reason().es() + " (" + one.publication() + ", " + ES.format(published) + ")",
        one.reason().pt() + " (" + one.publication() + ", " + PT.format(published) + ")",
        one.reason().en() + " (" + one.publication() + ", " + EN.format(published) + ")");
  }

  static LocalText received(Instant event, LocalDate received, OfficeCalendar calendar) {
    ZonedDateTime local = event.atZone(calendar.zone());
    LocalDate day = local.toLocalDate();
    String time = TIME.format(local);
    if (day.equals(received)) {
      return new LocalText(
          "recibido el "
              + ES.format(day)
              + " a las "
              + time
              + "; los días corren desde el siguiente",
          "recebido em " + PT.format(day) + " às " + time + "; os dias correm a partir do seguinte",
          "received on " + EN.format(day) + " at " + time + "; days run from the following one");
    }
    return new LocalText(
        "llegó el "
            + ES.format(day)
            + " a las "
            + time
            + ", fuera de días u horas hábiles: se tiene por recibido el "
            + ES.format(received),
        "chegou em "
            + PT.format(day)
            + " às "
            + time
            + ", fora de dias ou horas de expediente: considera-se recebido em "
            + PT.format(received),
        "arrived on "
            + EN.format(day)
            + " at "
            + time
            + ", outside working days or hours: counts as received on "
            + EN.format(received));
  }

  static LocalText at(Instant event, ZoneId zone) {
    ZonedDateTime local = event.atZone(zone);
    String time = TIME.format(local);
    return new LocalText(
        "recibido el " + ES.format(local) + " a las " + time,
        "recebido em " + PT.format(local) + " às " + time,
        "received on " + EN.format(local) + " at " + time);
  }

  static LocalText end(Instant end, ZoneId zone) {
    ZonedDateTime local = end.atZone(zone);
    String time = TIME.format(local);
    return new LocalText(
        "vence el " + ES.format(local) + " a las " + time,
        "vence em " + PT.format(local) + " às " + time,
        "runs out on " + EN.format(local) + " at " + time);
  }

  static LocalText counted(LocalDate from, LocalDate to, int first, int last, Term term) {
    boolean working = term.unit() == Term.Unit.BUSINESS_DAYS;
    String number = first == last ? "" + first : first + "–" + last;
    return new LocalText(
        (first == last ? "día " : "días ")
            + (working ? (first == last ? "hábil " : "hábiles ") : "")
            + number
            + ": "
            + span(ES, from, to, " a "),
        (first == last ? "dia " : "dias ")
            + (working ? (first == last ? "útil " : "úteis ") : "")
            + number
            + ": "
            + span(PT, from, to, " a "),
        (working ? "business " : "")
            + (first == last ? "day " : "days ")
            + number
            + ": "
            + span(EN, from, to, " to "));
  }

  static LocalText skipped(LocalDate from, LocalDate to, LocalText reason) {
    return new LocalText(
        "no cuenta: " + span(ES, from, to, " a ") + ": " + reason.es(),
        "não conta: " + span(PT, from, to, " a ") + ": " + reason.pt(),
        "does not count: " + span(EN, from, to, " to ") + ": " + reason.en());
  }

  static LocalText standing(LocalDate since, LocalText reason, int left) {
    return new LocalText(
        "el plazo está detenido desde el "
            + ES.format(since)
            + ": "
            + reason.es()
            + "; faltan "
            + left,
        "o prazo está parado desde " + PT.format(since) + ": " + reason.pt() + "; faltam " + left,
        "the term stands still since " + EN.format(since) + ": " + reason.en() + "; left: " + left);
  }

  static LocalText extended(LocalDate from, LocalDate to) {
    return new LocalText(
        "el último día, "
            + ES.format(from)
            + ", es inhábil: el plazo se prorroga al "
            + ES.format(to),
        "o último dia, "
            + PT.format(from)
            + ", não é útil: o prazo prorroga-se para "
            + PT.format(to),
        "the last day, "
            + EN.format(from)
            + ", is a closed one: the term goes on until "
            + EN.format(to));
  }

  static LocalText last(LocalDate day) {
    return new LocalText(
        "vence al terminar el " + ES.format(day),
        "vence ao terminar " + PT.format(day),
        "runs out at the end of " + EN.format(day));
  }

  private static String span(
      DateTimeFormatter format, LocalDate from, LocalDate to, String between) {
    return from.equals(to)
        ? format.format(from)
        : format.format(from) + between + format.format(to);
  }
}
