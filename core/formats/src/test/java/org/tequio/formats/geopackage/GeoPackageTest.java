package org.tequio.formats.geopackage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.Crs;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;
import org.tequio.feature.FindingCode;
import org.tequio.feature.GeometryType;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.Wkb;
import org.tequio.formats.FeatureWriter;
import org.tequio.formats.FormatException;
import org.tequio.formats.Reading;
import org.tequio.formats.SourceCrs;
import org.tequio.formats.TestRow;

class GeoPackageTest {
  private static final String SQUARE = "POLYGON((0 0,0 10,10 10,10 0,0 0))";

  @TempDir Path folder;

  @BeforeEach
  void aLayerOfParcels() throws IOException {
    write(
        "predios",
        TestRow.of(4, SQUARE, "Peñón", 1L, 0.5, true, LocalDate.of(2020, 2, 29), Instant.EPOCH),
        TestRow.of(9, null, null, null, null, null, null, null));
  }

  @Test
  void aFileThatIsNoDatabaseIsRefused() throws IOException {
    Files.writeString(folder.resolve("predios.gpkg"), "<html>404</html>");

    assertThat(Reading.of(folder).refused().get("predios.gpkg"))
        .hasMessageContaining("not a SQLite file");
  }

  @Test
  void aCorruptPageEndsTheReadingAndDoesNotCrash() throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve("predios.gpkg"));
    for (int i = 4096; i < bytes.length; i++) {
      bytes[i] = (byte) 0x5a;
    }
    Files.write(folder.resolve("predios.gpkg"), bytes);

    assertThat(Reading.of(folder).refused().get("predios.gpkg"))
        .extracting(FormatException::code)
        .isEqualTo(FindingCode.FILE_UNREADABLE);
  }

  @Test
  void aDatabaseWithoutGeoPackageTablesSaysSo() throws Exception {
    try (Connection sql = open("otra.sqlite");
        Statement statement = sql.createStatement()) {
      statement.executeUpdate("CREATE TABLE t (a)");
    }

    assertThat(Reading.of(folder).refused().get("otra.sqlite"))
        .hasMessageContaining("gpkg_contents");
  }

  @Test
  void namesThatTryToBeSqlAreNames() throws Exception {
    String name = "x\"; DROP TABLE gpkg_contents; --";
    change(
        "CREATE TABLE \"x\"\"; DROP TABLE gpkg_contents; --\" (\"a\"\"b\" TEXT)",
        "INSERT INTO \"x\"\"; DROP TABLE gpkg_contents; --\" VALUES ('1')",
        "INSERT INTO gpkg_contents (table_name, data_type, identifier)"
            + " VALUES ('x\"; DROP TABLE gpkg_contents; --', 'attributes', 'x')");

    Reading reading = Reading.of(folder);

    assertThat(reading.layer(name).features()).hasSize(1);
    assertThat(reading.layer(name).fields().getFirst().name()).isEqualTo("a\"b");
    assertThat(reading.names()).contains("predios");
  }

  @Test
  void aViewThatCallsForAnExtensionIsNotRun() throws Exception {
    change(
        "CREATE VIEW mala AS SELECT load_extension('/tmp/x.so') AS a",
        "INSERT INTO gpkg_contents (table_name, data_type, identifier)"
            + " VALUES ('mala', 'attributes', 'mala')");

    Reading reading = Reading.of(folder);

    assertThat(reading.names()).containsExactly("predios");
    assertThat(reading.findings(FindingCode.FILE_UNREADABLE).getFirst().source())
        .isEqualTo("predios.gpkg#mala");
  }

  @Test
  void aViewWithoutEndIsStoppedBeforeItFillsTheDisk() throws Exception {
    change(
        "CREATE VIEW eterna AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)"
            + " SELECT x FROM c",
        "INSERT INTO gpkg_contents (table_name, data_type, identifier)"
            + " VALUES ('eterna', 'attributes', 'eterna')");

    Reading.Layer layer = Reading.of(folder).layer("eterna");

    assertThat(layer.fault()).map(FormatException::code).contains(FindingCode.FILE_REFUSED);
    assertThat(layer.fault().orElseThrow()).hasMessageContaining("more rows than the file");
  }

  @Test
  void aTriggerThatWouldChangeTheFileNeverRuns() throws Exception {
    change(
        "CREATE VIEW puerta AS SELECT fid, nombre FROM predios",
        "CREATE TRIGGER trampa INSTEAD OF INSERT ON puerta BEGIN DELETE FROM predios; END",
        "CREATE TRIGGER otra AFTER UPDATE ON predios BEGIN DELETE FROM gpkg_contents; END",
        "INSERT INTO gpkg_contents (table_name, data_type, identifier)"
            + " VALUES ('puerta', 'attributes', 'puerta')");
    byte[] before = Files.readAllBytes(folder.resolve("predios.gpkg"));

    assertThat(Reading.of(folder).names()).contains("predios", "puerta");

    assertThat(Files.readAllBytes(folder.resolve("predios.gpkg"))).isEqualTo(before);
  }

  @Test
  void anHonestViewIsALayer() throws Exception {
    change(
        "CREATE VIEW grandes AS SELECT fid, geom, nombre FROM predios WHERE numero = 1",
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id)"
            + " VALUES ('grandes', 'features', 'grandes', 32614)",
        "INSERT INTO gpkg_geometry_columns VALUES ('grandes', 'geom', 'POLYGON', 32614, 0, 0)");

    assertThat(Reading.of(folder).layer("grandes").features().getFirst().sourceId()).isEqualTo("4");
  }

  @Test
  void virtualAndMissingTablesAreLeftOutWithAFinding() throws Exception {
    change(
        "CREATE VIRTUAL TABLE texto USING fts5(a)",
        "INSERT INTO gpkg_contents (table_name, data_type, identifier)"
            + " VALUES ('texto', 'attributes', 'texto'), ('nada', 'attributes', 'nada')");

    Reading reading = Reading.of(folder);

    assertThat(reading.names()).containsExactly("predios");
    assertThat(reading.findings(FindingCode.FILE_UNREADABLE)).hasSize(2);
  }

  @Test
  void whatIsNotAGeometryIsSetAsideAndTheRestIsRead() throws Exception {
    change("UPDATE predios SET geom = x'504f494e54283120322900' WHERE fid = 9");

    Reading.Layer layer = Reading.of(folder).layer();

    assertThat(layer.features()).hasSize(1);
    assertThat(layer.setAside().getFirst()).startsWith("2: not a GeoPackage geometry");
  }

  @Test
  void layersInSeveralSystemsAreToldAndEachKeepsItsOwn() throws Exception {
    change(
        "CREATE TABLE barrios (fid INTEGER PRIMARY KEY, geom BLOB)",
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id)"
            + " VALUES ('barrios', 'features', 'barrios', 4326)",
        "INSERT INTO gpkg_geometry_columns VALUES ('barrios', 'geom', 'POLYGON', 4326, 0, 0)");

    Reading reading = Reading.of(folder);

    assertThat(reading.findings(FindingCode.CRS_MIXED).getFirst().subject())
        .isEqualTo("EPSG:32614, EPSG:4326");
    assertThat(reading.layer("barrios").crs())
        .isEqualTo(new SourceCrs.Declared(new Crs(4326), "gpkg_spatial_ref_sys"));
  }

  @Test
  void valuesKeepTheirTypesAndTheRowNumberIsTheSourcesId() throws IOException {
    Reading.Layer layer = Reading.of(folder).layer();

    assertThat(layer.features().get(0).sourceId()).isEqualTo("4");
    assertThat(layer.features().get(0).values())
        .containsExactly("Peñón", 1L, 0.5, true, LocalDate.of(2020, 2, 29), Instant.EPOCH);
    assertThat(layer.features().get(1).values()).containsOnlyNulls();
    assertThat(layer.features().get(1).wkb()).isNull();
    assertThat(String.valueOf(Wkb.toGeometryOrNull(layer.features().get(0).wkb())))
        .isEqualTo("POLYGON ((0 0, 0 10, 10 10, 10 0, 0 0))");
  }

  @Test
  void aValueOfAnotherTypeThanItsColumnComesAsText() throws Exception {
    change("UPDATE predios SET numero = 'doce', visto = 'ayer' WHERE fid = 4");

    Reading.Layer layer = Reading.of(folder).layer();

    assertThat(Reading.value(layer, 0, "numero")).isEqualTo("doce");
    assertThat(Reading.value(layer, 0, "visto")).isEqualTo("ayer");
  }

  @Test
  void readingLeavesNothingBesideTheFile() throws IOException {
    Reading.of(folder);

    assertThat(folder).isDirectoryNotContaining("glob:**-{wal,shm,journal}");
  }

  private void write(String name, TestRow... rows) throws IOException {
    LayerSchema schema =
        new LayerSchema(
            GeometryType.POLYGON,
            false,
            false,
            List.of(
                Field.of("nombre", FieldType.TEXT),
                Field.of("numero", FieldType.INTEGER),
                Field.of("valor", FieldType.DECIMAL),
                Field.of("abierto", FieldType.BOOLEAN),
                Field.of("desde", FieldType.DATE),
                Field.of("visto", FieldType.INSTANT)),
            null);
    Path file = folder.resolve(name + ".gpkg");
    try (FeatureWriter writer = new GeoPackageWriter().open(file, name, schema, new Crs(32614))) {
      for (TestRow row : rows) {
        writer.write(row);
      }
    }
  }

  private Connection open(String file) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(file));
  }

  private void change(String... statements) throws SQLException {
    try (Connection sql = open("predios.gpkg");
        Statement statement = sql.createStatement()) {
      // The index's triggers call functions that only GIS programs have.
      for (String trigger : List.of("update1", "update2", "update3", "update4")) {
        statement.executeUpdate("DROP TRIGGER rtree_predios_geom_" + trigger);
      }
      for (String one : statements) {
        statement.executeUpdate(one);
      }
    }
  }
}
