package org.tequio.osm.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tequio.feature.LocalText;
import org.tequio.feature.Progress;
import org.tequio.formats.FormatException;
import org.tequio.formats.osm.NodePlaces;
import org.tequio.formats.osm.OsmElement;
import org.tequio.formats.osm.OsmElement.Meta;
import org.tequio.formats.osm.OsmElement.Type;
import org.tequio.osm.ImportReport;
import org.tequio.osm.MapRefused;
import org.tequio.osm.element.Cells;
import org.tequio.osm.element.ElementBytes.AuthorNames;
import org.tequio.osm.element.ElementKey;
import org.tequio.osm.element.Elements;
import org.tequio.osm.element.OsmTables;
import org.tequio.storage.Database;

/** One file on its way into the tables of a load, element by element. Not thread-safe. */
final class Loading {
  private static final int OPEN = 3;

  private final Database database;
  private final long at;
  private final Progress progress;
  private final LoadBatch batch = new LoadBatch();
  private final NodePlaces places = new NodePlaces();
  private final Map<Long, String> authors = new HashMap<>();
  private final Map<String, Long> highest = new HashMap<>();
  private final long[] counts = new long[Type.values().length];
  private final Set<Long> cells = new HashSet<>();
  // Node, way, place of the way or -1 … of those whose node has not been seen.
  private long[] open = new long[OPEN * 512];
  private int openSize;
  private boolean hasWays;
  private boolean isUnsorted;
  private long gone;
  private long unversioned;
  private long missingNodes;
  private final List<ImportReport.Missing> examples = new ArrayList<>();

  /**
   * Begins.
   *
   * @param at seconds since 1970, the time of what has none
   */
  Loading(Database database, long at, Progress progress) {
    this.database = database;
    this.at = at;
    this.progress = progress;
  }

  void add(OsmElement read) throws FormatException {
    if (!read.meta().visible()) {
      gone++;
      return;
    }
    MapImport.checkedKey(read);
    OsmElement element = versioned(read);
    Meta meta = element.meta();
    highest.merge(element.type().word(), element.id(), Long::max);
    highest.merge("changeset", meta.changeset(), Long::max);
    if (meta.changeset() < OsmTables.FIRST_OTHER) {
      highest.merge("newest", read.meta().timestamp(), Long::max);
    }
    if (meta.uid() != 0) {
      highest.merge("person", meta.uid(), Long::max);
      authors.putIfAbsent(meta.uid(), meta.user());
    }
    switch (element.type()) {
      case NODE -> {
        isUnsorted |= hasWays;
        places.add(element.id(), element.x(), element.y());
      }
      case WAY -> {
        hasWays = true;
        addWay(element);
      }
      case RELATION -> {
        Set<Long> keys = new HashSet<>();
        Elements.addRefs(element, keys);
        keys.forEach(key -> batch.addMember(key, element.id()));
      }
    }
    counts[element.type().ordinal()]++;
    if (batch.add(element)) {
      flush();
    }
  }

  private OsmElement versioned(OsmElement element) {
    if (element.meta().version() > 0) {
      return element;
    }
    unversioned++;
    Meta meta = element.meta();
    return element.with(
        new Meta(
            1,
            meta.timestamp() == 0 ? at : meta.timestamp(),
            meta.changeset(),
            meta.uid(),
            meta.user(),
            true));
  }

  private void addWay(OsmElement way) {
    cells.clear();
    long[] nodes = way.refs().clone();
    Arrays.sort(nodes);
    int first = openSize;
    int placed = -1;
    for (int i = 0; i < nodes.length; i++) {
      if (i > 0 && nodes[i] == nodes[i - 1]) {
        continue;
      }
      batch.addWayNode(nodes[i], way.id());
      int index = isUnsorted ? -1 : places.find(nodes[i]);
      if (index >= 0) {
        cells.add(Cells.of(places.lon(index), places.lat(index)));
        placed = index;
      } else {
        if (openSize + OPEN > open.length) {
          open = Arrays.copyOf(open, 2 * open.length);
        }
        open[openSize] = nodes[i];
        open[openSize + 1] = way.id();
        openSize += OPEN;
      }
    }
    for (int i = first; i < openSize; i += OPEN) {
      open[i + 2] = placed;
    }
    for (long cell : cells) {
      batch.addWayCell(cell, way.id());
    }
  }

  /** Writes what waits. */
  void flush() {
    int wanted = batch.size();
    int written = database.write(batch::write);
    if (written < wanted) {
      throw new MapRefused(
          "several-versions",
          new LocalText(
              "El archivo trae el mismo elemento más de una vez: es una historia, no un estado.",
              "O arquivo traz o mesmo elemento mais de uma vez: é um histórico, não um estado.",
              "The file has the same element more than once: it is a history and not a state."));
    }
    progress.step("elements", elements(), 0);
    progress.check();
  }

  /**
   * Finds nodes that came after their ways or are on the map already; once the tables have their
   * indexes.
   */
  void placeLate() {
    Set<Long> cellsOfWays = new HashSet<>();
    Set<Long> wanted = new HashSet<>();
    for (int i = 0; i < openSize; i += OPEN) {
      if (places.find(open[i]) < 0) {
        wanted.add(ElementKey.of(Type.NODE, open[i]));
      }
    }
    Map<Long, OsmElement> onMap =
        database.read(connection -> Elements.list(connection, wanted, AuthorNames.NONE));
    long way = 0;
    for (int i = 0; i < openSize; i += OPEN) {
      if (open[i + 1] != way) {
        way = open[i + 1];
        cellsOfWays.clear();
      }
      int index = places.find(open[i]);
      OsmElement there = onMap.get(ElementKey.of(Type.NODE, open[i]));
      if (index < 0 && (there == null || !there.meta().visible())) {
        missingNodes++;
        if (examples.size() < MapImport.MOST_EXAMPLES) {
          examples.add(missing(open[i + 1], open[i], (int) open[i + 2]));
        }
        continue;
      }
      long cell =
          index >= 0 || there == null
              ? Cells.of(places.lon(index), places.lat(index))
              : Cells.of(there.x(), there.y());
      if (cellsOfWays.add(cell)) {
        batch.addWayCell(cell, way);
      }
    }
    database.write(this::writeLateCells);
  }

  private ImportReport.Missing missing(long way, long node, int placed) {
    boolean known = placed >= 0;
    return new ImportReport.Missing(
        Type.WAY.word() + "/" + way,
        Type.NODE.word() + "/" + node,
        known ? (Double) (places.lon(placed) / 1e7) : null,
        known ? (Double) (places.lat(placed) / 1e7) : null);
  }

  private boolean writeLateCells(Connection connection) throws SQLException {
    batch.write(connection);
    return true;
  }

  long elements() {
    return Arrays.stream(counts).sum();
  }

  /** Seconds since 1970 when it began. */
  long at() {
    return at;
  }

  /** The names of authors by their numbers. */
  Map<Long, String> authors() {
    return authors;
  }

  /** The highest number of each counter. */
  Map<String, Long> highest() {
    return highest;
  }

  ImportReport report(long known, long missingMembers, List<ImportReport.Missing> members) {
    List<ImportReport.Missing> all = new ArrayList<>(examples);
    all.addAll(members);
    return new ImportReport(
        counts[0],
        counts[1],
        counts[2],
        known,
        gone,
        unversioned,
        missingNodes,
        missingMembers,
        all);
  }
}
