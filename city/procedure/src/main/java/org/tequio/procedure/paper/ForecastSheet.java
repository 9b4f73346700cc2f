package org.tequio.procedure.paper;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.LayerRecord;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.Field;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.procedure.DraftChange.Drawing;
import org.tequio.procedure.Forecast;
import org.tequio.procedure.Outcome;
import org.tequio.procedure.PlaceMaps;
import org.tequio.procedure.Tally;
import org.tequio.procedure.Turn;
import org.tequio.procedure.sheet.Cell;
import org.tequio.procedure.sheet.Cell.Paragraph;
import org.tequio.procedure.sheet.Pages;
import org.tequio.procedure.sheet.Style;

/**
 * A forecast on paper, for those who decide on a change: how many parcels and files each procedure
 * would answer otherwise, how sure that is, what it costs, where on the map, and which. It is no
 * certificate and is not signed. Belongs to one thread.
 */
public final class ForecastSheet {
  private static final float MAP_HIGH = 300;
  private static final int MOST_ON_MAP = 2_000;
  private static final int MOST_LISTED = 200;
  private static final float GAP = 14;
  private static final double M2_OF_HECTARE = 10_000;

  /** From what to what; the letters of papers have no arrow. */
  private static final String TO = " › ";

  private static final LocalText TITLE =
      new LocalText("Qué cambiaría", "O que mudaria", "What would change");
  private static final LocalText NO_CERTIFICATE =
      new LocalText(
          "Estimación sobre una muestra. No es una resolución ni un certificado, y nada ha cambiado.",
          "Estimativa sobre uma amostra. Não é decisão nem certidão, e nada mudou.",
          "An estimate on a sample. It is no decision and no certificate, and nothing has changed.");
  private static final LocalText CHANGE = new LocalText("Cambio", "Mudança", "Change");
  private static final LocalText DRAWN =
      new LocalText("Zona dibujada", "Zona desenhada", "Zone that was drawn");
  private static final LocalText PLACES =
      new LocalText(
          "Lugares con otra respuesta", "Lugares com outra resposta", "Places answered otherwise");
  private static final LocalText LINE_IS_DRAWN =
      new LocalText(
          "la línea es la zona dibujada",
          "a linha é a zona desenhada",
          "the line is the zone that was drawn");
  private static final LocalText UNSAID =
      new LocalText("no dice nada", "não diz nada", "says nothing");
  private static final LocalText LAW_OF = new LocalText("La ley del", "A lei de", "The law as of");
  private static final LocalText REVISION =
      new LocalText("Revisión del mapa", "Revisão do mapa", "Revision of the map");
  private static final LocalText PARCELS =
      new LocalText("Predios al azar", "Lotes ao acaso", "Parcels at random");
  private static final LocalText FILES = new LocalText("Expedientes", "Processos", "Case files");
  private static final LocalText OF = new LocalText("de", "de", "of");
  private static final LocalText PROCEDURE = new LocalText("Trámite", "Serviço", "Procedure");
  private static final LocalText OTHERWISE =
      new LocalText(
          "Predios que acabarían de otro modo",
          "Lotes que acabariam de outro modo",
          "Parcels that would end otherwise");
  private static final LocalText INTERVAL =
      new LocalText("Intervalo de 95 %", "Intervalo de 95 %", "95 % interval");
  private static final LocalText FEES =
      new LocalText("Costo en suma", "Custo em soma", "Fees in sum");
  private static final LocalText OF_WILSON =
      new LocalText(
          "El intervalo es el de Wilson: en 95 de 100 muestras como esta contiene la proporción"
              + " de todos los predios.",
          "O intervalo é o de Wilson: em 95 de 100 amostras como esta contém a proporção de"
              + " todos os lotes.",
          "The interval is Wilson's: in 95 of 100 samples like this one it holds the share of all"
              + " parcels.");
  private static final LocalText UNTOUCHED =
      new LocalText(
          "Ningún trámite respondería de otro modo.",
          "Nenhum serviço responderia de outro modo.",
          "No procedure would answer otherwise.");
  private static final LocalText NEW =
      new LocalText("trámite nuevo", "serviço novo", "new procedure");
  private static final LocalText GONE =
      new LocalText("dejaría de existir", "deixaria de existir", "would be gone");
  private static final LocalText WHERE = new LocalText("Dónde", "Onde", "Where");
  private static final LocalText WHICH =
      new LocalText("Qué respuestas", "Que respostas", "Which answers");
  private static final LocalText MORE =
      new LocalText("y más, no listadas: ", "e mais, não listadas: ", "and more, not listed: ");
  private static final LocalText UNPLACED =
      new LocalText(
          "sin lugar o no dibujadas: ",
          "sem lugar ou não desenhadas: ",
          "without a place, or not drawn: ");

