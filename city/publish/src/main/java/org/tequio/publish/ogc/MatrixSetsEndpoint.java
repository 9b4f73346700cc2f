package org.tequio.publish.ogc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.feature.TileMatrixSet;
import org.tequio.http.Action;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Reply;
import org.tequio.http.Representation;
import org.tequio.publish.html.HtmlPage;
import org.tequio.publish.html.Link;
import org.tequio.publish.tile.TilesEndpoint;

/** How the world is cut into tiles: the definitions of tile matrix sets (OGC 17-083r4). */
public final class MatrixSetsEndpoint {
  static final String ROOT = OgcEndpoint.ROOT + "/tileMatrixSets";

  /** Identifies a tile matrix set in the path. */
  static final Parameter<TileMatrixSet> TILE_MATRIX_SET =
      new Parameter<>(
          Parameter.Place.PATH,
          "tileMatrixSet",
          "Identifier of a tile matrix set.",
          LocalText.same("WebMercatorQuad"),
          Parameter.schema(
              "string",
              "enum",
              Arrays.stream(TileMatrixSet.values()).map(TileMatrixSet::id).toList()),
          TileMatrixSet::find);

  private static final List<Representation> FORMS =
      List.of(Representation.JSON, Representation.HTML);

  private final Permissions permissions;

  /** Answers anyone who may read. */
  public MatrixSetsEndpoint(Permissions permissions) {
    this.permissions = permissions;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(ROOT, "getTileMatrixSetsList", Action.CITY_READ, this::list)
            .summary("The tile matrix sets that tiles are offered in.")
            .with(Representation.F)
            .answers("application/json", MatrixSets.class)
            .answers("text/html", null),
        Endpoint.get(
                ROOT + "/{tileMatrixSet}", "getTileMatrixSet", Action.CITY_READ, this::definition)
            .summary("One tile matrix set, level by level.")
            .with(TILE_MATRIX_SET, Representation.F)
            .answers("application/json", MatrixSet.class)
            .answers("text/html", null));
  }

  record MatrixSets(List<MatrixSetItem> tileMatrixSets) {}

  record MatrixSetItem(String id, String title, String uri, String crs, List<Link> links) {}

  record MatrixSet(
      String id,
      String title,
      String uri,
      List<String> orderedAxes,
      String crs,
      String wellKnownScaleSet,
      List<Matrix> tileMatrices) {}

  record Matrix(
      String id,
      double scaleDenominator,
      double cellSize,
      String cornerOfOrigin,
      List<Double> pointOfOrigin,
      int tileWidth,
      int tileHeight,
      int matrixWidth,
      int matrixHeight) {}

  private Reply list(Call call) {
    permissions.require(call, Permission.READ_CITY);
    List<MatrixSetItem> all = new ArrayList<>();
    for (TileMatrixSet set : TileMatrixSet.values()) {
      all.add(
          new MatrixSetItem(
              set.id(),
              set.id(),
              set.uri(),
              set.crs().uri(),
              List.of(new Link(link(call, set), "self", "application/json", set.id()))));
    }
    if (!call.representation(FORMS).equals(Representation.HTML)) {
      return Reply.json(new MatrixSets(all));
    }
    Language language = call.language();
    return Reply.html(
        new HtmlPage(language, OgcTexts.MATRIX_SETS.in(language), OgcEndpoint.trail(call))
            .lead("OGC 17-083r4")
            .links(
                all.stream()
                    .map(one -> new Link(ROOT + "/" + one.id, "item", "text/html", one.id))
                    .toList())
            .end());
  }

  /** The address of a definition. */
  static String link(Call call, TileMatrixSet set) {
    return call.link(ROOT + "/" + set.id());
  }

  private Reply definition(Call call) {
    TileMatrixSet set = call.path(TILE_MATRIX_SET);
    permissions.require(call, Permission.READ_CITY);
    List<Matrix> matrices = new ArrayList<>();
    for (int z = 0; z <= TilesEndpoint.LAST_ZOOM; z++) {
      matrices.add(
          new Matrix(
              Integer.toString(z),
              set.scaleDenominator(z),
              set.cellSize(z),
              "topLeft",
              List.of(set.west(), set.north()),
              TileMatrixSet.TILE_PIXELS,
              TileMatrixSet.TILE_PIXELS,
              set.columns(z),
              set.rows(z)));
    }
    if (!call.representation(FORMS).equals(Representation.HTML)) {
      return Reply.json(
          new MatrixSet(
              set.id(),
              set.id(),
              set.uri(),
              List.of("X", "Y"),
              set.crs().uri(),
              set.scaleSet(),
              matrices));
    }
    Language language = call.language();
    HtmlPage page =
        new HtmlPage(
                language,
                set.id(),
                OgcEndpoint.trail(call, OgcTexts.MATRIX_SETS.in(language), ROOT))
            .lead(set.uri())
            .table(List.of("z", "1 :", "x", "y"));
    matrices.forEach(
        matrix ->
            page.row()
                .head(matrix.id)
                .cell(matrix.scaleDenominator)
                .cell(matrix.matrixWidth)
                .cell(matrix.matrixHeight));
    return Reply.html(page.endTable().end());
  }
}
