package org.tequio.publish.map;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.cartography.MapPrinter;
import org.tequio.cartography.Paper;
import org.tequio.cartography.PictureFormat;
import org.tequio.cartography.PrintedMap;
import org.tequio.catalogue.Catalogue;
import org.tequio.feature.Bbox;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
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

/** Maps on paper, as PDF or PNG. */
public final class PrintEndpoint {
  private static final String PDF = "application/pdf";
  private static final int MOST_LAYERS = 20;
  private static final int LONGEST_TITLE = 120;

  private static final Parameter<String> F = Parameter.choice("f", "Form.", "pdf", "png");
  private static final Parameter<String> PAPER =
      Parameter.choice("paper", "Size of the paper; A4 unless said.", "A4", "A3");
  private static final Parameter<String> ORIENTATION =
      Parameter.choice(
          "orientation", "How the paper lies; landscape unless said.", "landscape", "portrait");
  private static final Parameter<String> TITLE =
      Parameter.text("title", "Heading; the layers' titles unless said.", LONGEST_TITLE);
  private static final Parameter<Integer> DPI =
      Parameter.integer("dpi", "How fine the map is.", 72, PrintedMap.MOST_DPI, 300);
  private static final Parameter<Double> SCALE =
      Parameter.number("scale", "Denominator of the scale; else all is shown.", 100, 1e8);
  private static final Parameter<List<LayerId>> LAYERS =
      new Parameter<>(
          Parameter.Place.QUERY,
          "layers",
          "The layers, by commas, the lowest first.",
          new LocalText(
              "de 1 a " + MOST_LAYERS + " capas",
              "de 1 a " + MOST_LAYERS + " camadas",
              "1 to " + MOST_LAYERS + " layers"),
          Parameter.schema("string"),
          text -> MapsEndpoint.ids(text).filter(ids -> ids.size() <= MOST_LAYERS));
  private static final Parameter<Bbox> BBOX =
      new Parameter<>(
          Parameter.Place.QUERY,
          "bbox",
          "What the map shows at least: west, south, east, north in degrees.",
          new LocalText("oeste,sur,este,norte", "oeste,sul,leste,norte", "west,south,east,north"),
          Parameter.schema("string"),
          text ->
              MapsEndpoint.four(text)
                  .filter(n -> n[0] >= -180 && n[2] <= 180 && n[1] >= -90 && n[3] <= 90)
                  .map(n -> new Bbox(n[0], n[1], n[2], n[3])));

  private final Catalogue catalogue;
  private final PublicLayers layers;
  private final Permissions permissions;
  private final DrawingRoom room;
  private final MapPrinter printer;
  private final Clock clock;

  /** Answers from these. */
  public PrintEndpoint(
      Catalogue catalogue,
      PublicLayers layers,
      Permissions permissions,
      DrawingRoom room,
      Clock clock) {
    this.catalogue = catalogue;
    this.layers = layers;
    this.permissions = permissions;
    this.room = room;
    this.printer = new MapPrinter(room.pictures());
    this.clock = clock;
  }

  /** Its operation. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/print", "print", Action.LAYER_READ, this::print)
            .summary("A map on paper with its title, legend, scale, north, sources and date.")
            .with(LAYERS, BBOX, SCALE, TITLE, PAPER, ORIENTATION, DPI, F, Moment.AS_OF)
            .answers(PDF, null)
            .answers(PictureFormat.PNG.mediaType(), null));
  }

  private Reply print(Call call) {
    permissions.require(call, Permission.READ_LAYER);
    List<PublicLayer> asked = new ArrayList<>();
    for (LayerId id : call.required(LAYERS)) {
      PublicLayer layer = layers.get(id, Moment.of(call));
      if (!layer.hasGeometry()) {
        throw new ProblemException(Problem.notFound(id.value()));
      }
      asked.add(layer);
    }
    PrintedMap map = map(call, asked);
    boolean png = call.query(F).orElse("pdf").equals("png");
    byte[] printed = room.inTurn(map.pixels(), () -> png ? printer.toPng(map) : printer.toPdf(map));
    return Reply.bytes(png ? PictureFormat.PNG.mediaType() : PDF, printed)
        .with(
            "Content-Disposition",
            "inline; filename=\"" + fileName(asked) + (png ? ".png\"" : ".pdf\""))
        .with("Cache-Control", "no-store");
  }

  private static String fileName(List<PublicLayer> asked) {
    return asked.getFirst().id().value();
  }

  private PrintedMap map(Call call, List<PublicLayer> asked) {
    String title =
        call.query(TITLE)
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .orElseGet(() -> title(call, asked));
    return new PrintedMap(
        title,
        catalogue.city().name(),
        room.styled(asked, call.language()),
        place(call, asked),
        catalogue.city().crs(),
        Paper.valueOf(call.query(PAPER).orElse("A4")),
        call.query(ORIENTATION).orElse("landscape").equals("landscape"),
        call.query(SCALE).orElse(null),
        call.query(DPI).orElse(PrintedMap.MOST_DPI),
        call.language(),
        LocalDate.now(clock),
        call.base(),
        PrintedMap.PATIENCE);
  }

  private static String title(Call call, List<PublicLayer> asked) {
    String all =
        String.join(
            ", ", asked.stream().map(layer -> layer.record().title().in(call.language())).toList());
    return all.length() > LONGEST_TITLE
        ? asked.getLast().record().title().in(call.language())
        : all;
  }

  private Bbox place(Call call, List<PublicLayer> asked) {
    Optional<Bbox> said = call.query(BBOX);
    if (said.isPresent()) {
      return said.get();
    }
    @Nullable Bbox box = null;
    for (PublicLayer layer : asked) {
      Bbox extent = layer.record().extent();
      box = box == null ? extent : extent == null ? box : box.union(extent);
    }
    if (box == null) {
      box = catalogue.city().bounds();
    }
    if (box == null) {
      throw new ProblemException(Problem.invalidParameter("bbox", BBOX.wanted(), ""));
    }
    return box.width() > 0 && box.height() > 0 ? box : box.expandedBy(1e-3);
  }
}
