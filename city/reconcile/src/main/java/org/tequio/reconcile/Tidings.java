package org.tequio.reconcile;

import java.util.List;
import org.tequio.feature.LocalText;
import org.tequio.identity.Notice;
import org.tequio.identity.Notices;

/** Tells whoever set a reconciliation up how it followed the layers it compares. */
final class Tidings {
  private final Notices notices;

  Tidings(Notices notices) {
    this.notices = notices;
  }

  void followed(Reconciliations.Followed followed, long doubtful) {
    Reconciliation one = followed.reconciliation();
    LocalText problem = followed.problem();
    notices.send(
        List.of(one.author()),
        problem == null
            ? new Notice(
                "reconciliation-followed",
                new LocalText(
                    "Conciliación al día: " + one.title(),
                    "Conciliação em dia: " + one.title(),
                    "Reconciliation up to date: " + one.title()),
                waiting(doubtful),
                "/staff/reconcile/" + one.id())
            : new Notice(
                "reconciliation-failed",
                new LocalText(
                    "La conciliación no pudo seguir: " + one.title(),
                    "A conciliação não pôde seguir: " + one.title(),
                    "The reconciliation could not follow: " + one.title()),
                problem,
                "/staff/reconcile/" + one.id()));
  }

  private static LocalText waiting(long doubtful) {
    return doubtful == 0
        ? new LocalText(
            "Una de sus capas publicó una versión nueva. Nada dudoso espera.",
            "Uma de suas camadas publicou uma versão nova. Nada duvidoso espera.",
            "One of its layers published a new version. Nothing doubtful waits.")
        : new LocalText(
            "Una de sus capas publicó una versión nueva. Dudosos por resolver: " + doubtful,
            "Uma de suas camadas publicou uma versão nova. Duvidosos por resolver: " + doubtful,
            "One of its layers published a new version. Doubtful ones to settle: " + doubtful);
  }
}
