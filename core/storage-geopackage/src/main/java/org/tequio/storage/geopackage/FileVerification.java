package org.tequio.storage.geopackage;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tequio.feature.Progress;
import org.tequio.storage.Sql;
import org.tequio.storage.StoreFault;
import org.tequio.storage.sql.Generation;
import org.tequio.storage.sql.TableFeatures;
import org.tequio.storage.sql.Verification;

/** Goes through everything that a city's folder keeps, down to the pages of its file. */
final class FileVerification extends Verification {
  private static final int SENTENCES_OF_A_CHECK = 20;

  private final CityFolder folder;
  private final Progress progress;

  FileVerification(CityFolder folder, Progress progress) {
    super("city.gpkg", new SqliteDialect(folder), progress);
    this.folder = folder;
    this.progress = progress;
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

  @Override
  protected void index(TableFeatures.View view, Generation generation, String table, long placed)
      throws SQLException {
    String rtree = LayerSql.rtree(table);
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
}
