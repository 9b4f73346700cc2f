package org.tequio.publish.map;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.cartography.MapPrinter;
import org.tequio.cartography.PrintFrame;
import org.tequio.cartography.PrintedMap;
import org.tequio.catalogue.Catalogue;
import org.tequio.feature.Bbox;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.publish.PrintOrder;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.publish.layer.PublicLayers;

/** Prints maps of what is public. Thread-safe. */
public final class Printing {
  private static final LocalText SCALE_WANTED =
      new LocalText("una escala", "uma escala", "a scale");
  private static final LocalText PLACE_WANTED =
      new LocalText("oeste,sur,este,norte", "oeste,sul,leste,norte", "west,south,east,north");

  private static final int SHORT_TITLE = 70;
  private static final double AROUND = 0.02;

  private final Catalogue catalogue;
  private final PublicLayers layers;
  private final DrawingRoom room;
  private final MapPrinter printer;
  private final Clock clock;

  /** Prints from these. */
  public Printing(Catalogue catalogue, PublicLayers layers, DrawingRoom room, Clock clock) {
    this.catalogue = catalogue;
    this.layers = layers;
    this.room = room;
    this.printer = new MapPrinter(room.pictures());
    this.clock = clock;
  }

  /**
   * Prints.
   *
   * @throws ProblemException 404 for a layer without a place, 400 where nothing says what to show
   *     or it would take too long, 503 where too many wait
   */
  public byte[] print(PrintOrder order, PrintOrder.Form form) {
    PrintedMap map = map(order);
    return room.inTurn(
        map.pixels(),
        () ->
            switch (form) {
              case PDF -> printer.toPdf(map);
              case PNG -> printer.toPng(map);
            });
  }

  /**
   * What would be printed.
   *
   * @throws ProblemException as {@link #print}
   */
  PrintFrame frame(PrintOrder order) {
    return MapPrinter.frame(map(order));
  }

  private PrintedMap map(PrintOrder order) {
    List<PublicLayer> asked = new ArrayList<>();
    for (LayerId id : order.layers()) {
      PublicLayer layer = layers.get(id, order.asOf());
      if (!layer.hasGeometry()) {
        throw new ProblemException(Problem.notFound(id.value()));
      }
      asked.add(layer);
    }
    String title = order.title();
    Bbox place = place(order, asked);
    boolean point = place.width() <= 0 && place.height() <= 0;
    if (point && order.scale() == null) {
      throw new ProblemException(Problem.invalidParameter("scale", SCALE_WANTED, ""));
    }
    return new PrintedMap(
        title == null || title.isBlank() ? title(order, asked) : title.strip(),
        catalogue.city().name(),
        room.styled(asked, order.language()),
        place,
        catalogue.city().crs(),
        order.paper(),
        order.landscape(),
        order.scale(),
        order.dpi(),
        order.language(),
        LocalDate.now(clock),
        order.site(),
        PrintedMap.PATIENCE);
  }

  /** The titles of the layers, the topmost first; of many the first ones and how many more. */
  private static String title(PrintOrder order, List<PublicLayer> asked) {
    List<String> titles =
        asked.reversed().stream()
            .map(layer -> layer.record().title().in(order.language()))
            .toList();
    String all = String.join(", ", titles);
    for (int said = titles.size() - 1; said > 0 && all.length() > SHORT_TITLE; said--) {
      all = String.join(", ", titles.subList(0, said)) + " + " + (titles.size() - said);
    }
    return all;
  }

  private Bbox place(PrintOrder order, List<PublicLayer> asked) {
    if (order.place() != null) {
      return order.place();
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
      throw new ProblemException(Problem.invalidParameter("bbox", PLACE_WANTED, ""));
    }
    // Nothing ends at the frame, and what lies around a single point is shown, too.
    double longest = Math.max(box.width(), box.height());
    return box.expandedBy(longest > 0 ? longest * AROUND : 1e-3);
  }
}
