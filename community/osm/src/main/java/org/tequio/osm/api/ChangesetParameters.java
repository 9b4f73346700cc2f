package org.tequio.osm.api;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.osm.changeset.ChangesetQuery;
import org.tequio.osm.changeset.OsmRefused;
import org.tequio.osm.element.Authors;
import org.tequio.osm.wire.Degrees;

/**
 * The parameters of a search for changesets, as they came.
 *
 * @param texts by name
 */
record ChangesetParameters(Map<String, String> texts) {
  /** The most that one answer tells. */
  static final int MOST = 100;

  /** What they ask for. */
  ChangesetQuery query(Connection connection) throws SQLException {
    @Nullable Instant[] time = time();
    return new ChangesetQuery(
        uid(connection),
        texts.containsKey("bbox") ? Degrees.box(texts.get("bbox")) : null,
        time[0],
        time[1],
        moment("from"),
        moment("to"),
        open(),
        ids(),
        oldestFirst(),
        limit());
  }

  private @Nullable Long uid(Connection connection) throws SQLException {
    String user = texts.get("user");
    String name = texts.get("display_name");
    if (user != null && name != null) {
      throw OsmRefused.bad("provide either the user ID or display name, but not both");
    }
    if (user != null) {
      long uid = whole("user", user);
      return Authors.find(connection, uid)
          .map(Authors.Author::uid)
          .orElseThrow(() -> OsmRefused.notFound("user", uid));
    }
    if (name != null) {
      return Authors.ofName(connection, name)
          .map(Authors.Author::uid)
          .orElseThrow(() -> OsmRefused.notFound("There is no user of that name"));
    }
    return null;
  }

  /** Closed after the first and opened before the second. */
  private @Nullable Instant[] time() {
    String text = texts.get("time");
    if (text == null) {
      return new @Nullable Instant[2];
    }
    String[] parts = text.split(",", -1);
    if (parts.length > 2) {
      throw OsmRefused.bad("bad time range");
    }
    return new @Nullable Instant[] {
      Moments.moment("time", parts[0]), parts.length == 2 ? Moments.moment("time", parts[1]) : null
    };
  }

  private @Nullable Instant moment(String name) {
    String text = texts.get(name);
    return text == null ? null : Moments.moment(name, text);
  }

  private @Nullable Boolean open() {
    if (said("open")) {
      return true;
    }
    return said("closed") ? false : null;
  }

  private boolean said(String name) {
    String text = texts.get(name);
    return text != null && !text.equals("false");
  }

  private @Nullable List<Long> ids() {
    String text = texts.get("changesets");
    if (text == null) {
      return null;
    }
    String[] parts = text.split(",");
    if (parts.length > MOST) {
      throw OsmRefused.bad("at most " + MOST + " changesets can be asked for at once");
    }
    List<Long> ids = new ArrayList<>();
    for (String part : parts) {
      ids.add(whole("changesets", part.strip()));
    }
    return ids;
  }

  private boolean oldestFirst() {
    return switch (texts.getOrDefault("order", "newest")) {
      case "newest" -> false;
      case "oldest" -> {
        if (texts.containsKey("time")) {
          throw OsmRefused.bad("cannot use order=oldest with time");
        }
        yield true;
      }
      default -> throw OsmRefused.bad("order must be newest or oldest");
    };
  }

  private int limit() {
    String text = texts.get("limit");
    if (text == null) {
      return MOST;
    }
    long limit = whole("limit", text);
    if (limit < 1 || limit > MOST) {
      throw OsmRefused.bad("Changeset limit must be between 1 and " + MOST);
    }
    return (int) limit;
  }

  private static long whole(String name, String text) {
    if (!text.matches("[0-9]{1,16}")) {
      throw OsmRefused.bad(name + " must be a whole number, but got \"" + shown(text) + "\"");
    }
    return Long.parseLong(text);
  }

  private static String shown(String text) {
    return text.length() > 80 ? text.substring(0, 80) : text;
  }
}
