package org.tequio.procedure;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;

/**
 * A paper that was answered again as of its day.
 *
 * @param code of the paper
 * @param folio of the paper
 * @param day as of which it was answered
 * @param revision of the store whose layers were asked
 * @param pack by which rules, with their version
 * @param differences what comes out otherwise; none where the same does
 * @param hindered why it could not be answered again; null where it was
 */
public record PaperReplay(
    String code,
    String folio,
    LocalDate day,
    long revision,
    String pack,
    List<Difference> differences,
    @Nullable LocalText hindered) {
  /** Copies the differences. */
  public PaperReplay {
    differences = List.copyOf(differences);
  }

  /**
   * Something that comes out otherwise.
   *
   * @param path where in the answer, such as {@code rules/single_zoning/answer}
   * @param then what the paper says; empty for nothing
   * @param now what comes out; empty for nothing
   */
  public record Difference(String path, String then, String now) {}
}
