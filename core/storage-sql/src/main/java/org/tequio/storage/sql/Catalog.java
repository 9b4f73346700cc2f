package org.tequio.storage.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Code;
import org.tequio.feature.Crs;
import org.tequio.feature.DataClass;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;
import org.tequio.feature.GeometryType;
import org.tequio.feature.LayerId;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.LocalText;
import org.tequio.storage.Sql;

/**
 * Which generation of which layer was current when.
 *
 * @param version counts every change of it
 * @param periods by layer, oldest first
 */
public record Catalog(long version, Map<LayerId, List<Period>> periods) {
  /** The {@code to} of a period that has not ended. */
  public static final long OPEN = Long.MAX_VALUE;

  /**
   * A generation was current from one revision on and until before another.
   *
   * @param from the first revision
   * @param to the revision that ended it, {@link #OPEN} where none has
   */
  public record Period(long from, long to, Generation generation) {
    /** True where nothing has ended it. */
    public boolean isCurrent() {
      return to == OPEN;
    }
  }

  /** Generations by id; they never change once published. */
  public static final class Known {
    private final Dialect dialect;
    private final Map<Long, Generation> byId = new ConcurrentHashMap<>();

    /** Knows none yet. */
    public Known(Dialect dialect) {
      this.dialect = dialect;
    }

    /** How their database does things. */
    Dialect dialect() {
      return dialect;
    }

    /** One generation; it must exist. */
    public Generation get(Connection connection, long id) throws SQLException {
      Generation known = byId.get(id);
      if (known == null) {
        known = readGeneration(connection, dialect, id);
        byId.put(id, known);
      }
      return known;
    }
  }

  /** The current period of a layer. */
  public Optional<Period> findCurrent(LayerId layer) {
    return periods.getOrDefault(layer, List.of()).stream().filter(Period::isCurrent).findFirst();
  }

  /** The period of a layer that a revision falls into. */
  public Optional<Period> find(LayerId layer, long revision) {
    return periods.getOrDefault(layer, List.of()).stream()
        .filter(period -> period.from <= revision && revision < period.to)
        .findFirst();
  }

  /** All current periods, by layer. */
  public List<Period> listCurrent() {
    return periods.values().stream().flatMap(List::stream).filter(Period::isCurrent).toList();
  }

  /** True where a generation is the newest state of its layer. */
  public boolean isCurrent(Generation generation) {
    return findCurrent(generation.layer())
        .filter(period -> period.generation.id() == generation.id())
        .isPresent();
  }

  /** The table that holds a generation's rows now. */
  public String tableOf(Generation generation) {
    return isCurrent(generation) ? generation.currentTable() : generation.asideTable();
  }

  /** Reads it all. */
  public static Catalog read(Connection connection, Known known) throws SQLException {
    record Row(String layer, long from, long to, long generation) {}
    List<Row> rows = new ArrayList<>();
    Sql.each(
        connection,
        row -> {
          long end = row.getLong(3);
          long to = row.wasNull() ? OPEN : end;
          rows.add(new Row(row.getString(1), row.getLong(2), to, row.getLong(4)));
        },
        "SELECT layer, from_revision, to_revision, generation FROM tq_period"
            + " ORDER BY layer, from_revision");
    Map<LayerId, List<Period>> periods = new TreeMap<>();
    for (Row row : rows) {
      periods
          .computeIfAbsent(new LayerId(row.layer), id -> new ArrayList<>())
          .add(new Period(row.from, row.to, known.get(connection, row.generation)));
    }
    return new Catalog(Sql.number(connection, "SELECT catalog FROM tq_writer"), periods);
  }

  /** Writes down a new generation; returns it with its id. */
  static Generation writeGeneration(
      Connection connection, Dialect dialect, LayerId layer, LayerSchema schema, Crs crs)
      throws SQLException {
    long id =
        Sql.number(
            connection,
            "INSERT INTO tq_generation (layer, epsg, geometry, has_z, has_m, key_field)"
                + " VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
            layer.value(),
            crs.epsg(),
            schema.geometry().name(),
            schema.hasZ() ? 1 : 0,
            schema.hasM() ? 1 : 0,
            schema.key());
    List<String> columns = Generation.columnsOf(schema, dialect);
    for (int i = 0; i < columns.size(); i++) {
      Field field = schema.fields().get(i);
      Sql.update(
          connection,
          "INSERT INTO tq_field VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          id,
          i,
          field.name(),
          columns.get(i),
          field.type().name(),
          field.label().es(),
          field.label().pt(),
          field.label().en(),
          field.unit(),
          field.dataClass().name());
      for (int c = 0; c < field.codes().size(); c++) {
        Code code = field.codes().get(c);
        LocalText label = code.label();
        Sql.update(
            connection,
            "INSERT INTO tq_code VALUES (?, ?, ?, ?, ?, ?, ?)",
            id,
            i,
            c,
            code.value(),
            label.es(),
            label.pt(),
            label.en());
      }
    }
    return new Generation(id, layer, schema, crs, columns, dialect.liveTable(layer, id));
  }

  /** Removes what was written down of a generation that was never published. */
  public static void forget(Connection connection, long id) throws SQLException {
    Sql.update(connection, "DELETE FROM tq_generation WHERE id = ?", id);
    Sql.update(connection, "DELETE FROM tq_field WHERE generation = ?", id);
    Sql.update(connection, "DELETE FROM tq_code WHERE generation = ?", id);
    Sql.update(connection, "DELETE FROM tq_state WHERE generation = ?", id);
  }

  private static Generation readGeneration(Connection connection, Dialect dialect, long id)
      throws SQLException {
    Map<Integer, List<Code>> codes = new TreeMap<>();
    Sql.each(
        connection,
        row ->
            codes
                .computeIfAbsent(row.getInt(1), field -> new ArrayList<>())
                .add(
                    new Code(
                        row.getString(2),
                        new LocalText(row.getString(3), row.getString(4), row.getString(5)))),
        "SELECT field, value, label_es, label_pt, label_en FROM tq_code"
            + " WHERE generation = ? ORDER BY field, position",
        id);
    List<Field> fields = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    Sql.each(
        connection,
        row -> {
          columns.add(row.getString(2));
          fields.add(
              new Field(
                  row.getString(1),
                  FieldType.valueOf(row.getString(3)),
                  new LocalText(row.getString(4), row.getString(5), row.getString(6)),
                  row.getString(7),
                  DataClass.valueOf(row.getString(8)),
                  codes.getOrDefault(fields.size(), List.of())));
        },
        "SELECT name, column_name, type, label_es, label_pt, label_en, unit, data_class"
            + " FROM tq_field WHERE generation = ? ORDER BY position",
        id);
    return Sql.first(
            connection,
            row ->
                new Generation(
                    id,
                    new LayerId(row.getString(1)),
                    new LayerSchema(
                        GeometryType.valueOf(row.getString(3)),
                        row.getInt(4) != 0,
                        row.getInt(5) != 0,
                        fields,
                        nullable(row.getString(6))),
                    new Crs(row.getInt(2)),
                    columns,
                    dialect.liveTable(new LayerId(row.getString(1)), id)),
            "SELECT layer, epsg, geometry, has_z, has_m, key_field FROM tq_generation WHERE id = ?",
            id)
        .orElseThrow(() -> new IllegalStateException("the city has no generation " + id));
  }

  private static @Nullable String nullable(@Nullable String text) {
    return text;
  }
}
