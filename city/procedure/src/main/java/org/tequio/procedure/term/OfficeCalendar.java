package org.tequio.procedure.term;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.tequio.procedure.Basis;

/**
 * When an office works. Immutable.
 *
 * @param id in the pack
 * @param zone in which its days begin and end
 * @param weekdays on which it works, at least one
 * @param opens when its working day begins
 * @param closes when it ends, later than it begins
 * @param receives as of when an event outside working hours counts
 * @param ends when a term of calendar days ends whose last day is a closed one
 * @param holidays days on which it is closed
 * @param suspensions days on which terms stand still by decree, as far as they are published
 * @param basis on what this stands
 */
public record OfficeCalendar(
    String id,
    ZoneId zone,
    Set<DayOfWeek> weekdays,
    LocalTime opens,
    LocalTime closes,
    Closed receives,
    Closed ends,
    List<Holiday> holidays,
    List<Suspension> suspensions,
    Basis basis) {
  private static final int MOST_DAYS_AHEAD = 1000;

  /** What a law does with something that meets a closed office. */
  public enum Closed {
    /** It counts on that very day. */
    SAME_DAY,
    /** It counts on the next working day. */
    NEXT_WORKING_DAY
  }

  /** Refuses an office that never works; orders suspensions by their publication. */
  public OfficeCalendar {
    if (weekdays.isEmpty() || !closes.isAfter(opens)) {
      throw new IllegalArgumentException("an office that never works: " + id);
    }
    weekdays = Set.copyOf(weekdays);
    holidays = List.copyOf(holidays);
    suspensions =
        suspensions.stream()
            .sorted(Comparator.comparing(Suspension::published).thenComparing(Suspension::from))
            .toList();
  }

  /** The same with one more suspension. */
  public OfficeCalendar with(Suspension suspension) {
    List<Suspension> more = new ArrayList<>(suspensions);
    more.add(suspension);
    return new OfficeCalendar(
        id, zone, weekdays, opens, closes, receives, ends, holidays, more, basis);
  }

  /** The holiday on a day; nothing where it is none. */
  public Optional<Holiday> findHoliday(LocalDate day) {
    for (Holiday holiday : holidays) {
      if (holiday.in(day.getYear()).filter(day::equals).isPresent()) {
        return Optional.of(holiday);
      }
    }
    return Optional.empty();
  }

  /** True where the office works on a day, as far as weekdays and holidays say. */
  public boolean isWorking(LocalDate day) {
    return weekdays.contains(day.getDayOfWeek()) && findHoliday(day).isEmpty();
  }

  /**
   * The day as of which an event counts. One before the office opens counts on that day; for one
   * after it closes, and on a closed or suspended day, {@link #receives} decides.
   */
  public LocalDate receivedOn(Instant event, String procedure) {
    ZonedDateTime local = event.atZone(zone);
    LocalDate day = local.toLocalDate();
    if (receives == Closed.SAME_DAY) {
      return day;
    }
    boolean onTime = local.toLocalTime().isBefore(closes);
    return onTime && isOpen(day, procedure) ? day : nextOpen(day, procedure);
  }

  private boolean isOpen(LocalDate day, String procedure) {
    return isWorking(day)
        && suspensions.stream()
            .noneMatch(one -> one.holds(procedure, day) && !one.published().isAfter(day));
  }

  private LocalDate nextOpen(LocalDate day, String procedure) {
    for (int ahead = 1; ahead <= MOST_DAYS_AHEAD; ahead++) {
      if (isOpen(day.plusDays(ahead), procedure)) {
        return day.plusDays(ahead);
      }
    }
    throw new IllegalArgumentException("calendar " + id + " has no working day after " + day);
  }

  /** When a term runs out. */
  public Due due(Running running) {
    return TermCount.due(this, running);
  }

  /** The same for two calendars by which every term runs out at the same moment. */
  public String fingerprint() {
    StringBuilder text = new StringBuilder();
    text.append(List.of(zone, new TreeSet<>(weekdays), opens, closes, receives, ends, holidays));
    for (Suspension one : suspensions) {
      text.append(one.from()).append(one.to()).append(one.published());
      text.append(new TreeSet<>(one.procedures()));
    }
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The first moment of a day. */
  Instant start(LocalDate day) {
    return day.atStartOfDay(zone).toInstant();
  }
}