  private final Forecast forecast;
  private final Catalogue catalogue;
  private final String change;
  private final PaperWords words;
  private final Pages pages;

  private ForecastSheet(
      Forecast forecast, Catalogue catalogue, String change, PaperWords words, Pages pages) {
    this.forecast = forecast;
    this.catalogue = catalogue;
    this.change = change;
    this.words = words;
    this.pages = pages;
  }

  /**
   * Writes one, as a tagged PDF.
   *
   * @param change what was tried, as people read it
   * @param meters the system in which the map is drawn
   */
  public static byte[] write(
      Forecast forecast,
      Catalogue catalogue,
      PlaceMaps maps,
      Crs meters,
      String change,
      Language language,
      Instant made)
      throws IOException {
    try (Pages pages = new Pages()) {
      String city = catalogue.city().name();
      ForecastSheet sheet =
          new ForecastSheet(forecast, catalogue, change, new PaperWords(language), pages);
      sheet.head();
      sheet.tallies();
      sheet.map(maps, meters);
      sheet.turns();
      String title = TITLE.in(language);
      return pages.end(
          title + " · " + city,
          city,
          change,
          language,
          made,
          List.of(NO_CERTIFICATE.in(language)),
          PaperWords.PAGE.in(language));
    }
  }

  private String say(LocalText text) {
    return words.say(text);
  }

  private String number(Number number) {
    return words.number(number);
  }

  private String percent(double share) {
    return number(100 * share) + " %";
  }

  private void head() throws IOException {
    pages.row(
        Cell.of(
            "P",
            0,
            Pages.WIDTH,
            new Paragraph(new Style(true, 13, 17, 0, Style.INK), catalogue.city().name())));
    pages.skip(8);
    pages.rule(Style.ACCENT, 1.2f);
    pages.skip(16);
    pages.heading("H1", Style.TITLE, say(TITLE));
    pages.skip(6);
    pages.paragraph(Style.WARNING, say(NO_CERTIFICATE));
    pages.skip(8);
    pages.within(
        "Table",
        () -> {
          fact(CHANGE, change);
          for (Drawing one : forecast.drawings()) {
            fact(DRAWN, drawn(one));
          }
          fact(LAW_OF, words.day(forecast.day()));
          fact(REVISION, Long.toString(forecast.revision()));
          fact(
              PARCELS,
              number(forecast.sample()) + " " + say(OF) + " " + number(forecast.parcels()));
          fact(FILES, number(forecast.files()));
        });
    pages.skip(GAP);
  }

  private void fact(LocalText label, String value) throws IOException {
    float left = Pages.WIDTH * 0.3f;
    pages.within(
        "TR",
        () ->
            pages.row(
                Cell.of("TH", 0, left - 12, new Paragraph(Style.BODY.in(Style.SOFT), say(label))),
                Cell.of("TD", left, Pages.WIDTH - left, new Paragraph(Style.STRONG, value))));
    line();
  }

