package org.tequio.procedure;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;

/**
 * What the rules of a procedure say of one set of inputs.
 *
 * @param procedure of which
 * @param day as of which the law was read
 * @param revision of the store whose layers were asked
 * @param parcel the cadastral parcel that a position was taken to stand for; null where none was
 * @param outcome what the rules say together
 * @param rules one for each rule, in their order
 * @param facts one for each fact that people may read, in their order
 * @param fee what it costs; null where it is free
 * @param office who handles it, by its id; null where the rule that would tell has no answer
 * @param further the procedures that must be done, too, in the order of the rules
 * @param papers further papers, in the order of the rules
 * @param documents the documents that are asked for
 */
public record ProcedureAnswer(
    Procedure procedure,
    LocalDate day,
    long revision,
    @Nullable Evidence parcel,
    Outcome outcome,
    List<RuleAnswer> rules,
    List<FactAnswer> facts,
    @Nullable FeeAnswer fee,
    @Nullable String office,
    List<ProcedureId> further,
    List<LocalText> papers,
    List<Document> documents) {
  /** Copies the lists. */
  public ProcedureAnswer {
    rules = List.copyOf(rules);
    facts = List.copyOf(facts);
    further = List.copyOf(further);
    papers = List.copyOf(papers);
    documents = List.copyOf(documents);
  }

  /**
   * True where a paper may be issued on it: nothing of what the paper would say is unknown, and
   * nothing stands against it, unless the paper only tells.
   */
  public boolean isIssuable() {
    return (outcome == Outcome.POSSIBLE
            || outcome == Outcome.NOT_POSSIBLE && procedure.kind() == Kind.QUERY)
        && rules.stream().allMatch(rule -> rule.answer().isDefinite())
        && facts.stream().allMatch(fact -> fact.gap() == null)
        && (fee == null || fee.amount() != null);
  }

  /**
   * What one rule says.
   *
   * @param rule which
   * @param answer one of four
   * @param says the sentence
   * @param gap why it is not known; null where the answer is definite
   * @param evidence what was seen of each layer that was asked, in the order of asking
   */
  public record RuleAnswer(
      Rule rule, Answer answer, LocalText says, @Nullable Gap gap, List<Evidence> evidence) {
    /** Copies the evidence. */
    public RuleAnswer {
      evidence = List.copyOf(evidence);
    }
  }

  /**
   * What one fact is.
   *
   * @param fact which
   * @param value a text, number, truth value, date or list of these; null where it is not known
   * @param gap why it is not known; null where it is
   * @param evidence what was seen
   */
  public record FactAnswer(
      Fact fact, @Nullable Object value, @Nullable Gap gap, List<Evidence> evidence) {
    /** Copies the evidence. */
    public FactAnswer {
      evidence = List.copyOf(evidence);
    }
  }

  /**
   * What it costs.
   *
   * @param amount with two decimals; null where it is not known
   * @param currency ISO 4217; null where nobody has said
   * @param gap why it is not known; null where it is
   */
  public record FeeAnswer(
      @Nullable BigDecimal amount, @Nullable String currency, @Nullable Gap gap) {}
}
