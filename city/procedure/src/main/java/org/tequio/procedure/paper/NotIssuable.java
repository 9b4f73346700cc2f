package org.tequio.procedure.paper;

import java.util.Optional;
import java.util.stream.Stream;
import org.tequio.feature.LocalText;
import org.tequio.procedure.Answer;
import org.tequio.procedure.Effect;
import org.tequio.procedure.Gap;
import org.tequio.procedure.ProcedureAnswer;
import org.tequio.procedure.ProcedureAnswer.RuleAnswer;

/** Says why no paper comes out of an answer. */
final class NotIssuable {
  private NotIssuable() {}

  static LocalText why(ProcedureAnswer answer) {
    Optional<LocalText> against =
        answer.rules().stream().filter(NotIssuable::isAgainst).map(RuleAnswer::says).findFirst();
    if (against.isPresent()) {
      return with(
          "una regla lo impide: ",
          "uma regra o impede: ",
          "a rule stands against it: ",
          against.get());
    }
    Stream<Gap> gaps =
        Stream.concat(
            answer.rules().stream().flatMap(rule -> Stream.ofNullable(rule.gap())),
            answer.facts().stream().flatMap(fact -> Stream.ofNullable(fact.gap())));
    var fee = answer.fee();
    return Stream.concat(gaps, Stream.ofNullable(fee == null ? null : fee.gap()))
        .map(Gap::reason)
        .map(
            reason ->
                with(
                    "no se emite sobre lo que no se sabe: ",
                    "não se emite sobre o que não se sabe: ",
                    "no paper stands on what is not known: ",
                    reason))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("nothing keeps it from being issued"));
  }

  private static boolean isAgainst(RuleAnswer rule) {
    return rule.rule().effect() instanceof Effect.Forbids && rule.answer() == Answer.APPLIES
        || rule.rule().effect() instanceof Effect.Needs && rule.answer() == Answer.DOES_NOT_APPLY;
  }

  private static LocalText with(String es, String pt, String en, LocalText reason) {
    return new LocalText(es + reason.es(), pt + reason.pt(), en + reason.en());
  }
}
