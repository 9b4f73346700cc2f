package org.tequio.procedure;

import java.util.Locale;
import org.tequio.feature.LocalText;

/** Who decides a procedure. */
public enum Handling {
  /** The layers, at once. */
  INSTANT("El mapa responde al momento", "O mapa responde na hora", "The map answers at once"),
  /** An officer, with what the system prepared and flagged. */
  ASSISTED(
      "Resuelve una persona, con lo que el mapa preparó",
      "Uma pessoa decide, com o que o mapa preparou",
      "A person decides, with what the map prepared"),
  /** An officer, by a visit or by judgement. */
  JUDGED(
      "Resuelve una persona, con visita o criterio técnico",
      "Uma pessoa decide, com visita ou critério técnico",
      "A person decides, by a visit or technical judgement"),
  /** Whoever the map sends to do it. */
  DISPATCHED(
      "El mapa la turna a quien atiende",
      "O mapa encaminha a quem atende",
      "The map sends it to whoever does it");

  private final LocalText title;

  Handling(String es, String pt, String en) {
    this.title = new LocalText(es, pt, en);
  }

  /** What people read. */
  public LocalText title() {
    return title;
  }

  /** The name in packs and on the wire. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