  /** Over which layer, how large, and what it says. */
  private String drawn(Drawing drawing) {
    Optional<LayerRecord> layer = catalogue.findLayer(drawing.layer());
    String said =
        drawing.values().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(one -> said(layer, one.getKey(), one.getValue()))
            .collect(Collectors.joining("\n"));
    return layer.map(LayerRecord::title).map(this::say).orElse(drawing.layer().value())
        + "  ·  "
        + number(drawing.area().getArea() / M2_OF_HECTARE)
        + " ha\n"
        + (said.isEmpty() ? say(UNSAID) : said);
  }

  private String said(Optional<LayerRecord> layer, String name, Object value) {
    Optional<Field> field =
        layer.flatMap(one -> one.schema().findField(one.attribute(name).orElse(name)));
    return field.map(Field::label).map(this::say).orElse(name)
        + ": "
        + words.value(value, field.map(Field::unit).orElse(null));
  }

  private void line() throws IOException {
    pages.skip(2);
    pages.rule(Style.LINE, 0.5f);
    pages.skip(3);
  }

  // ---- the table

  private void tallies() throws IOException {
    if (forecast.procedures().isEmpty()) {
      pages.paragraph(Style.STRONG, say(UNTOUCHED));
      return;
    }
    pages.within(
        "Table",
        () -> {
          pages.within(
              "THead",
              () ->
                  row(
                      "TH",
                      Style.SMALL,
                      say(PROCEDURE),
                      say(OTHERWISE),
                      say(INTERVAL),
                      say(FILES),
                      say(FEES)));
          line();
          pages.within(
              "TBody",
              () -> {
                for (Tally one : forecast.procedures()) {
                  tally(one);
                  line();
                }
              });
        });
    pages.skip(2);
    pages.paragraph(Style.SMALL, say(OF_WILSON));
    pages.skip(GAP);
  }

  private void tally(Tally one) throws IOException {
    String name = say(one.name()) + " (" + one.procedure() + ")";
    if (one.isNew() || one.isGone()) {
      row("TD", Style.BODY, name, say(one.isNew() ? NEW : GONE), "", "", "");
      return;
    }
    boolean asked = one.parcels() > 0;
    row(
        "TD",
        Style.BODY,
        name + flips(one),
        number(one.parcelsFlipped()) + " / " + number(one.parcels()),
        asked
            ? percent(one.share())
                + " ("
                + percent(one.leastShare())
                + " – "
                + percent(one.greatestShare())
                + ")"
            : "",
        number(one.filesFlipped()) + " / " + number(one.files()),
        one.feesChanged() == 0 ? "" : number(one.feeBefore()) + TO + number(one.feeAfter()));
  }

