package org.tequio.publish.layer;

import org.tequio.catalogue.CommunityLinks;
import org.tequio.feature.LocalText;

/** What is said of features that are elements of the community map. */
public final class OnTheMap {
  private OnTheMap() {}

  /** That a feature is an element of the community map, too. */
  public static LocalText text(CommunityLinks.Element element) {
    LocalText type =
        switch (element.type()) {
          case "node" -> new LocalText("nodo", "nó", "node");
          case "way" -> new LocalText("vía", "via", "way");
          default -> new LocalText("relación", "relação", "relation");
        };
    Integer version = element.version();
    return new LocalText(
        "También en el mapa comunitario: "
            + type.es()
            + " "
            + element.id()
            + (version == null ? "" : ", versión " + version),
        "Também no mapa comunitário: "
            + type.pt()
            + " "
            + element.id()
            + (version == null ? "" : ", versão " + version),
        "Also on the community map: "
            + type.en()
            + " "
            + element.id()
            + (version == null ? "" : ", version " + version));
  }
}
