package org.tequio.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.LayerRecord;
import org.tequio.catalogue.PublishingRules;
import org.tequio.feature.LocalText;

/** Whether the layers' own rules let a new version pass without a review, and why not. */
final class AutoPublish {
  private AutoPublish() {}

  /** What stands against it; empty where nothing does. */
  static List<LocalText> reasonsAgainst(
      Catalogue catalogue, List<Submission.LayerChange> layers, Submission.FindingTotals findings) {
    List<LocalText> reasons = new ArrayList<>();
    for (Submission.LayerChange change : layers) {
      Optional<LayerRecord> layer = catalogue.findLayer(change.layer());
      String title = layer.map(l -> l.title().es()).orElse(change.layer().value());
      if (layer.isEmpty() || change.basis() == 0) {
        reasons.add(
            new LocalText(
                "'" + title + "' es una capa nueva",
                "'" + title + "' é uma camada nova",
                "'" + title + "' is a new layer"));
        continue;
      }
      against(layer.get().settings().rules(), change, findings, title, reasons);
    }
    return reasons;
  }

  private static void against(
      PublishingRules rules,
      Submission.LayerChange change,
      Submission.FindingTotals findings,
      String title,
      List<LocalText> reasons) {
    DiffSummary summary = change.summary();
    if (!rules.auto()) {
      reasons.add(
          new LocalText(
              "'" + title + "' siempre pasa por revisión",
              "'" + title + "' sempre passa por revisão",
              "'" + title + "' is always reviewed"));
    }
    if (summary.removed() > rules.maxRemovedShare() * summary.before()) {
      reasons.add(
          new LocalText(
              "desaparecen más elementos de los que la regla permite",
              "desaparecem mais elementos do que a regra permite",
              "more features disappear than the rule allows"));
    }
    if (summary.changed() > rules.maxChangedShare() * summary.before()) {
      reasons.add(
          new LocalText(
              "cambian más elementos de los que la regla permite",
              "mudam mais elementos do que a regra permite",
              "more features change than the rule allows"));
    }
    if (rules.noErrors() && findings.errors() > 0) {
      reasons.add(
          new LocalText(
              "la revisión de calidad encontró errores",
              "a verificação de qualidade encontrou erros",
              "the quality check found errors"));
    }
    if (change.doubtful() > 0) {
      reasons.add(
          new LocalText(
              "hay elementos dudosos por decidir",
              "há elementos duvidosos por decidir",
              "there are doubtful features to settle"));
    }
    change.alarms().forEach(alarm -> reasons.add(alarm.text()));
  }
}
