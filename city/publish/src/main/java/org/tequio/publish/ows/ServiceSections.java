package org.tequio.publish.ows;

import java.util.List;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.formats.Xml;

/**
 * The sections of a capabilities document that say what serves and whose it is (OGC 06-121r9, 7.4.4
 * and 7.4.5). The document declares the prefix {@code ows}.
 */
public final class ServiceSections {
  private static final LocalText MAP_OF = new LocalText("Capas de ", "Camadas de ", "Layers of ");

  private ServiceSections() {}

  /**
   * Writes {@code ServiceIdentification}.
   *
   * @param city the city's name
   * @param type as clients compare it: {@code WFS}
   * @param versions that are spoken
   * @param profiles conformance classes; none for services without them
   */
  public static void identification(
      Xml xml,
      String city,
      LocalText about,
      String type,
      List<String> versions,
      List<String> profiles,
      Language language) {
    xml.start("ows:ServiceIdentification");
    xml.leaf("ows:Title", MAP_OF.in(language) + city);
    xml.leaf("ows:Abstract", about.in(language));
    xml.leaf("ows:ServiceType", type);
    versions.forEach(version -> xml.leaf("ows:ServiceTypeVersion", version));
    profiles.forEach(profile -> xml.leaf("ows:Profile", profile));
    xml.leaf("ows:Fees", "NONE").leaf("ows:AccessConstraints", "NONE").end();
  }

  /**
   * Writes {@code ServiceProvider}.
   *
   * @param site the address of the city's site
   */
  public static void provider(Xml xml, String city, String site) {
    xml.start("ows:ServiceProvider").leaf("ows:ProviderName", city);
    if (!site.isEmpty()) {
      xml.start("ows:ProviderSite", "xlink:href", site + "/").end();
    }
    xml.start("ows:ServiceContact").end().end();
  }

  /** Writes one operation up to its addresses; whoever calls adds parameters and ends it. */
  public static Xml operation(Xml xml, String name, String get, String post) {
    xml.start("ows:Operation", "name", name).start("ows:DCP").start("ows:HTTP");
    if (!get.isEmpty()) {
      xml.start("ows:Get", "xlink:href", get).end();
    }
    if (!post.isEmpty()) {
      xml.start("ows:Post", "xlink:href", post).end();
    }
    return xml.end().end();
  }
}
