package org.tequio.procedure.term;

import java.util.Locale;
import org.tequio.feature.LocalText;

/**
 * A text that a pack brings for its offices to begin with, such as a first wording of a prevention.
 *
 * @param id in its pack
 * @param act what it is written for
 * @param title by which officers know it
 * @param text with blanks, such as <code>{folio}</code>
 */
public record OfficeText(String id, Act act, LocalText title, LocalText text) {

  /** What a text of an office is written for. */
  public enum Act {
    /** Asking that something be completed. */
    PREVENT,
    /** Granting. */
    GRANT,
    /** Refusing. */
    REFUSE,
    /** Asking another office. */
    ASK,
    /** Giving an opinion. */
    OPINE,
    /** Noting a visit. */
    VISIT;

    /** The name in files and requests. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
