package org.tequio.procedure.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.catalogue.CatalogueModule;
import org.tequio.catalogue.ImportRequest;
import org.tequio.catalogue.UnsuitableFiles;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.Language;
import org.tequio.feature.LayerId;
import org.tequio.feature.Progress;
import org.tequio.procedure.Answer;
import org.tequio.procedure.DraftChange;
import org.tequio.procedure.Forecast;
import org.tequio.procedure.Outcome;
import org.tequio.procedure.PackRefused;
import org.tequio.procedure.ProcedureId;
import org.tequio.procedure.Procedures;
import org.tequio.procedure.Tally;
import org.tequio.procedure.Turn;
import org.tequio.procedure.WhatIf;
import org.tequio.procedure.paper.ForecastSheet;
import org.tequio.procedure.rule.CityLayers;
import org.tequio.procedure.rule.PlaceReader;
import org.tequio.storage.CitySettings;
import org.tequio.storage.sql.SqlCityStore;
import org.tequio.testing.stores.TestStores;
import tools.jackson.databind.json.JsonMapper;

/**
 * A town of a hundred parcels in ten columns, each column a zone with as many storeys as its
 * number. Alicia, the author of its pack, wants to know whom a change would touch.
 */
class WhatIfTest {
  private static final LocalDate DAY = LocalDate.of(2026, 6, 1);
  private static final ProcedureId TALL = new ProcedureId("q.tall");
  private static final String OFFICES =
      """
      calendars:
        - {id: weekdays, zone: America/Mexico_City, weekdays: [monday, friday], opens: "09:00", closes: "15:00", receives: next-working-day, ends: next-working-day, basis: {law: "Ley", confirmed: false}, holidays: [], suspensions: []}
      offices:
        - {id: works, prefix: OBR, calendar: weekdays, names: [{name: Obras}]}
      """;
  private static final String PROCEDURE =
      """
      id: q.tall
      name: {es: "¿Alto?", pt: "Alto?", en: "Tall?"}
      description: {es: "d", pt: "d", en: "d"}
      kind: licence
      handling: assisted
      who: anyone
      office: works
      inputs:
        - {id: place, type: place, shape: parcel, question: {es: "¿Dónde?", pt: "Onde?", en: "Where?"}}
        - {id: storeys, type: whole, min: 1, max: 99, question: {es: "¿Pisos?", pt: "Andares?", en: "Storeys?"}}
      rules:
        - id: allowed
          question: {es: "q", pt: "q", en: "q"}
          applies: "features(place, 'plan.zonif').exists(z, z.niveles >= storeys)"
          needs: true
          says:
            applies: {es: "sí", pt: "sim", en: "yes"}
            does-not-apply: {es: "no", pt: "não", en: "no"}
          basis: law
      fee: {formula: "double(storeys) * 100.0", currency: MXN, basis: law}
      deadline: {amount: 5, unit: business-days, from: filing, basis: law}
      silence: {effect: negative, basis: law}
      result: {name: {es: "r", pt: "r", en: "r"}, basis: law}
      sources: [register]
      examples:
        - {name: low, town: town, inputs: {place: [5, 5], storeys: 4}, answers: {allowed: applies}}
      """;

  // Nothing that is tried changes it: one town serves all tests.
  @TempDir private static Path folder;
  private static SqlCityStore store;
  private static CatalogueModule catalogue;
  private static Procedures procedures;

  @TempDir private Path drafts;
  private final List<PastFile> filed = new ArrayList<>();

