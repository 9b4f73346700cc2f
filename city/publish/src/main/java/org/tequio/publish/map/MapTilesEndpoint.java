package org.tequio.publish.map;

import java.util.List;
import java.util.Optional;
import org.tequio.cartography.PictureFormat;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.feature.TileMatrixSet;
import org.tequio.http.Action;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.publish.layer.Moment;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.publish.layer.PublicLayers;

/** OGC API – Tiles Part 1 (OGC 20-057), map tiles: pictures of one layer. */
public final class MapTilesEndpoint {
  private static final Parameter<TileMatrixSet> SET =
      new Parameter<>(
          Parameter.Place.PATH,
          "tileMatrixSet",
          "Identifier of a tile matrix set.",
          LocalText.same("WebMercatorQuad|WorldCRS84Quad"),
          Parameter.schema("string"),
          TileMatrixSet::find);
  private static final Parameter<Integer> MATRIX = whole("tileMatrix", "Level.");
  private static final Parameter<Integer> ROW = whole("tileRow", "Row, from the north.");
  private static final Parameter<Integer> COLUMN = whole("tileCol", "Column, from the west.");

  private final PublicLayers layers;
  private final Permissions permissions;
  private final MapTiles tiles;

  /** Answers from these. */
  public MapTilesEndpoint(PublicLayers layers, Permissions permissions, MapTiles tiles) {
    this.layers = layers;
    this.permissions = permissions;
    this.tiles = tiles;
  }

  private static Parameter<Integer> whole(String name, String description) {
    return new Parameter<>(
        Parameter.Place.PATH,
        name,
        description,
        new LocalText("un entero", "um inteiro", "a whole number"),
        Parameter.schema("integer", "minimum", 0),
        text -> text.matches("[0-9]{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty());
  }

  /** Its operation. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
                "/ogc/collections/{layer}/map/tiles/{tileMatrixSet}/{tileMatrix}/{tileRow}/{tileCol}",
                "collection.map.getTile",
                Action.LAYER_READ,
                this::tile)
            .summary("A tile of one layer as a picture.")
            .with(Parameter.LAYER, SET, MATRIX, ROW, COLUMN, Moment.AS_OF)
            .answers(PictureFormat.PNG.mediaType(), null));
  }

  private Reply tile(Call call) {
    LayerId id = call.path(Parameter.LAYER);
    permissions.require(call, Permission.READ_LAYER);
    PublicLayer layer = layers.get(id, Moment.of(call));
    TileMatrixSet set = call.path(SET);
    int z = call.path(MATRIX);
    int row = call.path(ROW);
    int column = call.path(COLUMN);
    boolean exists =
        z <= MapTiles.LAST_ZOOM
            && MapTiles.range(layer, set, z)
                .filter(range -> column >= range.minColumn() && column <= range.maxColumn())
                .filter(range -> row >= range.minRow() && row <= range.maxRow())
                .isPresent();
    if (!layer.hasGeometry() || !exists) {
      throw new ProblemException(Problem.notFound(z + "/" + row + "/" + column));
    }
    String tag = layer.version() + "-" + call.language().tag();
    return call.isFresh(tag)
        ? Reply.notModified(tag)
        : Reply.bytes(
                PictureFormat.PNG.mediaType(),
                tiles.draw(layer, set, z, column, row, call.language()))
            .tagged(tag);
  }
}
