package org.tequio.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Short forms for SQL that is not worth a class of its own, on the connections that {@link
 * Database} gives. Values are always bound.
 */
public final class Sql {
  private Sql() {}

  /** Sees one row. */
  @FunctionalInterface
  public interface RowReader<T> {
    /** Gives what it sees; must not move on. */
    T read(ResultSet row) throws SQLException;
  }

  /** Sees one row and gives nothing back. */
  @FunctionalInterface
  public interface RowConsumer {
    /** Takes it; must not move on. */
    void accept(ResultSet row) throws SQLException;
  }

  /** Runs one statement. */
  public static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  /** Runs one statement with values; returns how many rows it changed. */
  public static int update(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      return statement.executeUpdate();
    }
  }

  /** The first row of a query, where there is one. */
  public static <T> Optional<T> first(
      Connection connection, RowReader<T> reader, String sql, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
      }
    }
  }

  /** A number that the query surely gives; 0 where it is null. */
  public static long number(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    return first(connection, row -> row.getLong(1), sql, values).orElse(0L);
  }

  /** All rows, in the order of the query. */
  public static <T> List<T> list(
      Connection connection, RowReader<T> reader, String sql, @Nullable Object... values)
      throws SQLException {
    List<T> all = new ArrayList<>();
    each(connection, row -> all.add(reader.read(row)), sql, values);
    return all;
  }

  /** Each row, in the order of the query. */
  public static void each(
      Connection connection, RowConsumer consumer, String sql, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          consumer.accept(rows);
        }
      }
    }
  }

  /** A name as SQL writes it: in double quotes, a quote inside it doubled. */
  public static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static void bind(PreparedStatement statement, @Nullable Object[] values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }
}
