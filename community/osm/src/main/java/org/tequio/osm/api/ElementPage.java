package org.tequio.osm.api;

import java.time.Instant;
import java.util.List;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.formats.osm.OsmElement;
import org.tequio.http.Reply;
import org.tequio.osm.LayerStatus;

/** What people read of an element: what it says, who made it so, and which features it is. */
public final class ElementPage {
  private static final LocalText NODE = new LocalText("Nodo", "Nó", "Node");
  private static final LocalText WAY = new LocalText("Vía", "Via", "Way");
  private static final LocalText RELATION = new LocalText("Relación", "Relação", "Relation");
  private static final LocalText DELETED =
      new LocalText("Se borró del mapa.", "Foi apagado do mapa.", "It was deleted from the map.");
  private static final LocalText VERSION = new LocalText("Versión", "Versão", "Version");
  private static final LocalText CHANGESET =
      new LocalText("conjunto de cambios", "conjunto de mudanças", "changeset");
  private static final LocalText VERSIONS =
      new LocalText("Todas sus versiones (XML)", "Todas as versões (XML)", "All versions (XML)");
  private static final LocalText LAYERS =
      new LocalText("En las capas de la ciudad", "Nas camadas da cidade", "In the city's layers");
  private static final LocalText NONE =
      new LocalText(
          "Ninguna capa de la ciudad tiene un elemento enlazado con este.",
          "Nenhuma camada da cidade tem um elemento ligado a este.",
          "No layer of the city has a feature that is linked with it.");
  private static final LocalText AGREES =
      new LocalText(
          "coincidieron en la versión ", "concordaram na versão ", "both agreed in version ");
  private static final LocalText CONTRADICTS =
      new LocalText("se contradicen en ", "se contradizem em ", "they contradict each other in ");

  private ElementPage() {}

  /**
   * A feature that the element is.
   *
   * @param layer what people call its layer
   */
  public record LinkedFeature(String layer, LayerStatus.Link link) {}

  /**
   * The page of an element as it stands now.
   *
   * @param hasChangeset false where its changeset was made on another map, and is not here
   */
  public static Reply of(
      Language language, OsmElement element, boolean hasChangeset, List<LinkedFeature> features) {
    LocalText type =
        switch (element.type()) {
          case NODE -> NODE;
          case WAY -> WAY;
          case RELATION -> RELATION;
        };
    String name = element.tag("name");
    String title = type.in(language) + " " + element.id();
    MapPage page = new MapPage(language, name == null ? title : title + " · " + name);
    OsmElement.Meta meta = element.meta();
    page.byline(meta.user(), Instant.ofEpochSecond(meta.timestamp()));
    page.xml().start("p").text(page.in(VERSION) + " " + meta.version());
    if (hasChangeset) {
      page.xml().text(" · ");
      page.link("/changeset/" + meta.changeset(), page.in(CHANGESET) + " " + meta.changeset());
    }
    page.xml().end();
    if (!meta.visible()) {
      page.xml().leaf("p", page.in(DELETED));
    }
    page.xml().start("dl");
    for (int i = 0; i < element.tags().length; i += 2) {
      page.xml().leaf("dt", element.tags()[i]).leaf("dd", element.tags()[i + 1]);
    }
    page.xml().end().start("p");
    if (meta.visible()) {
      page.mapLink("id=" + element.type().word().charAt(0) + element.id());
      page.xml().text(" · ");
    }
    String path = "/" + element.type().word() + "/" + element.id();
    page.link(Routes.ROOT + path + "/history", page.in(VERSIONS));
    page.xml().end().leaf("h2", page.in(LAYERS));
    if (features.isEmpty()) {
      page.xml().leaf("p", page.in(NONE));
    }
    features.forEach(feature -> feature(page, feature));
    return page.reply();
  }

  private static void feature(MapPage page, LinkedFeature feature) {
    LayerStatus.Link link = feature.link();
    page.xml().start("p");
    page.link(
        "/ogc/collections/" + link.layer() + "/items/" + link.feature() + "?f=html",
        feature.layer() + " " + link.feature());
    Integer version = link.version();
    if (version != null) {
      page.xml().text(" · " + page.in(AGREES) + version);
    }
    if (!link.conflicts().isEmpty()) {
      page.xml().text(" · " + page.in(CONTRADICTS) + String.join(", ", link.conflicts()));
    }
    page.xml().end();
  }
}
