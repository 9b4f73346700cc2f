package org.tequio.procedure;

import java.time.Period;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.tequio.feature.LocalText;

/**
 * How long the files of a procedure are kept, and what of them stays for good. Nothing is archived
 * or erased by a rule that the city's lawyers have not confirmed; it only says what it would do.
 *
 * @param archiveAfter from the day on which a file ended
 * @param eraseAfter from that day, too
 * @param keeps what is not erased even then
 * @param reason why it is kept so long; for whoever asks for an erasure before
 * @param basis on what it stands
 */
public record Retention(
    Period archiveAfter, Period eraseAfter, Set<Part> keeps, LocalText reason, Basis basis) {

  /** What of a file tells of people. */
  public enum Part {
    /** What the applicant answered. */
    ANSWERS,
    /** Papers and photos. */
    FILES,
    /** What officers and applicants wrote: reasons, opinions, visits, notes, remarks. */
    WORDS,
    /** Whose file it is. */
    ACCOUNT;

    /** The name in packs. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Copies the set; refuses to erase what is not archived yet. */
  public Retention {
    keeps = Set.copyOf(keeps);
    if (archiveAfter.isNegative()
        || archiveAfter.toTotalMonths() * 31 + archiveAfter.getDays()
            > eraseAfter.toTotalMonths() * 28 + eraseAfter.getDays()) {
      throw new IllegalArgumentException(
          "wanted to archive before erasing, got " + archiveAfter + " and " + eraseAfter);
    }
  }

  /** What is erased. */
  public Set<Part> erases() {
    Set<Part> parts = EnumSet.allOf(Part.class);
    parts.removeAll(keeps);
    return parts;
  }
}
