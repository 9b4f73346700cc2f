package org.tequio.storage.sql;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.storage.ContentHash;
import org.tequio.storage.Sql;

/**
 * The content hash of a whole city: SHA-256 over its name, its layers with their schemas and
 * content hashes, its revisions, the tables of modules, and its blobs. It says nothing of how they
 * lie on disk.
 */
public final class CityHash {
  private CityHash() {}

  /** The hash of what a connection sees, and of some blobs in the order of their names. */
  public static String of(
      Connection connection, Dialect dialect, Catalog catalog, List<String> blobs)
      throws SQLException {
    MessageDigest digest = DurableFiles.sha256();
    Sql.each(
        connection,
        row -> line(digest, "city", row.getString(1), row.getLong(2)),
        "SELECT name, epsg FROM tq_city");
    for (Catalog.Period period : catalog.listCurrent()) {
      Generation generation = period.generation();
      LayerState state = LayerState.read(connection, generation, Catalog.OPEN);
      line(
          digest,
          "layer",
          generation.layer(),
          generation.schema(),
          generation.crs(),
          state.features(),
          state.hash());
    }
    Sql.each(
        connection,
        row ->
            line(
                digest,
                "revision",
                row.getLong(1),
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                row.getString(5)),
        "SELECT number, instant, author, source, message FROM tq_revision ORDER BY number");
    for (String table : ModuleTables.list(connection, dialect)) {
      line(digest, "table", table, hashOf(connection, table));
    }
    blobs.forEach(blob -> line(digest, "blob", blob));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void line(MessageDigest digest, @Nullable Object... parts) {
    StringBuilder text = new StringBuilder();
    for (Object part : parts) {
      String word = String.valueOf(part);
      text.append(word.length()).append(':').append(word).append(' ');
    }
    digest.update(text.append('\n').toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String hashOf(Connection connection, String table) throws SQLException {
    ContentHash hash = new ContentHash();
    try (PreparedStatement query =
            connection.prepareStatement("SELECT * FROM " + Sql.quoted(table));
        ResultSet rows = query.executeQuery()) {
      @Nullable Object[] values = new @Nullable Object[rows.getMetaData().getColumnCount()];
      while (rows.next()) {
        for (int i = 0; i < values.length; i++) {
          Object value = rows.getObject(i + 1);
          values[i] = value instanceof Integer number ? (Object) number.longValue() : value;
        }
        hash.add(0, null, 0, 0, values);
      }
    }
    return hash.toString();
  }
}
