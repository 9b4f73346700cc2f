package org.tequio.formats.tiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.Bbox;
import org.tequio.feature.TileCoord;
import org.tequio.formats.TileArchiveFormat;
import org.tequio.formats.TileArchiveInfo;
import org.tequio.formats.TileArchiveWriter;

/** Archives in SQLite, as MBTiles 1.3 wants them. */
class MbtilesWriterTest {
  private static final TileArchiveInfo INFO =
      new TileArchiveInfo(
          "Calles",
          "",
          "Obras",
          new Bbox(-99.2, 19.1, -99.1, 19.2),
          0,
          2,
          List.of(new TileArchiveInfo.VectorLayer("calles", "Calles", Map.of())),
          Map.of("revision", "7"));

  @TempDir Path folder;

  @Test
  void whatIsNotFinishedLeavesNothingBehind() throws IOException {
    try (TileArchiveWriter writer =
        TileArchiveFormat.MBTILES.open(folder.resolve("half.mbtiles"), INFO)) {
      writer.add(new TileCoord(0, 0, 0), new byte[] {1});
    }

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void rowsAreCountedFromTheSouthAndEqualTilesAreKeptOnce() throws Exception {
    Path file = folder.resolve("calles.mbtiles");
    try (TileArchiveWriter writer = TileArchiveFormat.MBTILES.open(file, INFO)) {
      writer.add(new TileCoord(2, 1, 0), new byte[] {1});
      writer.add(new TileCoord(2, 3, 1), new byte[] {2});
      writer.add(new TileCoord(2, 2, 2), new byte[] {1});
      assertThat(writer.finish().distinct()).isEqualTo(2);
    }

    assertThat(
            rows(
                file,
                "SELECT zoom_level || '/' || tile_column || '/' || tile_row || '='"
                    + " || hex(tile_data) FROM tiles ORDER BY tile_column"))
        .containsExactly("2/1/3=01", "2/2/1=01", "2/3/2=02");
    assertThat(rows(file, "SELECT count(*) FROM images")).containsExactly("2");
    assertThat(rows(file, "SELECT name || '=' || value FROM metadata"))
        .contains(
            "format=pbf",
            "name=Calles",
            "bounds=-99.2000000,19.1000000,-99.1000000,19.2000000",
            "center=-99.1500000,19.1500000,0",
            "revision=7",
            "json={\"vector_layers\":[{\"id\":\"calles\",\"description\":\"Calles\",\"minzoom\":0,"
                + "\"maxzoom\":2,\"fields\":{}}]}");
    assertThat(rows(file, "PRAGMA application_id")).containsExactly("1297105496");
  }

  private static List<String> rows(Path file, String sql) throws SQLException {
    List<String> all = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        all.add(rows.getString(1));
      }
    }
    return all;
  }
}
