package org.tequio.procedure.paper;

import java.util.Locale;
import org.tequio.feature.LocalText;

/** What a paper is. */
public enum PaperKind {
  /** What the map says; without legal force. */
  RESPONSE(
      "Respuesta del mapa, sin valor legal",
      "Resposta do mapa, sem valor legal",
      "Answer of the map, without legal force"),
  /** A certificate that the map answers at once. */
  CERTIFICATE("Constancia", "Certidão", "Certificate"),
  /** An office granted what was asked for. */
  GRANT("Resolución favorable", "Decisão favorável", "Decision: granted"),
  /** An office refused it. */
  REFUSAL("Resolución negativa", "Decisão desfavorável", "Decision: refused"),
  /** Something was filed. */
  RECEIPT("Acuse de recibo", "Comprovante de protocolo", "Receipt of filing"),
  /** The term ran out and nobody had resolved. */
  SILENCE(
      "Constancia de silencio de la autoridad",
      "Certidão de silêncio da autoridade",
      "Certificate of silence");

  private final LocalText title;

  PaperKind(String es, String pt, String en) {
    this.title = new LocalText(es, pt, en);
  }

  /** What people read. */
  public LocalText title() {
    return title;
  }

  /** The name on the wire. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
