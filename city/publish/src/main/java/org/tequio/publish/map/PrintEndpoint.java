package org.tequio.publish.map;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.cartography.Paper;
import org.tequio.cartography.PrintFrame;
import org.tequio.cartography.PrintedMap;
import org.tequio.feature.Bbox;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.http.Action;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Reply;
import org.tequio.publish.PrintOrder;
import org.tequio.publish.layer.Moment;

/** Maps on paper, as PDF or PNG, and what they would show. */
public final class PrintEndpoint {
  private static final String FRAME = "json";

  private static final Parameter<String> F =
      Parameter.choice(
          "f", "Form; json says what would be shown, without drawing it.", "pdf", "png", FRAME);
  private static final Parameter<String> PAPER =
      Parameter.choice("paper", "Size of the paper; A4 unless said.", "A4", "A3");
  private static final Parameter<String> ORIENTATION =
      Parameter.choice(
          "orientation", "How the paper lies; landscape unless said.", "landscape", "portrait");
  private static final Parameter<String> TITLE =
      Parameter.text("title", "Heading; the layers' titles unless said.", PrintOrder.LONGEST_TITLE);
  private static final Parameter<Integer> DPI =
      Parameter.integer("dpi", "How fine the map is.", 72, PrintedMap.MOST_DPI, 300);
  private static final Parameter<Double> SCALE =
      Parameter.number(
          "scale",
          "Denominator of the scale; else all is shown.",
          PrintOrder.LEAST_SCALE,
          PrintOrder.MOST_SCALE);
  private static final Parameter<List<LayerId>> LAYERS =
      new Parameter<>(
          Parameter.Place.QUERY,
          "layers",
          "The layers, by commas, the lowest first.",
          new LocalText(
              "de 1 a " + PrintOrder.MOST_LAYERS + " capas",
              "de 1 a " + PrintOrder.MOST_LAYERS + " camadas",
              "1 to " + PrintOrder.MOST_LAYERS + " layers"),
          Parameter.schema("string"),
          text -> MapsEndpoint.ids(text).filter(ids -> ids.size() <= PrintOrder.MOST_LAYERS));
  private static final Parameter<Bbox> BBOX =
      new Parameter<>(
          Parameter.Place.QUERY,
          "bbox",
          "What the map shows at least: west, south, east, north in degrees.",
          new LocalText("oeste,sur,este,norte", "oeste,sul,leste,norte", "west,south,east,north"),
          Parameter.schema("string"),
          text -> MapsEndpoint.four(text).flatMap(n -> onEarth(n[0], n[1], n[2], n[3])));
  private static final Parameter<Bbox> CENTER =
      new Parameter<>(
          Parameter.Place.QUERY,
          "center",
          "The middle of the map, longitude and latitude in degrees; wants a scale. Stands before"
              + " bbox.",
          new LocalText("longitud,latitud", "longitude,latitude", "longitude,latitude"),
          Parameter.schema("string"),
          PrintEndpoint::point);

  private final Permissions permissions;
  private final Printing printing;

  /** Answers from these. */
  public PrintEndpoint(Permissions permissions, Printing printing) {
    this.permissions = permissions;
    this.printing = printing;
  }

  /** Its operation. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/print", "print", Action.LAYER_READ, this::print)
            .summary("A map on paper with its title, legend, scale, north, sources and date.")
            .with(LAYERS, BBOX, CENTER, SCALE, TITLE, PAPER, ORIENTATION, DPI, F, Moment.AS_OF)
            .answers(PrintOrder.Form.PDF.mediaType(), null)
            .answers(PrintOrder.Form.PNG.mediaType(), null)
            .answers("application/json", FrameJson.class));
  }

  /** What would be printed: a GeoJSON polygon, the scale and the number of pages. */
  record FrameJson(PolygonJson frame, long scale, int pages) {}

  /** A GeoJSON polygon (RFC 7946, section 3.1.6). */
  record PolygonJson(String type, List<List<double[]>> coordinates) {}

  private Reply print(Call call) {
    permissions.require(call, Permission.READ_LAYER);
    PrintOrder order = order(call);
    String wanted = call.query(F).orElse("pdf");
    if (wanted.equals(FRAME)) {
      PrintFrame frame = printing.frame(order);
      PolygonJson ring = new PolygonJson("Polygon", List.of(frame.ring()));
      return Reply.json(new FrameJson(ring, frame.scale(), frame.pages()))
          .with("Cache-Control", "no-store");
    }
    PrintOrder.Form form = PrintOrder.Form.valueOf(wanted.toUpperCase(Locale.ROOT));
    String name = order.layers().getLast().value() + "." + wanted;
    return Reply.bytes(form.mediaType(), printing.print(order, form))
        .with("Content-Disposition", "inline; filename=\"" + name + "\"")
        .with("Cache-Control", "no-store");
  }

  private static PrintOrder order(Call call) {
    @Nullable Bbox place = call.query(BBOX).orElse(null);
    return new PrintOrder(
        call.required(LAYERS),
        Moment.of(call),
        call.query(CENTER).orElse(place),
        call.query(SCALE).orElse(null),
        call.query(TITLE).orElse(null),
        Paper.valueOf(call.query(PAPER).orElse("A4")),
        call.query(ORIENTATION).orElse("landscape").equals("landscape"),
        call.query(DPI).orElse(PrintedMap.MOST_DPI),
        call.language(),
        call.base());
  }

  private static Optional<Bbox> onEarth(double west, double south, double east, double north) {
    return west >= -180 && east <= 180 && south >= -90 && north <= 90
        ? Optional.of(new Bbox(west, south, east, north))
        : Optional.empty();
  }

  private static Optional<Bbox> point(String text) {
    String[] parts = text.split(",", -1);
    if (parts.length != 2) {
      return Optional.empty();
    }
    Optional<Double> lon = Parameter.finite(parts[0].strip());
    Optional<Double> lat = Parameter.finite(parts[1].strip());
    return lon.isEmpty() || lat.isEmpty()
        ? Optional.empty()
        : onEarth(lon.get(), lat.get(), lon.get(), lat.get());
  }
}
