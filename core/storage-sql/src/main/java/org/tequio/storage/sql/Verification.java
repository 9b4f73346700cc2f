package org.tequio.storage.sql;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.tequio.feature.Progress;
import org.tequio.storage.ContentHash;
import org.tequio.storage.Sql;

/** Goes through everything that a city keeps and collects sentences about what is wrong. */
public class Verification {
  private final String store;
  private final Dialect dialect;
  private final Progress progress;
  private final List<String> problems = new ArrayList<>();

  /**
   * Finds nothing yet.
   *
   * @param store what the sentences call the database
   */
  public Verification(String store, Dialect dialect, Progress progress) {
    this.store = store;
    this.dialect = dialect;
    this.progress = progress;
  }

  /** What was found. */
  public final List<String> problems() {
    return List.copyOf(problems);
  }

  /** Adds a sentence. */
  public final void add(String problem) {
    problems.add(problem);
  }

  /** Reads every layer, current and past, and compares it with what is known of it. */
  public final void layers(TableFeatures.View view) {
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
    String name = store + ": layer " + generation.layer() + " (table " + table + ")";
    try {
      LayerState state = LayerState.read(view.connection(), generation, Catalog.OPEN);
      ContentHash hash = new ContentHash();
      long count = 0;
      long placed = 0;
      try (PreparedStatement query =
              view.connection()
                  .prepareStatement(
                      "SELECT "
                          + dialect.readColumns(generation, "")
                          + " FROM "
                          + Sql.quoted(table));
          ResultSet rows = query.executeQuery()) {
        TableRow row = dialect.row(generation, rows);
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
        index(view, generation, table, placed);
      }
    } catch (SQLException | RuntimeException e) {
      add(name + " cannot be read: " + e.getMessage());
    }
  }

  /** Compares the spatial index of a table with its rows, where the database can. */
  protected void index(TableFeatures.View view, Generation generation, String table, long placed)
      throws SQLException {}

  /** Hashes every blob again. */
  public final void blobs(FolderBlobs blobs, long sealed) throws IOException {
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
  public static String sha256(Path file) throws IOException {
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
