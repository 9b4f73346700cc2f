package org.tequio.osm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.formats.osm.OsmElement;
import tools.jackson.databind.JsonNode;

/** Alicia keeps the layer of the cadastre, Bruno the neighbour has an account. */
class MapLayersOverHttpTest {
  private static final String SETTLE = "/api/map/layers/buildings/settle";

  @TempDir Path folder;
  private ServedTown served;
  private MappedTown town;

  @BeforeEach
  void serve() throws IOException {
    served = new ServedTown(folder);
    town = served.town;
  }

  @AfterEach
  void close() {
    served.close();
  }

  @Test
  void theElementThatIsNotThereHasNoPage() throws Exception {
    assertThat(served.get("/way/5?lang=pt").statusCode()).isEqualTo(404);
    assertThat(served.get("/way/5?lang=pt").body()).contains("Não existe");
    assertThat(served.get("/way/x").statusCode()).isEqualTo(404);
  }

  @Test
  void whoOnlyHasAnAccountNeitherReadsContradictionsNorSettlesThem() throws Exception {
    String way = contradicting();

    assertThat(served.post("nobody", SETTLE, settlement(way, "layer")).statusCode()).isEqualTo(401);
    assertThat(served.post("bruno", SETTLE, settlement(way, "layer")).statusCode()).isEqualTo(403);
    assertThat(served.get("/api/map/layers/buildings/conflicts").statusCode()).isEqualTo(401);
  }

  @Test
  void whatIsNoElementOrNoSideIsRefused() throws Exception {
    String way = contradicting();

    assertThat(served.post("alicia", SETTLE, settlement("way/0", "layer")).statusCode())
        .isEqualTo(400);
    assertThat(served.post("alicia", SETTLE, settlement(way, "mayor")).statusCode()).isEqualTo(400);
    assertThat(served.post("alicia", SETTLE, settlement("way/99", "layer")).statusCode())
        .isEqualTo(404);
  }

  @Test
  void bothSidesAreReadSettledAndOpenedAgain() throws Exception {
    String way = contradicting();

    JsonNode layer = ServedTown.read(served.post("alicia", SETTLE, settlement(way, "layer")));
    JsonNode open = ServedTown.read(served.post("alicia", SETTLE, settlement(way, "open")));

    JsonNode difference = layer.get("items").get(0).get("differences").get(0);
    assertThat(difference.get("inLayer").asString()).isEqualTo("H");
    assertThat(difference.get("onMap").asString()).isEqualTo("O");
    assertThat(difference.get("right").asString()).isEqualTo("layer");
    assertThat(open.get("items").get(0).get("differences").get(0).get("right").isNull()).isTrue();
  }

  @Test
  void theFeatureAndItsElementLeadToEachOtherUntilTheElementIsDeleted() throws Exception {
    String way = contradicting();
    long id = town.at(0).id().value();
    long gone = town.draw(1, "building", "yes");
    town.propose();
    town.delete(gone);

    assertThat(served.get("/" + way + "?lang=es").body())
        .contains(
            "Versión 1", "<bdi>Bruno</bdi>", "/changeset/", "building", "se contradicen en uso")
        .contains("/ogc/collections/construcciones/items/" + id + "?f=html");
    assertThat(served.get("/way/" + gone + "?lang=en").body()).contains("deleted from the map");
    assertThat(served.get("/" + way).headers().firstValue("Content-Security-Policy")).isPresent();
    var links = town.layers.communityLinks();
    assertThat(links.find(MappedTown.BUILDINGS, List.of(id, town.at(1).id().value(), 99L)))
        .containsOnlyKeys(id)
        .hasEntrySatisfying(id, element -> assertThat(element.name()).isEqualTo(way));
    assertThat(links.find(MappedTown.BUILDINGS, List.of())).isEmpty();
  }

  /** Bruno says of the first building that it is an office. */
  private String contradicting() throws IOException {
    long way = town.draw(0, "building", "office");
    town.propose();
    return OsmElement.Type.WAY.word() + "/" + way;
  }

  private static Map<String, String> settlement(String element, String right) {
    return Map.of("element", element, "right", right);
  }
}
