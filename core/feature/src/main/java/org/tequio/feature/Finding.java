package org.tequio.feature;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something wrong or notable that an import or a check saw (ISO 19157). Counted and kept; never a
 * silent fix.
 *
 * @param code what it is
 * @param severity how much it matters here
 * @param source the file (and layer) where it was seen, as people would name it; for example {@code
 *     barrios.zip!/barrios.shp}
 * @param subject what it is about where the code needs it: a field, another file, an encoding; null
 *     where it is the whole source
 * @param count how many features, rows or values; at least 1
 * @param evidence one sentence of facts for the specialist: numbers, candidates, positions; not
 *     translated
 * @param action what was done with the data
 * @param examples at most {@value #MAX_EXAMPLES}
 */
public record Finding(
    FindingCode code,
    Severity severity,
    String source,
    @Nullable String subject,
    long count,
    String evidence,
    Action action,
    List<Example> examples) {

  /** How many examples a finding keeps. */
  public static final int MAX_EXAMPLES = 20;

  /** Refuses a count below one and cuts surplus examples. */
  public Finding {
    if (count < 1) {
      throw new IllegalArgumentException("a finding counts at least one, not " + count);
    }
    examples =
        examples.size() > MAX_EXAMPLES
            ? List.copyOf(examples.subList(0, MAX_EXAMPLES))
            : List.copyOf(examples);
  }

  /** A finding about a whole source, without examples. */
  public static Finding of(
      FindingCode code, String source, @Nullable String subject, String evidence, Action action) {
    return new Finding(code, code.severity(), source, subject, 1, evidence, action, List.of());
  }

  /** What was done with the data that a finding is about. */
  public enum Action {
    /** Kept exactly as it came. */
    KEPT,
    /** Read by a stated assumption; the bytes as received are in the blob store. */
    ASSUMED,
    /** A cell that stands for "not known" became null. */
    NULLED,
    /** A feature or row is not in the layer but kept beside it. */
    SET_ASIDE,
    /** The whole file was refused. */
    REFUSED,
    /** The field is closed to the public until someone opens it. */
    CLOSED,
    /** Changed because someone chose so; before and after are in the examples. */
    REPAIRED
  }

  /**
   * One case.
   *
   * @param row the feature's number in its source from 1, or the line of a text file; 0 where the
   *     case is not one row
   * @param text what stands there, shortened
   * @param x longitude in degrees (WGS 84); NaN where there is no place
   * @param y latitude in degrees (WGS 84); NaN where there is no place
   */
  public record Example(long row, String text, double x, double y) {
    private static final int MAX_TEXT = 200;

    /** Shortens long texts. */
    public Example {
      if (text.length() > MAX_TEXT) {
        text = text.substring(0, MAX_TEXT) + "…";
      }
    }

    /** A case without a place. */
    public static Example of(long row, String text) {
      return new Example(row, text, Double.NaN, Double.NaN);
    }
  }
}
