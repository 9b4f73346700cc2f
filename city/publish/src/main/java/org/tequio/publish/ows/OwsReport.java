package org.tequio.publish.ows;

import java.util.Map;
import org.tequio.feature.Language;
import org.tequio.formats.Xml;
import org.tequio.http.Reply;

/** Answers with an exception report (OGC 06-121r9, clause 8; 05-008, clause 8). */
public final class OwsReport {
  private OwsReport() {}

  /**
   * The answer.
   *
   * @param serviceVersion what the report says of its version
   */
  public static Reply reply(
      OwsException told, OwsVersion dialect, String serviceVersion, Language language) {
    Xml xml = new Xml("ows:ExceptionReport", Map.of("ows", dialect.namespace()));
    xml.attribute("version", serviceVersion).attribute(dialect.languageAttribute(), language.tag());
    xml.start("ows:Exception", "exceptionCode", told.code().wireName(), "locator", told.locator());
    xml.leaf("ows:ExceptionText", told.text().in(language)).end();
    Reply reply =
        Reply.text("application/xml", xml.toBytes())
            .status(told.status())
            .with("Cache-Control", "no-store");
    return switch (told.status()) {
      case 401 -> reply.with("WWW-Authenticate", "Basic realm=\"Tequio\", charset=\"UTF-8\"");
      case 429 -> reply.with("Retry-After", "30");
      case 503 -> reply.with("Retry-After", "2");
      default -> reply;
    };
  }
}
