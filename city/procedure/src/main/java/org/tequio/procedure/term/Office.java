package org.tequio.procedure.term;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tequio.procedure.Appeal;
import org.tequio.procedure.Retention;

/**
 * Who resolves procedures. Offices are renamed and stay what they were: an office is its
 * identifier, and its names have dates.
 *
 * @param id the organisation for which its officers hold their role
 * @param prefix with which its folios begin: two to eight capital letters and digits
 * @param names at least one, oldest first
 * @param calendar by which its days are counted
 * @param appeals what may be done against its decisions, the most particular first
 * @param retentions how long its files are kept, the most particular first
 * @param texts what its officers may begin their own texts with
 */
public record Office(
    String id,
    String prefix,
    List<Name> names,
    OfficeCalendar calendar,
    List<OfProcedures<Appeal>> appeals,
    List<OfProcedures<Retention>> retentions,
    List<OfficeText> texts) {
  private static final Pattern PREFIX = Pattern.compile("[A-Z][A-Z0-9]{1,7}");

  /** Refuses an office without a name and a prefix that cannot be read out. */
  public Office {
    names = List.copyOf(names);
    appeals = List.copyOf(appeals);
    retentions = List.copyOf(retentions);
    texts = List.copyOf(texts);
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

  /** What may be done against what it decides of a procedure; nothing where nobody has said. */
  public Optional<Appeal> findAppeal(String procedure) {
    return first(appeals, procedure);
  }

  /** How long it keeps the files of a procedure; nothing where nobody has said. */
  public Optional<Retention> findRetention(String procedure) {
    return first(retentions, procedure);
  }

  private static <T> Optional<T> first(List<OfProcedures<T>> all, String procedure) {
    return all.stream().filter(one -> one.holdsFor(procedure)).map(OfProcedures::value).findFirst();
  }

  Office with(OfficeCalendar other) {
    return new Office(id, prefix, names, other, appeals, retentions, texts);
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
