package org.tequio.storage.sql;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.tequio.feature.Crs;
import org.tequio.feature.Field;
import org.tequio.feature.LayerId;
import org.tequio.feature.LayerSchema;
import org.tequio.storage.Sql;

/**
 * One load of a layer, with the tables that hold it. While it is the current one GIS tools see it;
 * before and after that it is a table of ours. Its past is in a history table beside it.
 *
 * @param id from 1, never used again
 * @param columns the columns of the schema's fields, in the same order
 * @param currentTable the table's name while this is the layer's current generation
 */
public record Generation(
    long id,
    LayerId layer,
    LayerSchema schema,
    Crs crs,
    List<String> columns,
    String currentTable) {
  /** The column of the feature id. */
  public static final String FID = "fid";

  /** The column of the geometry. */
  public static final String GEOM = "geom";

  /** Copies the names. */
  public Generation {
    columns = List.copyOf(columns);
  }

  /** Names for the columns of a schema that clash with nothing and are not too long. */
  static List<String> columnsOf(LayerSchema schema, Dialect dialect) {
    Set<String> reserved = new HashSet<>(dialect.reservedNames());
    reserved.addAll(Set.of(FID, GEOM, "from_revision", "to_revision"));
    int longestName = dialect.longestName();
    Set<String> taken = new HashSet<>(reserved);
    for (Field field : schema.fields()) {
      taken.add(field.name().toLowerCase(Locale.ROOT));
    }
    List<String> columns = new ArrayList<>();
    for (Field field : schema.fields()) {
      String column = cut(field.name().replace("\0", ""), longestName);
      boolean clashes = reserved.contains(column.toLowerCase(Locale.ROOT)) || column.isEmpty();
      boolean isNew = !column.equals(field.name());
      for (int n = 2; clashes || (isNew && !taken.add(column.toLowerCase(Locale.ROOT))); n++) {
        String ending = "_" + n;
        column = cut(field.name().replace("\0", ""), longestName - ending.length()) + ending;
        clashes = false;
        isNew = true;
      }
      columns.add(column);
    }
    return columns;
  }

  // As many whole characters as fit.
  private static String cut(String name, int bytes) {
    int end = name.length();
    while (name.substring(0, end).getBytes(StandardCharsets.UTF_8).length > bytes) {
      end = name.offsetByCodePoints(end, -1);
    }
    return name.substring(0, end);
  }

  /** True where features have a place. */
  public boolean spatial() {
    return schema.hasGeometry();
  }

  /** The table's name before and after that. */
  public String asideTable() {
    return "tq_g" + id;
  }

  /** What rows were before they changed. */
  public String historyTable() {
    return "tq_h" + id;
  }

  /** The columns that hold a feature, comma-separated, each with a prefix such as {@code OLD.}. */
  public String columnList(String prefix) {
    return prefix
        + FID
        + (spatial() ? "," + prefix + GEOM : "")
        + columns.stream()
            .map(column -> "," + prefix + Sql.quoted(column))
            .collect(Collectors.joining());
  }

  /** How many columns {@link #columnList} names. */
  public int columnCount() {
    return columns.size() + (spatial() ? 2 : 1);
  }
}
