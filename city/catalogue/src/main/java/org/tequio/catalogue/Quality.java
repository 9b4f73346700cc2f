package org.tequio.catalogue;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;

/**
 * How good a layer is, by the rules of the manual's page on quality, with the reasons.
 *
 * @param grade null where nobody checked the layer
 * @param reasons one for each question that was asked of it
 */
public record Quality(@Nullable Grade grade, List<Reason> reasons) {
  /** Copies the reasons. */
  public Quality {
    reasons = List.copyOf(reasons);
  }

  /** From the best to the worst. */
  public enum Grade {
    /** Every answer is good. */
    A,
    /** No answer is poor; one may be fair or not known. */
    B,
    /** One answer is poor, or several are fair or not known. */
    C,
    /** More than one answer is poor. */
    D
  }

  /** What the answer to a question is. */
  public enum Answer {
    /** As it should be. */
    GOOD,
    /** Usable, with care. */
    FAIR,
    /** Not as it should be. */
    POOR,
    /** Nobody knows; that is not the same as good. */
    UNKNOWN
  }

  /** What is asked of every layer. */
  public enum Question {
    /** How many features have a finding that is an error. */
    ERRORS("Errores", "Erros", "Errors"),
    /** How many features have a finding that someone should look at. */
    WARNINGS("Advertencias", "Avisos", "Warnings"),
    /** How many cells are filled. */
    COMPLETENESS("Celdas llenas", "Células preenchidas", "Filled cells"),
    /** How much of the city it speaks of. */
    COVERAGE("Cobertura", "Cobertura", "Coverage"),
    /** Whether a feature is known again in the next version. */
    IDENTITY("Clave", "Chave", "Key");

    private final LocalText title;

    Question(String es, String pt, String en) {
      this.title = new LocalText(es, pt, en);
    }

    /** What people read. */
    public LocalText title() {
      return title;
    }
  }

  /**
   * The answer to one question.
   *
   * @param text the figure behind it, for people
   */
  public record Reason(Question question, Answer answer, LocalText text) {}
}
