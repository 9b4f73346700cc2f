package org.tequio.osm.load;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.tequio.feature.Findings;
import org.tequio.feature.LocalText;
import org.tequio.feature.Progress;
import org.tequio.formats.FormatException;
import org.tequio.formats.Limits;
import org.tequio.formats.ReadContext;
import org.tequio.formats.osm.OsmElement;
import org.tequio.formats.osm.OsmSource;
import org.tequio.osm.ImportReport;
import org.tequio.osm.MapRefused;
import org.tequio.osm.element.Authors;
import org.tequio.osm.element.ElementBytes;
import org.tequio.osm.element.ElementBytes.AuthorNames;
import org.tequio.osm.element.ElementKey;
import org.tequio.storage.Database;
import org.tequio.storage.Sql;

/**
 * Takes a file of elements into the community map, with its numbers and versions. Who reads sees
 * nothing of it or all of it; who edits waits for no longer than one portion is written, one index
 * made or the tables joined. Thread-safe, one at a time.
 */
public final class MapImport {
  static final int MOST_EXAMPLES = 10;

  private static final String MISSING_MEMBERS =
      " FROM osm_load_member AS m WHERE NOT EXISTS (SELECT 1 FROM osm_load_element AS e WHERE"
          + " e.key = m.member) AND NOT EXISTS (SELECT 1 FROM osm_element AS e WHERE e.key ="
          + " m.member)";

  private final Database database;
  private final Clock clock;
  private final ReentrantLock one = new ReentrantLock();

  /** Creates its tables; throws away what a run that was killed left in them. */
  public MapImport(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
    LoadTables.migrate(database);
    if (!database.read(LoadTables::isEmpty)) {
      clear();
    }
  }

  private void clear() {
    database.write(
        connection -> {
          LoadTables.clear(connection);
          return true;
        });
  }

  /**
   * Does it, wholly or not at all.
   *
   * @throws MapRefused where another import runs, the file holds what nobody has uploaded yet or
   *     several versions of one thing, or the map has elements of it in other versions
   * @throws FormatException where the file cannot be read
   */
  public ImportReport run(Path file, Progress progress) throws IOException, FormatException {
    if (!one.tryLock()) {
      throw new MapRefused(
          "import-running",
          new LocalText(
              "Ya se está importando otro archivo; espere a que termine.",
              "Outro arquivo já está sendo importado; espere que termine.",
              "Another file is being imported; wait until it is done."));
    }
    try {
      if (!database.read(LoadTables::isEmpty)) {
        clear();
      }
      try {
        return load(file, progress);
      } catch (IOException | FormatException | RuntimeException e) {
        clear();
        throw e;
      }
    } finally {
      one.unlock();
    }
  }

  private ImportReport load(Path file, Progress progress) throws IOException, FormatException {
    Loading loading = new Loading(database, clock.instant().getEpochSecond(), progress);
    OsmSource.of(file, new ReadContext(new Findings(), Limits.STANDARD, progress))
        .forEach(loading::add);
    loading.flush();
    progress.step("index", 0, 0);
    long number = database.write(LoadTables::next);
    for (String statement : LoadTables.indexes(number)) {
      progress.check();
      database.write(
          connection -> {
            Sql.run(connection, statement);
            return true;
          });
    }
    loading.placeLate();
    progress.step("join", 0, 0);
    return database.write(connection -> join(connection, loading));
  }

  private static ImportReport join(Connection connection, Loading loading) throws SQLException {
    long loaded = loading.elements();
    long there =
        Sql.number(
            connection,
            "SELECT COUNT(*) FROM (SELECT 1 AS one FROM osm_element LIMIT ?) AS few",
            loaded + 1);
    long known = there == 0 ? 0 : countKnown(connection);
    long missingMembers = Sql.number(connection, "SELECT COUNT(*)" + MISSING_MEMBERS);
    List<ImportReport.Missing> members =
        Sql.list(
            connection,
            row ->
                new ImportReport.Missing(
                    OsmElement.Type.RELATION.word() + "/" + row.getLong(1),
                    ElementKey.type(row.getLong(2)).word() + "/" + ElementKey.id(row.getLong(2)),
                    null,
                    null),
            "SELECT m.relation, m.member" + MISSING_MEMBERS + " ORDER BY 1, 2 LIMIT ?",
            MOST_EXAMPLES);
    LoadTables.join(connection, there <= loaded);
    for (Map.Entry<Long, String> author : loading.authors().entrySet()) {
      Authors.insert(
          connection, new Authors.Author(author.getKey(), null, author.getValue(), loading.at()));
    }
    for (Map.Entry<String, Long> counter : loading.highest().entrySet()) {
      Sql.update(
          connection,
          "UPDATE osm_counter SET last = ? WHERE name = ? AND last < ?",
          counter.getValue(),
          counter.getKey(),
          counter.getValue());
    }
    return loading.report(known, missingMembers, members);
  }

  /**
   * How many are on the map already in the same version.
   *
   * @throws MapRefused where some are there in another
   */
  private static long countKnown(Connection connection) throws SQLException {
    long[] known = new long[1];
    long[] others = new long[1];
    List<String> examples = new ArrayList<>();
    Sql.each(
        connection,
        row -> {
          byte[] loaded = row.getBytes(2);
          byte[] there = row.getBytes(3);
          if (Arrays.equals(loaded, there)) {
            known[0]++;
          } else if (++others[0] <= MOST_EXAMPLES) {
            OsmElement wanted = ElementBytes.read(row.getLong(1), loaded, AuthorNames.NONE);
            OsmElement present = ElementBytes.read(row.getLong(1), there, AuthorNames.NONE);
            examples.add(
                wanted.type().word()
                    + "/"
                    + wanted.id()
                    + " ("
                    + wanted.meta().version()
                    + " ≠ "
                    + present.meta().version()
                    + ")");
          }
        },
        "SELECT l.key, l.data, e.data FROM osm_load_element AS l JOIN osm_element AS e"
            + " ON e.key = l.key ORDER BY l.key");
    if (others[0] > 0) {
      String list = String.join(", ", examples);
      throw new MapRefused(
          "other-versions",
          new LocalText(
              "El mapa ya tiene " + others[0] + " de estos elementos en otra versión: " + list,
              "O mapa já tem " + others[0] + " destes elementos em outra versão: " + list,
              "The map has " + others[0] + " of these elements in another version: " + list));
    }
    return known[0];
  }

  /** The key under which an element that may be taken in is kept. */
  static long checkedKey(OsmElement element) {
    if (element.id() <= 0 || element.id() > ElementKey.MOST) {
      String name = element.type().word() + "/" + element.id();
      throw new MapRefused(
          "not-uploaded",
          new LocalText(
              "El archivo trae elementos que nadie ha subido todavía, como " + name + ".",
              "O arquivo traz elementos que ninguém enviou ainda, como " + name + ".",
              "The file has elements that nobody has uploaded yet, such as " + name + "."));
    }
    return ElementKey.of(element);
  }
}
