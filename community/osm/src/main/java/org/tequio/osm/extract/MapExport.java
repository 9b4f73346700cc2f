package org.tequio.osm.extract;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.tequio.feature.Progress;
import org.tequio.formats.osm.ElementForm;
import org.tequio.formats.osm.ElementForm.Content;
import org.tequio.formats.osm.ElementWriter;
import org.tequio.formats.osm.OsmElement;
import org.tequio.formats.osm.OsmElement.Meta;
import org.tequio.formats.osm.OsmElement.Type;
import org.tequio.osm.Box;
import org.tequio.osm.MapExtract;
import org.tequio.osm.element.Authors;
import org.tequio.osm.element.ElementBytes;
import org.tequio.osm.element.ElementBytes.AuthorNames;
import org.tequio.storage.Database;
import org.tequio.storage.Sql;

/**
 * Writes the map as it is at one moment, sorted by kind and number, while others go on editing.
 * Thread-safe.
 */
public final class MapExport {
  private static final int ROWS_BETWEEN_LOOKS = 1 << 14;

  private final Database database;

  /** Of one map. */
  public MapExport(Database database) {
    this.database = database;
  }

  /** Sees each element that is there. */
  @FunctionalInterface
  private interface Visitor {
    void element(OsmElement element) throws IOException;
  }

  /**
   * Writes it; closes the stream.
   *
   * @throws java.util.concurrent.CancellationException when the progress says so
   */
  public MapExtract.Counts write(
      MapExtract extract, ElementForm form, OutputStream out, Progress progress)
      throws IOException {
    try (ElementWriter writer = form.open(out, Content.SORTED)) {
      return database.read(connection -> write(connection, extract, writer, progress));
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static MapExtract.Counts write(
      Connection connection, MapExtract extract, ElementWriter writer, Progress progress)
      throws SQLException {
    Box box = extract.box();
    Chosen chosen = box == null ? null : choose(connection, box, progress);
    AuthorNames names = extract.authors() ? Authors.names(connection) : AuthorNames.NONE;
    long[] counts = new long[Type.values().length];
    each(
        connection,
        names,
        progress,
        element -> {
          if (chosen == null || chosen.has(element)) {
            writer.write(extract.authors() ? element : anonymous(element));
            counts[element.type().ordinal()]++;
          }
        });
    return new MapExtract.Counts(counts[0], counts[1], counts[2]);
  }

  private static OsmElement anonymous(OsmElement element) {
    Meta meta = element.meta();
    return element.with(new Meta(meta.version(), meta.timestamp(), 0, 0, "", true));
  }

  private static void each(
      Connection connection, AuthorNames names, Progress progress, Visitor visitor)
      throws SQLException {
    long[] seen = new long[1];
    Sql.each(
        connection,
        row -> {
          OsmElement element = ElementBytes.read(row.getLong(1), row.getBytes(2), names);
          if (element.meta().visible()) {
            try {
              visitor.element(element);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
          if (++seen[0] % ROWS_BETWEEN_LOOKS == 0) {
            progress.step("elements", seen[0], 0);
            progress.check();
          }
        },
        "SELECT key, data FROM osm_element ORDER BY key");
  }

  /** What a box takes along; the rows come by kind, so that one pass is enough. */
  private static Chosen choose(Connection connection, Box box, Progress progress)
      throws SQLException {
    Chosen chosen = new Chosen();
    each(
        connection,
        AuthorNames.NONE,
        progress,
        element -> {
          switch (element.type()) {
            case NODE -> {
              if (box.has(element.x(), element.y())) {
                chosen.inside.add(element.id());
              }
            }
            case WAY -> {
              if (chosen.inside.hasAny(element.refs())) {
                chosen.ways.add(element.id());
                chosen.corners.addAll(element.refs());
              }
            }
            case RELATION -> {
              if (chosen.isMember(element)) {
                chosen.relations.add(element.id());
              }
            }
          }
        });
    chosen.corners.sort();
    return chosen;
  }

  /** The numbers of what is written. */
  private static final class Chosen {
    private final Ids inside = new Ids();
    private final Ids corners = new Ids();
    private final Ids ways = new Ids();
    private final Ids relations = new Ids();

    boolean isMember(OsmElement relation) {
      for (int i = 0; i < relation.refs().length; i++) {
        long ref = relation.refs()[i];
        boolean here =
            switch (relation.types()[i]) {
              case NODE -> inside.has(ref);
              case WAY -> ways.has(ref);
              case RELATION -> false;
            };
        if (here) {
          return true;
        }
      }
      return false;
    }

    boolean has(OsmElement element) {
      long id = element.id();
      return switch (element.type()) {
        case NODE -> inside.has(id) || corners.has(id);
        case WAY -> ways.has(id);
        case RELATION -> relations.has(id);
      };
    }
  }
}
