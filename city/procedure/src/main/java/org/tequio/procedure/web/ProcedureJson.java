package org.tequio.procedure.web;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Procedures on the wire, in the reader's language. */
public final class ProcedureJson {
  private ProcedureJson() {}

  /** All that were asked for. */
  public record ProcedureList(List<ProcedureSummary> procedures) {}

  /** One in a list. */
  public record ProcedureSummary(
      String id,
      String name,
      String description,
      String kind,
      String kindTitle,
      String handling,
      String handlingTitle,
      OfficeJson office,
      boolean toBeConfirmed) {}

  /** An office. */
  public record OfficeJson(String id, String name) {}

  /** One, whole. */
  public record ProcedureWhole(
      String id,
      String name,
      String description,
      String kind,
      String kindTitle,
      String handling,
      String handlingTitle,
      String who,
      OfficeJson office,
      List<InputJson> inputs,
      List<DocumentJson> documents,
      List<RuleJson> rules,
      FeeJson fee,
      @Nullable TermJson deadline,
      @Nullable PreventionJson prevention,
      SilenceJson silence,
      List<StepJson> steps,
      ResultJson result,
      List<String> sources,
      boolean toBeConfirmed) {}

  /** A question. */
  public record InputJson(
      String id,
      String type,
      String question,
      @Nullable String help,
      boolean required,
      @Nullable String when,
      String dataClass,
      @Nullable String shape,
      @Nullable String unit,
      @Nullable Double min,
      @Nullable Double max,
      @Nullable Integer longest,
      @Nullable List<ChoiceJson> choices) {}

  /** A value to choose. */
  public record ChoiceJson(String value, String label) {}

  /** A paper, and which procedures of the city produce it. */
  public record DocumentJson(String id, String name, List<ReferenceJson> producedBy) {}

  /** Another procedure. */
  public record ReferenceJson(String id, String name) {}

  /** A rule as it is written. */
  public record RuleJson(
      String id,
      String question,
      List<String> layers,
      String applies,
      String effect,
      @Nullable String target,
      String ifApplies,
      String ifNot,
      BasisJson basis) {}

  /** On what something stands; {@code confirmed} false: the city has still to confirm it. */
  public record BasisJson(
      String law, @Nullable String source, @Nullable String noted, boolean confirmed) {}

  /** What it costs: {@code free}, {@code unstated} or by a formula. */
  public record FeeJson(
      String kind, @Nullable String formula, @Nullable String currency, BasisJson basis) {}

  /** A term. */
  public record TermJson(int amount, String unit, String from, BasisJson basis) {}

  /** The right to ask for completion. */
  public record PreventionJson(int times, int amount, String unit, BasisJson basis) {}

  /** What silence means. */
  public record SilenceJson(String effect, BasisJson basis) {}

  /** A step. */
  public record StepJson(String id, String name, String role) {}

  /** What comes out; the validity is an ISO 8601 period. */
  public record ResultJson(String name, @Nullable String validity, BasisJson basis) {}

  /** Somebody's answers; kept nowhere. */
  public record Question(Map<String, JsonNode> inputs) {}

  /** What the rules say. */
  public record AnswerJson(
      String procedure,
      String name,
      String day,
      long revision,
      @Nullable EvidenceJson parcel,
      String outcome,
      boolean issuable,
      boolean toBeConfirmed,
      List<RuleAnswerJson> rules,
      List<FactJson> facts,
      FeeAnswerJson fee,
      @Nullable OfficeJson office,
      List<ReferenceJson> further,
      List<String> papers,
      List<DocumentJson> documents) {}

  /** What one rule says: {@code missing} is the layer that would know. */
  public record RuleAnswerJson(
      String id,
      String question,
      String answer,
      String says,
      @Nullable String missing,
      String effect,
      @Nullable String target,
      BasisJson basis,
      List<EvidenceJson> evidence) {}

  /** What was seen of a layer. */
  public record EvidenceJson(
      String standard,
      @Nullable String layer,
      @Nullable String title,
      long revision,
      @Nullable String date,
      List<SeenJson> features) {}

  /** A feature that counted. */
  public record SeenJson(long id, @Nullable String key, Map<String, Object> read) {}

  /** A fact; without a value, {@code says} tells why. */
  public record FactJson(
      String id,
      String label,
      @Nullable Object value,
      @Nullable String unit,
      @Nullable String says,
      @Nullable String missing,
      List<EvidenceJson> evidence) {}

  /** What it costs; without an amount, {@code says} tells why. */
  public record FeeAnswerJson(
      boolean free,
      @Nullable String amount,
      @Nullable String currency,
      @Nullable String says,
      boolean confirmed) {}
}
