package org.tequio.procedure;

import java.util.Locale;
import org.tequio.feature.LocalText;

/** What a procedure ends in. */
public enum Kind {
  /** An answer without legal force. */
  QUERY("Consulta", "Consulta", "Query"),
  /** A paper that says what is so. */
  CERTIFICATE("Constancia o certificado", "Certidão", "Certificate"),
  /** Something that one tells the authority. */
  NOTICE("Aviso", "Comunicação", "Notice"),
  /** An entry in a register of the authority. */
  REGISTRATION("Registro", "Registro", "Registration"),
  /** A permission. */
  LICENCE("Licencia o permiso", "Licença ou alvará", "Licence or permit"),
  /** A judgement of an authority on a case. */
  RULING("Dictamen", "Parecer", "Ruling"),
  /** Something that the city is asked to do. */
  SERVICE_REQUEST("Solicitud de servicio", "Solicitação de serviço", "Service request");

  private final LocalText title;

  Kind(String es, String pt, String en) {
    this.title = new LocalText(es, pt, en);
  }

  /** What people read. */
  public LocalText title() {
    return title;
  }

  /** The name in packs and on the wire. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
