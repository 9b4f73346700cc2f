package org.tequio.procedure.term;

import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who resolves procedures. Offices are renamed and stay what they were: an office is its
 * identifier, and its names have dates.
 *
 * @param id the organisation for which its officers hold their role
 * @param prefix with which its folios begin: two to eight capital letters and digits
 * @param names at least one, oldest first
 * @param calendar by which its days are counted
 */
public record Office(String id, String prefix, List<Name> names, OfficeCalendar calendar) {
  private static final Pattern PREFIX = Pattern.compile("[A-Z][A-Z0-9]{1,7}");

  /** Refuses an office without a name and a prefix that cannot be read out. */
  public Office {
    names = List.copyOf(names);
    if (names.isEmpty()) {
      throw new IllegalArgumentException("office " + id + " has no name");
    }
    if (!PREFIX.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          "office "
              + id
              + ": wanted two to eight capital letters and digits as a prefix, got '"
              + prefix
              + "'");
    }
  }

  /** What it is called now. */
  public String name() {
    return names.getLast().name();
  }

  /**
   * A name that it had or has.
   *
   * @param name as it was called
   * @param since the first day on which it was; null where nobody wrote it down
   * @param until the last day; null where it still is, or nobody wrote it down
   */
  public record Name(String name, @Nullable LocalDate since, @Nullable LocalDate until) {}
}
