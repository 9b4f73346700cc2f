package org.tequio.publish.wmts;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tequio.cartography.PictureFormat;
import org.tequio.catalogue.Catalogue;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.feature.TileMatrixSet;
import org.tequio.http.Action;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.http.Representation;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.publish.layer.PublicLayers;
import org.tequio.publish.map.DrawingRoom;
import org.tequio.publish.map.MapTiles;
import org.tequio.publish.ows.Kvp;
import org.tequio.publish.ows.OwsCode;
import org.tequio.publish.ows.OwsException;
import org.tequio.publish.ows.OwsReport;
import org.tequio.publish.ows.OwsVersion;

/** Web Map Tile Service 1.0.0, by parameters (KVP) and by paths (RESTful). */
public final class WmtsEndpoint {
  static final String PATH = "/wmts";
  static final String VERSION = "1.0.0";
  static final String STYLE = "default";
  static final String FORMAT = PictureFormat.PNG.mediaType();

  private static final List<Representation> XML =
      List.of(new Representation("xml", "application/xml"), new Representation("xml", "text/xml"));

  private static final Parameter<String> STYLE_PART = part("style", "Identifier of a style.");
  private static final Parameter<String> SET = part("tileMatrixSet", "A tile matrix set.");
  private static final Parameter<String> MATRIX = part("tileMatrix", "A level.");
  private static final Parameter<String> ROW = part("tileRow", "A row, from the north.");
  private static final Parameter<String> FILE = part("file", "A column, from the west, and .png.");

  private final PublicLayers layers;
  private final Permissions permissions;
  private final MapTiles tiles;
  private final WmtsCapabilities capabilities;

  /** Answers from these. */
  public WmtsEndpoint(
      Catalogue catalogue,
      PublicLayers layers,
      Permissions permissions,
      DrawingRoom room,
      MapTiles tiles) {
    this.layers = layers;
    this.permissions = permissions;
    this.tiles = tiles;
    this.capabilities = new WmtsCapabilities(catalogue, layers, room);
  }

  private static Parameter<String> part(String name, String description) {
    return new Parameter<>(
        Parameter.Place.PATH,
        name,
        description,
        LocalText.same(name),
        Parameter.schema("string"),
        Optional::of);
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(PATH, "wmts", Action.LAYER_READ, this::byParameters)
            .summary("Web Map Tile Service 1.0.0.")
            .withOpenQuery()
            .answers(FORMAT, null)
            .answers("application/xml", null),
        Endpoint.get(
                PATH + "/1.0.0/WMTSCapabilities.xml",
                "wmtsCapabilities",
                Action.LAYER_READ,
                this::document)
            .summary("What the Web Map Tile Service offers.")
            .answers("application/xml", null),
        Endpoint.get(
                PATH + "/{layer}/{style}/{tileMatrixSet}/{tileMatrix}/{tileRow}/{file}",
                "wmtsTile",
                Action.LAYER_READ,
                this::byPath)
            .summary("A tile as a picture.")
            .with(Parameter.LAYER, STYLE_PART, SET, MATRIX, ROW, FILE)
            .answers(FORMAT, null));
  }

  /** Something to do that may end with an exception report. */
  private interface Work {
    Reply answer();
  }

  private Reply told(Call call, Work work) {
    permissions.require(call, Permission.READ_LAYER);
    try {
      return work.answer();
    } catch (OwsException e) {
      return OwsReport.reply(e, OwsVersion.V1_1, VERSION, call.language());
    } catch (ProblemException e) {
      return OwsReport.reply(OwsException.of(e), OwsVersion.V1_1, VERSION, call.language());
    }
  }

  private Reply document(Call call) {
    return told(
        call,
        () -> {
          call.representation(XML);
          return capabilities.reply(call);
        });
  }

  private Reply byParameters(Call call) {
    return told(call, () -> answer(call, Kvp.of(call)));
  }

  private Reply answer(Call call, Kvp kvp) {
    oneOf(kvp, "service", "WMTS");
    String request = kvp.get("request");
    if (request.equals("GetCapabilities")) {
      return capabilities.reply(call, kvp);
    }
    if (!request.equals("GetTile")) {
      // The standard's own tests ask for this code, where the common one is OperationNotSupported.
      throw OwsException.invalid("request", LocalText.same("GetCapabilities|GetTile"), request);
    }
    oneOf(kvp, "version", VERSION);
    return tile(call, kvp);
  }

  private static void oneOf(Kvp kvp, String name, String value) {
    String got = kvp.get(name);
    if (!got.equals(value)) {
      throw OwsException.invalid(name, LocalText.same(value), got);
    }
  }

  private Reply byPath(Call call) {
    return told(
        call,
        () -> {
          Map<String, String> pairs = new LinkedHashMap<>();
          String file = call.path(FILE);
          pairs.put("layer", call.path(Parameter.LAYER).value());
          pairs.put("style", call.path(STYLE_PART));
          pairs.put("tilematrixset", call.path(SET));
          pairs.put("tilematrix", call.path(MATRIX));
          pairs.put("tilerow", call.path(ROW));
          pairs.put("tilecol", file.endsWith(".png") ? file.replaceFirst("\\.png$", "") : "");
          pairs.put("format", FORMAT);
          return tile(call, Kvp.of(pairs));
        });
  }

  private Reply tile(Call call, Kvp kvp) {
    String name = kvp.get("layer");
    PublicLayer layer =
        (LayerId.isValid(name) ? layers.find(new LayerId(name)) : Optional.<PublicLayer>empty())
            .filter(PublicLayer::hasGeometry)
            .orElseThrow(
                () ->
                    OwsException.invalid(
                        "layer", new LocalText("una capa", "uma camada", "a layer"), name));
    oneOf(kvp, "style", STYLE);
    oneOf(kvp, "format", FORMAT);
    String setName = kvp.get("tilematrixset");
    TileMatrixSet set =
        TileMatrixSet.find(setName)
            .orElseThrow(
                () ->
                    OwsException.invalid(
                        "tilematrixset", LocalText.same(WmtsCapabilities.sets()), setName));
    int z = whole(kvp, "tilematrix", OwsCode.INVALID_PARAMETER_VALUE, 0, MapTiles.LAST_ZOOM);
    TileMatrixSet.Range range =
        MapTiles.range(layer, set, z).orElse(new TileMatrixSet.Range(0, 0, -1, -1));
    int row = whole(kvp, "tilerow", OwsCode.TILE_OUT_OF_RANGE, range.minRow(), range.maxRow());
    int column =
        whole(kvp, "tilecol", OwsCode.TILE_OUT_OF_RANGE, range.minColumn(), range.maxColumn());
    String tag = layer.version() + "-" + call.language().tag();
    return call.isFresh(tag)
        ? Reply.notModified(tag)
        : Reply.bytes(FORMAT, tiles.draw(layer, set, z, column, row, call.language())).tagged(tag);
  }

  private static int whole(Kvp kvp, String name, OwsCode beyond, int least, int most) {
    String text = kvp.get(name);
    if (!text.matches("[0-9]{1,9}")) {
      throw OwsException.invalid(
          name, new LocalText("un entero", "um inteiro", "a whole number"), text);
    }
    int value = Integer.parseInt(text);
    if (value < least || value > most) {
      throw new OwsException(
          beyond,
          name,
          new LocalText(
              name + ": de " + least + " a " + most,
              name + ": de " + least + " a " + most,
              name + ": from " + least + " to " + most));
    }
    return value;
  }
}
