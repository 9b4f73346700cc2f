package org.tequio.osm.element;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.osm.element.ElementBytes.AuthorNames;
import org.tequio.storage.Sql;
import org.tequio.storage.StoreFault;

/**
 * Who edits: every account has a number, as OpenStreetMap wants one, and a name that others read;
 * authors of what was taken in from elsewhere have theirs.
 */
public final class Authors {
  private Authors() {}

  /**
   * An author.
   *
   * @param account in this city; null for authors elsewhere and for accounts that were erased
   * @param since seconds since 1970 of the first edit, or of the import
   */
  public record Author(long uid, @Nullable String account, String name, long since) {}

  /** The author of an account; made where there is none yet, renamed where the name changed. */
  public static Author ensure(Connection connection, String account, String name, long at)
      throws SQLException {
    Optional<Author> known = ofAccount(connection, account);
    if (known.isEmpty()) {
      Author author = new Author(OsmTables.take(connection, "person", 1), account, name, at);
      insert(connection, author);
      return author;
    }
    Author author = known.get();
    if (!author.name.equals(name)) {
      Sql.update(connection, "UPDATE osm_person SET name = ? WHERE uid = ?", name, author.uid);
    }
    return new Author(author.uid, account, name, author.since);
  }

  /** Keeps an author from elsewhere; one that is known keeps its first name. */
  public static void insert(Connection connection, Author author) throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO osm_person (uid, account, name, since) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT (uid) DO NOTHING",
        author.uid,
        author.account,
        author.name,
        author.since);
  }

  /** By number. */
  public static Optional<Author> find(Connection connection, long uid) throws SQLException {
    return Sql.first(
        connection,
        row -> new Author(uid, row.getString(1), row.getString(2), row.getLong(3)),
        "SELECT account, name, since FROM osm_person WHERE uid = ?",
        uid);
  }

  /** By account. */
  public static Optional<Author> ofAccount(Connection connection, String account)
      throws SQLException {
    return Sql.first(
        connection,
        row -> new Author(row.getLong(1), account, row.getString(2), row.getLong(3)),
        "SELECT uid, name, since FROM osm_person WHERE account = ?",
        account);
  }

  /** By name; of several the first who came. */
  public static Optional<Author> ofName(Connection connection, String name) throws SQLException {
    return Sql.first(
        connection,
        row -> new Author(row.getLong(1), row.getString(2), name, row.getLong(3)),
        "SELECT uid, account, since FROM osm_person WHERE name = ? ORDER BY since, uid",
        name);
  }

  /** The names, each asked for once, while the connection may be used. */
  public static AuthorNames names(Connection connection) {
    Map<Long, String> known = new HashMap<>();
    return uid ->
        uid == 0 ? "" : known.computeIfAbsent(uid, one -> Authors.nameOf(connection, one));
  }

  /** The names of those who made these versions, for later. */
  public static AuthorNames names(Connection connection, Iterable<StoredElement> elements) {
    AuthorNames names = names(connection);
    Map<Long, String> known = new HashMap<>();
    LongSet seen = new LongSet();
    for (StoredElement element : elements) {
      ElementCursor in = element.cursor();
      for (int i = 0; i < 3; i++) {
        in.number();
      }
      long uid = in.number();
      if (uid != 0 && seen.add(uid)) {
        known.put(uid, names.name(uid));
      }
    }
    return uid -> known.getOrDefault(uid, "");
  }

  private static String nameOf(Connection connection, long uid) {
    try {
      return find(connection, uid).map(Author::name).orElse("");
    } catch (SQLException e) {
      throw new StoreFault("the name of author " + uid, e);
    }
  }
}
