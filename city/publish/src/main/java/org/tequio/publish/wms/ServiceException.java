package org.tequio.publish.wms;

import java.util.Map;
import org.tequio.feature.Language;
import org.tequio.formats.Xml;
import org.tequio.http.Reply;

/** Answers with a service exception report (06-042, annex E.2; 01-068r3, annex A.3). */
final class ServiceException {
  private ServiceException() {}

  static Reply reply(WmsException e, WmsVersion version, Language language) {
    boolean modern = version == WmsVersion.V1_3_0;
    Xml xml =
        new Xml(
            "ServiceExceptionReport", modern ? Map.of("", "http://www.opengis.net/ogc") : Map.of());
    xml.attribute("version", version.wireName());
    WmsException.Code code = e.code();
    xml.leaf(
        "ServiceException",
        e.text().in(language),
        "code",
        code == null ? null : code.wireName(version));
    Reply reply =
        Reply.text(modern ? "text/xml" : "application/vnd.ogc.se_xml", xml.toBytes())
            .status(e.status())
            .with("Cache-Control", "no-store");
    return e.status() == 503 ? reply.with("Retry-After", "2") : reply;
  }
}
