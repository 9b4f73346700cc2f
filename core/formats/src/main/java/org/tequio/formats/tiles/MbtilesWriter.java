package org.tequio.formats.tiles;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.tequio.feature.Bbox;
import org.tequio.feature.TileCoord;
import org.tequio.formats.TileArchiveContents;
import org.tequio.formats.TileArchiveInfo;
import org.tequio.formats.TileArchiveWriter;

/**
 * Writes MBTiles 1.3. Equal tiles are kept once: {@code tiles} is a view over the places ({@code
 * map}) and the contents ({@code images}), as the specification allows and its readers know. The
 * file is new and incomplete until it is finished, so nothing is journalled on the way.
 */
public final class MbtilesWriter implements TileArchiveWriter {
  private static final int APPLICATION_ID = 0x4d504258;
  private static final int BATCH = 1_000;

  private final UnfinishedFile file;
  private final Connection connection;
  private final PreparedStatement place;
  private final PreparedStatement content;
  private final TileContents contents = new TileContents();
  private long tiles;
  private int written;

  /** Begins a file. */
  public MbtilesWriter(Path file, TileArchiveInfo info) throws IOException {
    this.file = UnfinishedFile.at(file);
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(JournalMode.OFF);
    config.setSynchronous(SynchronousMode.OFF);
    config.setApplicationId(APPLICATION_ID);
    try {
      connection = config.createConnection("jdbc:sqlite:" + this.file.draft());
      try {
        createTables(info);
        place = connection.prepareStatement("INSERT INTO map VALUES (?, ?, ?, ?)");
        content = connection.prepareStatement("INSERT INTO images VALUES (?, ?)");
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw fault(e);
    }
  }

  private void createTables(TileArchiveInfo info) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("CREATE TABLE metadata (name TEXT, value TEXT)");
      statement.executeUpdate(
          "CREATE TABLE map (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER,"
              + " tile_id INTEGER)");
      statement.executeUpdate("CREATE TABLE images (tile_id INTEGER PRIMARY KEY, tile_data BLOB)");
      statement.executeUpdate(
          "CREATE VIEW tiles AS SELECT map.zoom_level AS zoom_level, map.tile_column AS"
              + " tile_column, map.tile_row AS tile_row, images.tile_data AS tile_data FROM map"
              + " JOIN images ON images.tile_id = map.tile_id");
    }
    connection.setAutoCommit(false);
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO metadata VALUES (?, ?)")) {
      for (Map.Entry<String, String> one : metadata(info).entrySet()) {
        insert.setString(1, one.getKey());
        insert.setString(2, one.getValue());
        insert.executeUpdate();
      }
    }
  }

  private static Map<String, String> metadata(TileArchiveInfo info) {
    Bbox box = info.bounds();
    Map<String, String> rows = new LinkedHashMap<>();
    rows.put("name", info.name());
    rows.put("format", info.isVector() ? "pbf" : "png");
    rows.put("type", "overlay");
    rows.put("description", info.description());
    rows.put("attribution", info.attribution());
    rows.put("minzoom", String.valueOf(info.minZoom()));
    rows.put("maxzoom", String.valueOf(info.maxZoom()));
    rows.put("bounds", numbers(box.minX(), box.minY(), box.maxX(), box.maxY()));
    rows.put(
        "center",
        numbers((box.minX() + box.maxX()) / 2, (box.minY() + box.maxY()) / 2)
            + ','
            + info.minZoom());
    rows.putAll(info.more());
    if (info.isVector()) {
      rows.put("json", new String(ArchiveMetadata.layers(info), StandardCharsets.UTF_8));
    }
    return rows;
  }

  private static String numbers(double... degrees) {
    StringBuilder text = new StringBuilder();
    for (double one : degrees) {
      text.append(text.isEmpty() ? "" : ",").append(String.format(Locale.ROOT, "%.7f", one));
    }
    return text.toString();
  }

  @Override
  public void add(TileCoord tile, byte[] bytes) throws IOException {
    try {
      int number = contents.number(bytes);
      if (number >= written) {
        content.setInt(1, number);
        content.setBytes(2, bytes);
        content.executeUpdate();
        written++;
      }
      place.setInt(1, tile.z());
      place.setInt(2, tile.x());
      // Rows are counted from the south, as TMS has them.
      place.setInt(3, tile.set().rows(tile.z()) - 1 - tile.y());
      place.setInt(4, number);
      place.addBatch();
      if (++tiles % BATCH == 0) {
        place.executeBatch();
      }
    } catch (SQLException e) {
      throw fault(e);
    }
  }

  @Override
  public TileArchiveContents finish() throws IOException {
    try (connection;
        place;
        content;
        Statement statement = connection.createStatement()) {
      place.executeBatch();
      statement.executeUpdate(
          "CREATE UNIQUE INDEX map_index ON map (zoom_level, tile_column, tile_row)");
      statement.executeUpdate("CREATE UNIQUE INDEX name ON metadata (name)");
      connection.commit();
    } catch (SQLException e) {
      throw fault(e);
    }
    return new TileArchiveContents(tiles, written, file.finish());
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw fault(e);
    } finally {
      file.remove();
    }
  }

  private IOException fault(SQLException e) {
    return new IOException("cannot write " + file.place().getFileName() + ": " + e.getMessage(), e);
  }
}
