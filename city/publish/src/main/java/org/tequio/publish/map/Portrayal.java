package org.tequio.publish.map;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.tequio.cartography.PictureFormat;
import org.tequio.catalogue.Catalogue;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Permissions;
import org.tequio.publish.html.Link;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.publish.layer.PublicLayers;

/** What the OGC API says of how layers look: Maps, map tiles and Styles. */
public final class Portrayal {
  /** The conformance classes that are met. */
  public static final List<String> CONFORMANCE =
      Stream.of(MapsEndpoint.CONFORMANCE, StylesEndpoint.CONFORMANCE)
          .flatMap(List::stream)
          .toList();

  private static final LocalText AS_MAP = new LocalText("Mapa", "Mapa", "Map");
  private static final LocalText STYLES = new LocalText("Estilos", "Estilos", "Styles");

  private final List<Endpoint> endpoints = new ArrayList<>();

  /** Answers from these. */
  public Portrayal(
      Catalogue catalogue,
      PublicLayers layers,
      Permissions permissions,
      DrawingRoom room,
      MapTiles tiles) {
    endpoints.addAll(new MapsEndpoint(catalogue, layers, permissions, room).endpoints());
    endpoints.addAll(new MapTilesEndpoint(layers, permissions, tiles).endpoints());
    endpoints.addAll(new StylesEndpoint(layers, permissions, room).endpoints());
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.copyOf(endpoints);
  }

  /** The links of the landing page. */
  public static List<Link> links(Call call) {
    return links(call, "/ogc");
  }

  /** The links of a layer; none for a plain table. */
  public static List<Link> links(Call call, PublicLayer layer) {
    return layer.hasGeometry() ? links(call, "/ogc/collections/" + layer.id()) : List.of();
  }

  private static List<Link> links(Call call, String path) {
    Language language = call.language();
    return List.of(
        new Link(
            call.link(path + "/map"),
            MapsEndpoint.MAP,
            PictureFormat.PNG.mediaType(),
            AS_MAP.in(language)),
        new Link(
            call.link(path + "/styles"),
            StylesEndpoint.STYLES,
            "application/json",
            STYLES.in(language)));
  }
}
