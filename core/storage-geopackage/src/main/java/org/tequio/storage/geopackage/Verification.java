package org.tequio.storage.geopackage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.tequio.feature.Progress;
import org.tequio.storage.ContentHash;
import org.tequio.storage.Sql;

/** Goes through everything that a city keeps and collects sentences about what is wrong. */
final class Verification {
  private static final int SENTENCES_OF_A_CHECK = 20;

  private final CityFolder folder;
  private final Progress progress;
  private final List<String> problems = new ArrayList<>();

  Verification(CityFolder folder, Progress progress) {
    this.folder = folder;
    this.progress = progress;
  }

  List<String> problems() {
    return List.copyOf(problems);
  }

  void add(String problem) {
    problems.add(problem);
  }

  /** Names the pages that are not as they were written, with the tables they belong to. */
  void pages(List<Integer> pages) {
    int named = 0;
    for (int page : pages) {
      Optional<String> table = tableOf(page);
      if (table.isPresent() && isForeign(table.get())) {
        continue; // Another program keeps a table of its own in the file, and wrote it.
      }
      if (named++ < SENTENCES_OF_A_CHECK) {
        add(
            "city.gpkg: page "
                + page
                + " (bytes "
                + (page - 1L) * PageSums.PAGE
                + " to "
                + ((long) page * PageSums.PAGE - 1)
                + ", "
                + table.map(name -> "table or index " + name).orElse("table not known")
                + ") is not as it was written");
      }
    }
    if (named > SENTENCES_OF_A_CHECK) {
      add("city.gpkg: " + (named - SENTENCES_OF_A_CHECK) + " more pages are not as written");
    }
  }

  /** Compares the file's pages with its seal, without opening it. */
  void pagesAgainstSeal() throws IOException {
    if (!Files.exists(folder.seal())) {
      return;
    }
    try {
      PageSums sealed = new PageSums(Seal.read(folder.seal()).pages());
      List<Integer> different = new ArrayList<>();
      PageSums.each(
          folder.file(),
          progress,
          (page, sum) -> {
            if (!sealed.matches(page, sum)) {
              different.add(page);
            }
          });
      pages(different);
    } catch (StoreFault changed) {
      add(String.valueOf(changed.getMessage()));
    }
  }

  private Optional<String> tableOf(int page) {
    try (Connection connection = folder.openToRead()) {
      return Sql.first(
          connection, row -> row.getString(1), "SELECT name FROM dbstat WHERE pageno = ?", page);
    } catch (SQLException damagedTooMuchToSay) {
      return Optional.empty();
    }
  }

  private boolean isForeign(String table) {
    try (Connection connection = folder.openToRead()) {
      boolean known =
          Sql.number(
                  connection,
                  "SELECT COUNT(*) FROM sqlite_schema AS s WHERE s.name = ?1 AND"
                      + " (s.tbl_name GLOB 'tq_*' OR s.tbl_name GLOB 'gpkg_*'"
                      + " OR s.tbl_name GLOB 'rtree_*' OR s.tbl_name GLOB 'sqlite_*'"
                      + " OR s.tbl_name IN (SELECT layer FROM tq_period)"
                      + " OR EXISTS (SELECT 1 FROM tq_table AS o WHERE o.name = s.tbl_name))",
                  table)
              > 0;
      return !known && !table.equals("sqlite_schema") && !table.equals("sqlite_master");
    } catch (SQLException damagedTooMuchToSay) {
      return false;
    }
  }

  /** Lets SQLite check its structures. */
  void structure(TableFeatures.View view) {
    progress.step("structure", 0, 0);
    try {
      List<String> said = new ArrayList<>();
      Sql.each(
          view.connection(),
          row -> said.add(row.getString(1)),
          "PRAGMA integrity_check(" + SENTENCES_OF_A_CHECK + ")");
      said.stream()
          .filter(line -> !line.equals("ok"))
          .forEach(line -> add("city.gpkg: " + line.replace('\n', ' ')));
    } catch (SQLException e) {
      add("city.gpkg: " + e.getMessage());
    }
  }

  /** Reads every layer, current and past, and compares it with what is known of it. */
  void layers(TableFeatures.View view) {
    List<Catalog.Period> last =
        view.catalog().periods().values().stream().map(List::getLast).toList();
    Set<Long> done = new HashSet<>();
    Stream.concat(last.stream(), view.catalog().periods().values().stream().flatMap(List::stream))
        .forEach(
            period -> {
              Generation generation = period.generation();
              if (done.add(generation.id())) {
                progress.check();
                progress.step(generation.layer().value(), done.size(), 0);
                layer(view, generation);
              }
            });
  }

  private void layer(TableFeatures.View view, Generation generation) {
    String table = view.catalog().tableOf(generation);
    String name = "city.gpkg: layer " + generation.layer() + " (table " + table + ")";
    try {
      LayerState state = LayerState.read(view.connection(), generation, Catalog.OPEN);
      ContentHash hash = new ContentHash();
      long count = 0;
      long placed = 0;
      try (PreparedStatement query =
              view.connection()
                  .prepareStatement(
                      "SELECT " + generation.columnList("") + " FROM " + Sql.quoted(table));
          ResultSet rows = query.executeQuery()) {
        TableRow row = new TableRow(generation, rows);
        while (row.next()) {
          hash.add(row.id(), row.wkb(), row.wkbOffset(), row.wkbLength(), row.values());
          count++;
          if (row.envelope() != null) {
            placed++;
          }
        }
      }
      if (count != state.features()) {
        add(name + " holds " + count + " features but should hold " + state.features());
      } else if (!hash.toString().equals(state.hash())) {
        add(name + ": the content is not what was written");
      }
      if (generation.spatial()) {
        rtree(view, Generation.rtree(table), placed);
      }
    } catch (SQLException | RuntimeException e) {
      add(name + " cannot be read: " + e.getMessage());
    }
  }

  private void rtree(TableFeatures.View view, String rtree, long placed) throws SQLException {
    String said =
        Sql.first(view.connection(), row -> row.getString(1), "SELECT rtreecheck(?)", rtree)
            .orElse("ok");
    if (!said.equals("ok")) {
      add("city.gpkg: spatial index " + rtree + ": " + said.replace('\n', ' '));
    }
    long indexed =
        Sql.number(view.connection(), "SELECT COUNT(*) FROM " + Sql.quoted(rtree + "_rowid"));
    if (indexed != placed) {
      add(
          "city.gpkg: spatial index "
              + rtree
              + " has "
              + indexed
              + " entries for "
              + placed
              + " features with a place");
    }
  }

  /** Hashes every blob again. */
  void blobs(FolderBlobs blobs, long sealed) throws IOException {
    List<String> names;
    try (Stream<String> list = blobs.list()) {
      names = list.toList();
    }
    long known = names.size() + blobs.removed();
    if (known < sealed) {
      add("blobs: " + (sealed - known) + " of " + sealed + " files are missing");
    }
    int done = 0;
    for (String name : names) {
      progress.check();
      progress.step("blobs", done++, names.size());
      Path file = blobs.path(name);
      String where = "blobs/" + name.substring(0, 2) + "/" + name.substring(2);
      try {
        if (!sha256(file).equals(name)) {
          add(where + ": the bytes are not those that its name says");
        }
      } catch (IOException e) {
        add(where + " cannot be read: " + e.getMessage());
      }
    }
  }

  /** The SHA-256 of a file in hexadecimal digits. */
  static String sha256(Path file) throws IOException {
    MessageDigest digest = DurableFiles.sha256();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      while (in.read(buffer) >= 0) {
        continue;
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
