package org.tequio.catalogue;

import org.tequio.feature.LocalText;

/** How a layer's age stands to the rhythm that its department declared. */
public enum Freshness {
  /** The next version is not due yet. */
  FRESH("Al corriente", "Em dia", "Fresh"),
  /** The next version is due, for less than half a rhythm. */
  DUE("Por actualizarse", "A atualizar", "Due"),
  /** It is due for longer than that. */
  OVERDUE("Atrasada", "Atrasada", "Overdue"),
  /** No rhythm was declared. */
  UNKNOWN("Sin ritmo declarado", "Sem ritmo declarado", "No rhythm declared");

  private final LocalText title;

  Freshness(String es, String pt, String en) {
    this.title = new LocalText(es, pt, en);
  }

  /** What people read. */
  public LocalText title() {
    return title;
  }
}
