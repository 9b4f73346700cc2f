package org.tequio.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.WKTReader;
import org.tequio.feature.Language;
import org.tequio.feature.LayerId;
import org.tequio.feature.Progress;
import org.tequio.formats.TileArchiveContents;
import org.tequio.formats.TileArchiveFormat;
import org.tequio.http.ProblemException;

/** The tiles of a village in one file, read by GDAL and by SQL. */
class TileArchiveTest {
  @TempDir static Path folder;
  private static TestCity city;

  @BeforeAll
  static void start() {
    city = TestCity.start(folder);
  }

  @AfterAll
  static void stop() {
    city.close();
  }

  @Test
  void aLayerThatIsNotThereOrHasNoPlaceIsRefused() {
    assertThatThrownBy(() -> write(order("minas"), "x.mbtiles"))
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> write(order("tarifas"), "x.mbtiles"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().type()).isEqualTo("layer-without-place"));
    assertThat(folder.resolve("x.mbtiles")).doesNotExist();
  }

  @Test
  void anAreaWithNothingInItIsSaidToHaveNothing() {
    assertThatThrownBy(
            () ->
                write(order("POLYGON((-70 -33,-69 -33,-69 -32,-70 -33))", "predios"), "x.mbtiles"))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().type()).isEqualTo("archive-empty"));
  }

  @Test
  void moreTilesThanAFileHoldsAreRefusedBeforeAnythingIsMade() throws Exception {
    var whole =
        new TileArchiveOrder(
            List.of(new LayerId("predios")), null, 0, 18, TileArchiveFormat.MBTILES, Language.EN);

    assertThat(city.module.countTiles(whole)).isBetween(19L, 1_000L);
  }

  @Test
  void cancellingInTheMiddleLeavesNothing() {
    AtomicLong steps = new AtomicLong();
    Progress impatient =
        new Progress() {
          @Override
          public void step(String what, long done, long total) {
            steps.incrementAndGet();
          }

          @Override
          public boolean isCancelled() {
            return steps.get() > 5;
          }
        };

    assertThatThrownBy(
            () ->
                city.module.writeTiles(
                    order("predios"), folder.resolve("stopped.pmtiles"), 2, impatient))
        .isInstanceOf(CancellationException.class);
    assertThat(folder).isDirectoryNotContaining("glob:**stopped*");
  }

  @Test
  void gdalReadsEveryParcelAndNoClosedField() throws Exception {
    assumeTrue(works(), "gdal-bin is not installed");
    TileArchiveContents made = write(order("predios", "calles"), "village.mbtiles");
    Path file = folder.resolve("village.mbtiles");

    assertThat(made.tiles()).isGreaterThan(16);
    String all = run("ogrinfo", "-ro", "-so", "-al", file.toString());
    assertThat(all).contains("Layer name: predios").contains("Layer name: calles");
    assertThat(all).doesNotContain("propietario");
    String keys =
        run(
            "ogrinfo",
            "-ro",
            "-dialect",
            "SQLite",
            "-sql",
            "SELECT count(DISTINCT clave) AS n FROM predios",
            file.toString());
    assertThat(keys).contains("n (Integer) = 60");
  }

  @Test
  void theFileSaysWhoseDataItIsAndWhatItLeavesOut() throws Exception {
    write(order("predios", "calles"), "label.mbtiles");

    assertThat(sql("label.mbtiles", "SELECT value FROM metadata WHERE name = 'attribution'"))
        .isEqualTo("Catastro, Obras, Villa Prueba");
    assertThat(sql("label.mbtiles", "SELECT value FROM metadata WHERE name = 'loss'"))
        .contains("outlines are simplified");
    assertThat(sql("label.mbtiles", "SELECT value FROM metadata WHERE name = 'json'"))
        .contains("\"clave\":\"String\"")
        .doesNotContain("propietario");
  }

  @Test
  void aTileOfTheFileIsTheOneOfTheServer() throws Exception {
    write(order("predios"), "same.mbtiles");
    byte[] kept;
    try (Connection connection = open("same.mbtiles");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT tile_column, 65535 - tile_row, tile_data FROM tiles"
                    + " WHERE zoom_level = 16 LIMIT 1")) {
      rows.next();
      kept = rows.getBytes(3);
      byte[] served =
          city.bytes("/tiles/predios/16/" + rows.getInt(1) + "/" + rows.getInt(2)).body();
      assertThat(unzipped(kept)).isEqualTo(served);
    }
  }

  @Test
  void onlyTilesThatTouchTheAreaAreTaken() throws Exception {
    write(order("predios", "riesgo"), "whole.mbtiles");
    double[] corner = TestCity.lonLat(TestCity.X + 50, TestCity.Y + 50);
    write(order(triangle(corner[0], corner[1]), "predios", "riesgo"), "part.mbtiles");

    String deepest = "SELECT count(*) FROM tiles WHERE zoom_level = 16";
    assertThat(sql("part.mbtiles", deepest)).isEqualTo("1");
    assertThat(Integer.parseInt(sql("whole.mbtiles", deepest))).isGreaterThan(1);
  }

  private static String triangle(double x, double y) {
    return "POLYGON((%1$s %2$s,%3$s %2$s,%3$s %4$s,%1$s %2$s))"
        .formatted(x, y, x + 0.0001, y + 0.0001);
  }

  private static byte[] unzipped(byte[] bytes) throws IOException {
    try (var in = new java.util.zip.GZIPInputStream(new java.io.ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    }
  }

  private static TileArchiveOrder order(String... layers) throws Exception {
    boolean within = layers[0].startsWith("POLYGON");
    @Nullable Geometry area = within ? new WKTReader().read(layers[0]) : null;
    List<LayerId> ids = Arrays.stream(layers).skip(within ? 1 : 0).map(LayerId::new).toList();
    return new TileArchiveOrder(ids, area, 0, 16, TileArchiveFormat.MBTILES, Language.EN);
  }

  private static TileArchiveContents write(TileArchiveOrder order, String name) throws IOException {
    TileArchiveFormat format = TileArchiveFormat.find(name).orElseThrow();
    return city.module.writeTiles(
        new TileArchiveOrder(
            order.layers(),
            order.area(),
            order.minZoom(),
            order.maxZoom(),
            format,
            order.language()),
        folder.resolve(name),
        2,
        Progress.NONE);
  }

  private static Connection open(String name) throws Exception {
    return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(name));
  }

  private static String sql(String name, String sql) throws Exception {
    try (Connection connection = open(name);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : "";
    }
  }

  private static boolean works() throws InterruptedException {
    try {
      return run("ogrinfo", "--version").contains("GDAL");
    } catch (IOException e) {
      return false;
    }
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return said;
  }
}