  private String flips(Tally one) {
    StringBuilder all = new StringBuilder();
    one.flips().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            flip ->
                all.append("\n")
                    .append(
                        String.join(
                            TO, Stream.of(flip.getKey().split(" → ")).map(this::outcome).toList()))
                    .append(": ")
                    .append(number(flip.getValue())));
    return all.toString();
  }

  private String outcome(String wire) {
    return Stream.of(Outcome.values())
        .filter(one -> one.wireName().equals(wire))
        .findFirst()
        .map(this::outcome)
        .orElse(wire);
  }

  private String outcome(Outcome outcome) {
    return say(
        switch (outcome) {
          case POSSIBLE -> new LocalText("posible", "possível", "possible");
          case NOT_POSSIBLE -> new LocalText("no posible", "não possível", "not possible");
          case UNDECIDED -> new LocalText("sin decidir", "sem decidir", "undecided");
        });
  }

  private void row(String tag, Style style, String... texts) throws IOException {
    float[] at = {0, 0.37f, 0.52f, 0.74f, 0.84f, 1};
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < texts.length; i++) {
      float left = at[i] * Pages.WIDTH;
      float wide = (at[i + 1] - at[i]) * Pages.WIDTH - 8;
      cells.add(Cell.of(tag, left, wide, new Paragraph(style, texts[i])));
    }
    pages.within("TR", () -> pages.row(cells.toArray(Cell[]::new)));
  }

  // ---- the map

  private void map(PlaceMaps maps, Crs meters) throws IOException {
    var move = CrsRegistry.standard().operation(Crs.CRS84, meters);
    GeometryFactory factory = new GeometryFactory();
    // several answers of one parcel turn at one place
    Set<Coordinate> places = new LinkedHashSet<>();
    long left = 0;
    for (Turn turn : forecast.turns()) {
      boolean hasPlace = Double.isFinite(turn.lon()) && Double.isFinite(turn.lat());
      if (turn.isFlip() && hasPlace && places.size() < MOST_ON_MAP) {
        double[] xy = {turn.lon(), turn.lat()};
        move.apply(xy, 1);
        places.add(new Coordinate(xy[0], xy[1]));
      } else if (turn.isFlip()) {
        left++;
      }
    }
    List<Geometry> shapes = new ArrayList<>();
    places.forEach(place -> shapes.add(factory.createPoint(place)));
    for (Drawing one : forecast.drawings()) {
      for (int i = 0; i < one.area().getNumGeometries(); i++) {
        shapes.add(one.area().getGeometryN(i));
      }
    }
    if (shapes.isEmpty()) {
      return;
    }
    Geometry all = factory.createGeometryCollection(shapes.toArray(Geometry[]::new));
    MapExtract map =
        MapExtract.draw(
            maps,
            catalogue,
            all,
            meters,
            Pages.WIDTH,
            MAP_HIGH,
            List.of("plan.zonif"),
            words.language());
    String said =
        say(PLACES)
            + ": "
            + number(places.size())
            + (forecast.drawings().isEmpty() ? "" : " · " + say(LINE_IS_DRAWN));
    pages.need(MAP_HIGH + 60);
    pages.heading("H2", Style.HEADING, say(WHERE));
    pages.skip(6);
    pages.picture(
        say(WHERE) + ": " + said, map.png(), Pages.WIDTH, MAP_HIGH, map.outline(), map.closed());
    pages.skip(4);
    pages.paragraph(
        Style.SMALL,
        said
            + " · "
            + say(PaperWords.SCALE)
            + " 1:"
            + number(map.denominator())
            + " · "
            + String.join(", ", map.layers())
            + (left == 0 ? "" : " · " + say(UNPLACED) + number(left)));
    pages.skip(GAP);
  }

  // ---- which

  private void turns() throws IOException {
    List<Turn> flips = forecast.turns().stream().filter(Turn::isFlip).toList();
    if (flips.isEmpty()) {
      return;
    }
    pages.heading("H2", Style.HEADING, say(WHICH));
    pages.skip(4);
    pages.within(
        "L",
        () -> {
          for (Turn turn : flips.subList(0, Math.min(MOST_LISTED, flips.size()))) {
            pages.within(
                "LI",
                () ->
                    pages.row(
                        Cell.of("LBody", 0, Pages.WIDTH, new Paragraph(Style.SMALL, said(turn)))));
          }
        });
    if (flips.size() > MOST_LISTED) {
      pages.skip(4);
      pages.paragraph(Style.SMALL, say(MORE) + number(flips.size() - MOST_LISTED));
    }
  }

  private String said(Turn turn) {
    String rules =
        String.join(
            ", ", turn.rules().stream().map(Turn.RuleTurn::rule).filter(Objects::nonNull).toList());
    return turn.source()
        + "  ·  "
        + turn.procedure()
        + "  ·  "
        + outcome(turn.before())
        + TO
        + outcome(turn.after())
        + (rules.isEmpty() ? "" : "  ·  " + rules)
        + fees(turn.feeBefore(), turn.feeAfter());
  }

  private String fees(@Nullable Number before, @Nullable Number after) {
    return before == null || after == null || before.equals(after)
        ? ""
        : "  ·  " + number(before) + TO + number(after);
  }
}
