package org.tequio.procedure;

import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;

/**
 * What may be done against a decision.
 *
 * @param name what the law calls it
 * @param before who hears it
 * @param term in which it must be lodged, from the day after the decision was notified; null where
 *     the city has not said
 * @param basis on what it stands
 */
public record Appeal(LocalText name, LocalText before, @Nullable Term term, Basis basis) {

  /** The same as one sentence, without its law. */
  public LocalText says() {
    Term known = term;
    if (known == null) {
      return new LocalText(
          name.es() + ", ante " + before.es() + "; el plazo está por confirmar por la ciudad",
          name.pt() + ", perante " + before.pt() + "; o prazo está por confirmar pela cidade",
          name.en() + ", before " + before.en() + "; its term is to be confirmed by the city");
    }
    LocalText days = known.says();
    return new LocalText(
        name.es()
            + ", ante "
            + before.es()
            + ", en "
            + days.es()
            + " desde el día siguiente a la notificación",
        name.pt()
            + ", perante "
            + before.pt()
            + ", em "
            + days.pt()
            + " a partir do dia seguinte à notificação",
        name.en()
            + ", before "
            + before.en()
            + ", within "
            + days.en()
            + " from the day after the notification");
  }
}
