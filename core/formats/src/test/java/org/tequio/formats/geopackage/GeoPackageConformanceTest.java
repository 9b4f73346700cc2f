package org.tequio.formats.geopackage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.Crs;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;
import org.tequio.feature.GeometryType;
import org.tequio.feature.Language;
import org.tequio.feature.LayerSchema;
import org.tequio.formats.FeatureWriter;
import org.tequio.formats.Imprint;
import org.tequio.formats.TestRow;

/**
 * The requirements of GeoPackage (OGC 12-128r17) on a file that is written here, table by table.
 */
class GeoPackageConformanceTest {
  private static final Imprint IMPRINT =
      new Imprint(
          Language.ES,
          "Predios",
          "Los predios.",
          "Catastro",
          null,
          null,
          null,
          Instant.parse("2026-01-02T03:04:05Z"),
          List.of(new Imprint.Fact("title", "Título", "Predios")),
          "<a/>");

  @TempDir Path folder;
  private Path file = Path.of("");
  private Connection connection;

  @BeforeEach
  void write() throws IOException, SQLException {
    file = folder.resolve("predios.gpkg");
    LayerSchema schema =
        new LayerSchema(
            GeometryType.MULTIPOLYGON,
            false,
            false,
            List.of(Field.of("clave", FieldType.TEXT), Field.of("visto", FieldType.INSTANT)),
            "clave");
    try (FeatureWriter writer =
        new GeoPackageWriter().open(file, "predios", schema, new Crs(32614), IMPRINT)) {
      writer.write(
          TestRow.of(7, "POLYGON((0 0,9 0,9 9,0 0))", "a", Instant.parse("2026-01-02T03:04:05Z")));
      writer.write(TestRow.of(8, null, "b", null));
      writer.write(TestRow.of(9, "MULTIPOLYGON EMPTY", "c", null));
    }
    connection = DriverManager.getConnection("jdbc:sqlite:" + file);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private List<String> ask(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          cells.add(String.valueOf(row.getString(i)));
        }
        rows.add(String.join("|", cells));
      }
    }
    return rows;
  }

  @Test
  void theFileIsMarkedAsAGeoPackage() throws Exception {
    assertThat(ask("PRAGMA application_id")).containsExactly("" + 0x47504B47);
    assertThat(ask("PRAGMA user_version")).containsExactly("10300");
    assertThat(Files.readAllBytes(file)).startsWith("SQLite format 3\0".getBytes("US-ASCII"));
  }

  @Test
  void theDatabaseIsWholeAndItsReferencesLeadSomewhere() throws Exception {
    assertThat(ask("PRAGMA integrity_check")).containsExactly("ok");
    assertThat(ask("PRAGMA foreign_key_check")).isEmpty();
  }

  @Test
  void theSystemsThatEveryGeoPackageHasAreThereAndTheLayersOwn() throws Exception {
    assertThat(ask("SELECT srs_id, organization FROM gpkg_spatial_ref_sys ORDER BY srs_id"))
        .containsExactly("-1|NONE", "0|NONE", "4326|EPSG", "32614|EPSG");
    assertThat(ask("SELECT definition FROM gpkg_spatial_ref_sys WHERE srs_id = 32614").getFirst())
        .startsWith("PROJCS[");
  }

  @Test
  void theContentsTellTheTableItsExtentAndWhenItChanged() throws Exception {
    assertThat(
            ask(
                "SELECT table_name, data_type, identifier, last_change, min_x, max_y, srs_id"
                    + " FROM gpkg_contents"))
        .containsExactly("predios|features|Predios|2026-01-02T03:04:05.000Z|0.0|9.0|32614");
  }

  @Test
  void theGeometryColumnIsDeclaredAndHoldsWhatItDeclares() throws Exception {
    assertThat(ask("SELECT * FROM gpkg_geometry_columns"))
        .containsExactly("predios|geom|MULTIPOLYGON|32614|0|0");
    assertThat(ask("SELECT name, type, pk FROM pragma_table_info('predios')"))
        .containsExactly(
            "fid|INTEGER|1", "geom|MULTIPOLYGON|0", "clave|TEXT|0", "visto|DATETIME|0");
    assertThat(ask("SELECT visto FROM predios WHERE fid = 7"))
        .containsExactly("2026-01-02T03:04:05.000Z");
  }

  @Test
  void geometriesHaveTheHeaderOfTheStandard() throws Exception {
    byte[] full = blob(7);
    ByteBuffer header = ByteBuffer.wrap(full).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(new String(full, 0, 2, "US-ASCII")).isEqualTo("GP");
    assertThat(full[2]).isZero();
    assertThat(full[3] & 0x31).as("binary type, not empty, little-endian").isEqualTo(1);
    assertThat(header.getInt(4)).isEqualTo(32614);
    assertThat(full[3] >> 1 & 7).as("an envelope").isEqualTo(1);
    assertThat(header.getDouble(16)).isEqualTo(9);
    assertThat(blob(9)[3] >> 4 & 1).as("empty").isEqualTo(1);
  }

  private byte[] blob(long fid) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT geom FROM predios WHERE fid = " + fid)) {
      row.next();
      return row.getBytes(1);
    }
  }

  @Test
  void theSpatialIndexIsDeclaredAndFindsWhatHasAPlace() throws Exception {
    assertThat(ask("SELECT * FROM gpkg_extensions WHERE extension_name = 'gpkg_rtree_index'"))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("predios|geom|gpkg_rtree_index|http://www.geopackage.org/")
        .endsWith("|write-only");
    assertThat(ask("SELECT id FROM rtree_predios_geom WHERE minx <= 5 AND maxx >= 5"))
        .containsExactly("7");
    assertThat(ask("SELECT id FROM rtree_predios_geom")).containsExactly("7");
    assertThat(
            ask(
                "SELECT replace(name, 'rtree_predios_geom_', '') FROM sqlite_master"
                    + " WHERE type = 'trigger' AND name LIKE 'rtree%' ORDER BY name"))
        .as("those of the version that the file says it is of")
        .containsExactly("delete", "insert", "update1", "update2", "update3", "update4");
  }

  @Test
  void theRecordOfTheLayerIsThereByTheExtensionForMetadata() throws Exception {
    assertThat(ask("SELECT table_name FROM gpkg_extensions WHERE extension_name = 'gpkg_metadata'"))
        .containsExactly("gpkg_metadata", "gpkg_metadata_reference");
    assertThat(
            ask(
                "SELECT md_scope, mime_type, metadata, reference_scope, table_name FROM"
                    + " gpkg_metadata JOIN gpkg_metadata_reference ON md_file_id = id"))
        .containsExactly("dataset|text/xml|<a/>|table|predios");
  }
}
