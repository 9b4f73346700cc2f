package org.tequio.osm.api;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.osm.Box;
import org.tequio.osm.changeset.OsmRefused;
import org.tequio.osm.element.Authors;
import org.tequio.osm.note.NoteQuery;
import org.tequio.osm.wire.Degrees;

/**
 * The parameters of a question for notes, as they came.
 *
 * @param texts by name
 */
record NoteParameters(Map<String, String> texts) {
  private static final int USUAL_CLOSED_DAYS = 7;

  /** So many are told where nothing is said. */
  static final int USUAL = 100;

  /** The largest box, in square degrees. */
  static final int MOST_AREA = 25;

  /** What is asked of a box. */
  NoteQuery inBox() {
    Box box = box();
    if (box == null) {
      throw OsmRefused.bad("The parameter bbox is required");
    }
    return new NoteQuery(box, closedDays(), null, null, null, null, false, false, limit());
  }

  /** What a feed tells: of a box, or of everywhere. */
  NoteQuery feed() {
    return new NoteQuery(box(), closedDays(), null, null, null, null, false, false, USUAL);
  }

  /** What a search looks for. */
  NoteQuery search(Connection connection) throws SQLException {
    String words = texts.get("q");
    return new NoteQuery(
        box(),
        closedDays(),
        uid(connection),
        words == null || words.isBlank() ? null : words.strip(),
        texts.containsKey("from") ? Moments.moment("from", texts.get("from")) : null,
        texts.containsKey("to") ? Moments.moment("to", texts.get("to")) : null,
        oneOf("sort", "updated_at", "created_at").equals("created_at"),
        oneOf("order", "newest", "oldest").equals("oldest"),
        limit());
  }

  private @Nullable Box box() {
    String text = texts.get("bbox");
    if (text == null) {
      return null;
    }
    Box box = Degrees.box(text);
    if (box.area() > MOST_AREA) {
      throw OsmRefused.bad(
          "The maximum bbox size is "
              + MOST_AREA
              + ", and your request was too large. Either request a smaller area, or use"
              + " planet.osm");
    }
    return box;
  }

  private @Nullable Long uid(Connection connection) throws SQLException {
    String name = texts.get("display_name");
    String number = texts.get("user");
    if (name == null && number == null) {
      return null;
    }
    Optional<Authors.Author> author =
        name != null ? Authors.ofName(connection, name) : Authors.find(connection, number(number));
    return author
        .map(Authors.Author::uid)
        .orElseThrow(() -> OsmRefused.bad("User " + (name == null ? number : name) + " not known"));
  }

  private static long number(@Nullable String text) {
    return text != null && text.matches("[0-9]{1,16}") ? Long.parseLong(text) : -1;
  }

  private String oneOf(String name, String usual, String other) {
    String text = texts.getOrDefault(name, usual);
    if (!text.equals(usual) && !text.equals(other)) {
      throw OsmRefused.bad(name + " must be " + usual + " or " + other);
    }
    return text;
  }

  private int closedDays() {
    String text = texts.getOrDefault("closed", Integer.toString(USUAL_CLOSED_DAYS));
    if (!text.matches("-?[0-9]{1,5}")) {
      throw OsmRefused.bad("closed must be a number of days");
    }
    return Integer.parseInt(text);
  }

  private int limit() {
    String text = texts.getOrDefault("limit", Integer.toString(USUAL));
    if (!text.matches("[0-9]{1,5}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > NoteQuery.MOST) {
      throw OsmRefused.bad("Note limit must be between 1 and " + NoteQuery.MOST);
    }
    return Integer.parseInt(text);
  }
}