  @BeforeAll
  static void town() throws IOException {
    store =
        TestStores.create(
            folder.resolve("city"), new CitySettings("Tequio del Sur", Crs.parse("EPSG:32721")));
    catalogue = new CatalogueModule(store, CrsRegistry.standard(), Clock.systemUTC());
    catalogue.describe("Tequio del Sur", Crs.parse("EPSG:32721"), null);
    Path files = Files.createDirectories(folder.resolve("files"));
    List<String> parcels = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      parcels.add(
          box(i % 10, i / 10, i % 10 + 1, i / 10 + 1, "\"cuenta_catastral\":\"P-" + i + "\""));
    }
    write(files.resolve("predios.geojson"), parcels);
    write(files.resolve("zonificacion.geojson"), zones(0));
    catalogue.importer().run(ImportRequest.of(List.of(files), null, "alicia"), Progress.NONE);
    pack(folder.resolve("packs/town"), PROCEDURE);
    procedures = new Procedures(catalogue.catalogue(), folder.resolve("packs"));
  }

  @AfterAll
  static void close() {
    store.close();
  }

  private static List<String> zones(int more) {
    List<String> zones = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      zones.add(
          box(i, 0, i + 1, 10, "\"id_predio\":\"Z-" + i + "\",\"niveles\":" + (i + 1 + more)));
    }
    return zones;
  }

  private static String box(double w, double s, double e, double n, String properties) {
    double[] lon = {w, e, e, w, w};
    double[] lat = {s, s, n, n, s};
    List<String> ring = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ring.add("[" + (-58.4 + lon[i] * 0.0005) + "," + (-34.6 + lat[i] * 0.0005) + "]");
    }
    return "{\"type\":\"Feature\",\"properties\":{"
        + properties
        + "},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[["
        + String.join(",", ring)
        + "]]}}";
  }

  private static void write(Path file, List<String> features) throws IOException {
    Files.writeString(
        file,
        "{\"type\":\"FeatureCollection\",\"features\":[" + String.join(",\n", features) + "]}");
  }

  private static Path pack(Path pack, String procedure) throws IOException {
    Files.createDirectories(pack.resolve("procedures"));
    Files.createDirectories(pack.resolve("examples"));
    Files.writeString(
        pack.resolve("pack.yaml"), "id: town\nversion: \"1\"\nname: {es: a, pt: a, en: a}\n");
    Files.writeString(
        pack.resolve("shared.yaml"),
        "who: {anyone: {es: a, pt: a, en: a}}\nbases: {law: {law: \"Ley, art. 1\"}}\n");
    Files.writeString(pack.resolve("offices.yaml"), OFFICES);
    Files.writeString(
        pack.resolve("examples/town.yaml"),
        "layers:\n  plan.zonif: {coverage: [0, 0, 100, 100], features: [{box: [0, 0, 10, 10], niveles: 5}]}\n");
    Files.writeString(pack.resolve("procedures/q.tall.yaml"), procedure);
    return pack;
  }

  private Forecast run(DraftChange change) throws IOException {
    CityLayers layers = new CityLayers(catalogue.catalogue(), store.features());
    return new AskedTwice(
            catalogue.catalogue(),
            catalogue.checkedImports(),
            layers,
            procedures,
            visitor -> filed.forEach(visitor))
        .run(change, Progress.NONE);
  }

  private static DraftChange draft(Path pack, int sample) {
    return new DraftChange(pack, Map.of(), List.of(), List.of(TALL), sample, 1, DAY);
  }

  private Path draft(String procedure) throws IOException {
    return pack(drafts.resolve("town"), procedure);
  }

  @Test
  void aPackThatIsWrongIsRefusedAndNothingIsTried() throws IOException {
    Path draft = draft(PROCEDURE.replace("plan.zonif", "plan.zonas"));

    assertThatThrownBy(() -> run(draft(draft, 10))).isInstanceOf(PackRefused.class);
  }

  @Test
  void aLayerThatIsNoLayerIsRefusedAndNothingStaysBehind() throws IOException {
    Path file = drafts.resolve("broken.geojson");
    Files.writeString(file, "this is no layer");

    assertThatThrownBy(() -> run(zoning(file))).isInstanceOf(UnsuitableFiles.class);
  }

  @Test
  void whatNamesNothingThatThereIsSaysSo() {
    assertThatThrownBy(
            () ->
                run(
                    new DraftChange(
                        null, Map.of(), List.of(), List.of(new ProcedureId("q.no")), 1, 1, DAY)))
        .isInstanceOf(WhatIf.UnknownChange.class)
        .hasMessage("q.no");
    assertThatThrownBy(
            () -> run(new DraftChange(null, Map.of(), List.of(77L), List.of(), 1, 1, DAY)))
        .isInstanceOf(WhatIf.UnknownChange.class)
        .hasMessage("77");
  }

  @Test
  void aPackThatSaysTheSameTouchesNothing() throws IOException {
    Path same = draft(PROCEDURE);
    Forecast forecast = run(new DraftChange(same, Map.of(), List.of(), List.of(), 100, 1, DAY));

    assertThat(forecast.procedures()).noneMatch(tally -> tally.procedure().equals(TALL));
    assertThat(forecast.turns()).isEmpty();
  }

  @Test
  void aStricterRuleFlipsTheParcelsThatItTouchesAndNoOther() throws IOException {
    Path draft = draft(PROCEDURE.replace("z.niveles >= storeys", "z.niveles > storeys"));

    Forecast forecast = run(draft(draft, 100));

    // Four storeys fit from the fourth column on; now they would from the fifth.
    Tally tally = forecast.procedures().getFirst();
    assertThat(forecast.parcels()).isEqualTo(100);
    assertThat(tally.parcels()).isEqualTo(100);
    assertThat(tally.parcelsFlipped()).isEqualTo(10);
    assertThat(tally.flips()).containsExactly(Map.entry("possible → not-possible", 10L));
    assertThat(tally.rules()).containsExactly(Map.entry("allowed", 10L));
    assertThat(forecast.turns())
        .hasSize(10)
        .allSatisfy(
            turn -> {
              assertThat(turn.source()).endsWith("3");
              assertThat(turn.rules())
                  .containsExactly(
                      new Turn.RuleTurn("allowed", Answer.APPLIES, Answer.DOES_NOT_APPLY));
              assertThat(turn.lon()).isBetween(-58.3985, -58.398);
            });
  }

  @Test
  void aSampleSaysHowSureItIs() throws IOException {
    Path draft = draft(PROCEDURE.replace("z.niveles >= storeys", "z.niveles > storeys"));

    Tally tally = run(draft(draft, 40)).procedures().getFirst();

    assertThat(tally.parcels()).isEqualTo(40);
    assertThat(tally.leastShare()).isLessThan(0.1);
    assertThat(tally.greatestShare()).isGreaterThan(0.1);
    assertThat(run(draft(draft, 40)).procedures().getFirst()).isEqualTo(tally);
  }

  @Test
  void aDearerFeeIsAddedUp() throws IOException {
    Path draft = draft(PROCEDURE.replace("double(storeys) * 100.0", "double(storeys) * 120.5"));

    Tally tally = run(draft(draft, 100)).procedures().getFirst();

    assertThat(tally.parcelsFlipped()).isZero();
    assertThat(tally.feesChanged()).isEqualTo(100);
    assertThat(tally.feeBefore()).isEqualByComparingTo("40000");
    assertThat(tally.feeAfter()).isEqualByComparingTo("48200");
  }

  @Test
  void whatWasFiledIsAskedAgainAndWhatFitsNoLongerIsCounted() throws IOException {
    Map<String, Object> place =
        Map.of("type", "Point", "coordinates", List.of(-58.39825, -34.59975));
    filed.add(new PastFile("OBR-1", TALL, Map.of("place", place, "storeys", 4)));
    filed.add(new PastFile("OBR-2", TALL, Map.of("place", place, "storeys", 2)));
    filed.add(new PastFile("OBR-3", TALL, Map.of("place", place, "storeys", 4.5)));
    Path draft = draft(PROCEDURE.replace("z.niveles >= storeys", "z.niveles > storeys"));

    Forecast forecast = run(draft(draft, 0));

    Tally tally = forecast.procedures().getFirst();
    assertThat(tally.files()).isEqualTo(2);
    assertThat(tally.filesFlipped()).isEqualTo(1);
    assertThat(tally.notAsked()).isEqualTo(1);
    assertThat(forecast.turns())
        .singleElement()
        .satisfies(
            turn -> {
              assertThat(turn.source()).isEqualTo("OBR-1");
              assertThat(turn.isFile()).isTrue();
              assertThat(turn.after()).isEqualTo(Outcome.NOT_POSSIBLE);
            });
  }

  private static DraftChange zoning(Path file) {
    return new DraftChange(
        null, Map.of(new LayerId("zonificacion"), file), List.of(), List.of(), 100, 1, DAY);
  }

  @Test
  void aZoningThatIsNotPublishedYetIsTriedAndLeavesTheCityAsItWas() throws IOException {
    Path file = drafts.resolve("next.geojson");
    write(file, zones(1));
    long revision = catalogue.catalogue().revision();

    Forecast forecast = run(zoning(file));

    Tally tally =
        forecast.procedures().stream()
            .filter(one -> one.procedure().equals(TALL))
            .findFirst()
            .orElseThrow();
    assertThat(tally.flips()).containsExactly(Map.entry("not-possible → possible", 10L));
    assertThat(catalogue.catalogue().revision()).isEqualTo(revision);
    assertThat(run(draft(folder.resolve("packs/town"), 100)).turns()).isEmpty();
  }

  private static DraftChange drawn(LayerId layer, Map<String, Object> values) {
    CityLayers layers = new CityLayers(catalogue.catalogue(), store.features());
    // The fourth column of zones, and the half of the fifth.
    String area = box(3, 0, 4.5, 10, "").replaceFirst(".*\"geometry\":", "");
    var geometry =
        PlaceReader.ofDegrees(layers.crs())
            .readArea(JsonMapper.shared().readTree(area.substring(0, area.length() - 1)));
    return new DraftChange(
        null,
        Map.of(),
        List.of(),
        List.of(new DraftChange.Drawing(layer, geometry, values)),
        List.of(),
        100,
        1,
        DAY);
  }

  @Test
  void anAreaThatIsDrawnOverTheZoningFlipsWhatLiesUnderItAndTakesTheRestAsItIs()
      throws IOException {
    long revision = catalogue.catalogue().revision();

    Forecast forecast = run(drawn(new LayerId("zonificacion"), Map.of("niveles", 2L)));

    // Four storeys fit in the fourth column no more; half of each parcel of the fifth keeps five.
    Tally tally =
        forecast.procedures().stream()
            .filter(one -> one.procedure().equals(TALL))
            .findFirst()
            .orElseThrow();
    assertThat(tally.flips()).containsExactly(Map.entry("possible → not-possible", 10L));
    assertThat(forecast.turns()).hasSize(10).allMatch(turn -> turn.source().endsWith("3"));
    assertThat(catalogue.catalogue().revision()).isEqualTo(revision);
  }

  @Test
  void anAreaOverALayerOrWithAColumnThatThereIsNotIsRefusedByName() {
    assertThatThrownBy(() -> run(drawn(new LayerId("no_hay"), Map.of())))
        .isInstanceOf(WhatIf.UnknownChange.class)
        .hasMessage("no_hay");
    assertThatThrownBy(() -> run(drawn(new LayerId("zonificacion"), Map.of("altura", 2L))))
        .isInstanceOf(WhatIf.UnknownChange.class)
        .hasMessage("altura");
  }

  @Test
  void aForecastOnPaperSaysSharesIntervalsFeesAndWhichParcelsAndIsTagged() throws IOException {
    Path draft =
        draft(
            PROCEDURE
                .replace("z.niveles >= storeys", "z.niveles > storeys")
                .replace("double(storeys) * 100.0", "double(storeys) * 120.5"));
    byte[] paper = printed(run(draft(draft, 100)), "Draft of the pack town");

    try (PDDocument document = Loader.loadPDF(paper)) {
      String text = new PDFTextStripper().getText(document);
      assertThat(text)
          .contains("What would change", "Draft of the pack town", "100 of 100", "10 / 100")
          .contains("10 %", "possible › not possible: 10", "40,000 ›", "48,200", "P-13")
          .contains("An estimate on a sample");
      assertThat(document.getDocumentCatalog().getStructureTreeRoot()).isNotNull();
      assertThat(document.getDocumentCatalog().getLanguage()).isEqualTo("en");
    }
  }

  @Test
  void aForecastOnPaperNamesTheZoneThatWasDrawnAndWhatItWouldSay() throws IOException {
    byte[] silent = printed(run(drawn(new LayerId("zonificacion"), Map.of())), "a draft");
    byte[] paper =
        printed(run(drawn(new LayerId("zonificacion"), Map.of("niveles", 2L))), "a draft");

    assertThat(text(silent)).contains("Zone that was drawn", "says nothing");
    assertThat(text(paper))
        .contains("Zone that was drawn Zoning per parcel", "3.81 ha", "niveles: 2")
        .contains("Places answered otherwise: 10 · the line is the zone that was drawn");
    assertThat(text(printed(run(draft(draft(PROCEDURE), 10)), "a draft")))
        .doesNotContain("Zone that was drawn", "the line is the zone");
  }

  private static String text(byte[] paper) throws IOException {
    try (PDDocument document = Loader.loadPDF(paper)) {
      return new PDFTextStripper().getText(document);
    }
  }

  private byte[] printed(Forecast forecast, String change) throws IOException {
    BufferedImage blank = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(blank, "png", png);
    return ForecastSheet.write(
        forecast,
        catalogue.catalogue(),
        (view, layers, language) -> png.toByteArray(),
        new CityLayers(catalogue.catalogue(), store.features()).crs(),
        change,
        Language.EN,
        Instant.parse("2026-06-01T12:00:00Z"));
  }

  @Test
  void aProcedureThatWouldBeGoneIsToldAsGone() throws IOException {
    Path draft = draft(PROCEDURE);
    Files.delete(draft.resolve("procedures/q.tall.yaml"));
    Files.writeString(
        draft.resolve("procedures/q.small.yaml"), PROCEDURE.replace("q.tall", "q.small"));

    Forecast forecast = run(new DraftChange(draft, Map.of(), List.of(), List.of(), 5, 1, DAY));

    assertThat(forecast.procedures())
        .anyMatch(tally -> tally.procedure().equals(TALL) && tally.isGone())
        .anyMatch(tally -> tally.procedure().value().equals("q.small") && tally.isNew());
  }

  @Test
  void itCanBeCancelled() throws IOException {
    Path draft = draft(PROCEDURE.replace("double(storeys) * 100.0", "double(storeys) * 120.5"));
    Progress cancelled =
        new Progress() {
          @Override
          public void step(String what, long done, long total) {}

          @Override
          public boolean isCancelled() {
            return true;
          }
        };
    CityLayers layers = new CityLayers(catalogue.catalogue(), store.features());
    WhatIf whatIf =
        new AskedTwice(
            catalogue.catalogue(), catalogue.checkedImports(), layers, procedures, PastFiles.NONE);

    assertThatThrownBy(() -> whatIf.run(draft(draft, 100), cancelled))
        .isInstanceOf(CancellationException.class);
  }
}
