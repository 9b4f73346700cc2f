package org.tequio.osm.wire;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tequio.formats.Xml;
import org.tequio.http.Reply;
import org.tequio.osm.changeset.OsmRefused;
import org.tequio.osm.note.Note;

/**
 * Notes, as the protocol tells them.
 *
 * @param root the address of the protocol, such as {@code https://mapa.ciudad.gob.mx/api/0.6}
 */
public record NoteAnswer(String root) {

  /** One. */
  public Reply one(NoteForm form, Note note) {
    return form == NoteForm.JSON ? geojson(feature(note)) : many(form, List.of(note));
  }

  /** Many. */
  public Reply many(NoteForm form, List<Note> notes) {
    return switch (form) {
      case XML -> {
        Xml xml = Answers.document("osm");
        notes.forEach(note -> write(xml, note));
        yield Answers.xml(xml);
      }
      case JSON -> {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("type", "FeatureCollection");
        all.put("features", notes.stream().map(this::feature).toList());
        yield geojson(all);
      }
      case RSS -> news(notes.stream().map(note -> new Item(note, note.comments().size())).toList());
      case GPX -> gpx(notes);
    };
  }

  /** What was said of notes, the newest first, for readers of news. */
  public Reply feed(List<Note> notes) {
    List<Item> items = new ArrayList<>();
    for (Note note : notes) {
      for (int i = 0; i < note.comments().size(); i++) {
        items.add(new Item(note, i + 1));
      }
    }
    items.sort((one, other) -> other.last().at().compareTo(one.last().at()));
    return news(items.subList(0, Math.min(items.size(), 100)));
  }

  private static Reply geojson(Map<String, Object> document) {
    return Reply.json(NoteForm.JSON.mediaType(), document);
  }

  private String url(Note note) {
    return root + "/notes/" + note.id();
  }

  /** What can be done with a note now: names and addresses in pairs. */
  private Map<String, String> addresses(Note note) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("url", url(note));
    if (note.closed() == null) {
      all.put("comment_url", url(note) + "/comment");
      all.put("close_url", url(note) + "/close");
    } else {
      all.put("reopen_url", url(note) + "/reopen");
    }
    return all;
  }

  private static String place(int e7) {
    return java.math.BigDecimal.valueOf(e7, 7).toPlainString();
  }

  /** As a page shows it; everything that somebody wrote is escaped. */
  private static String html(String text) {
    String escaped =
        text.replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;")
            .replace("'", "&#39;");
    return "<p>" + escaped.strip().replace("\r", "").replace("\n", "<br>") + "</p>";
  }

  private void write(Xml xml, Note note) {
    xml.start("note", "lon", place(note.lon()), "lat", place(note.lat()))
        .leaf("id", Long.toString(note.id()));
    addresses(note).forEach(xml::leaf);
    xml.leaf("date_created", OsmRefused.time(note.created())).leaf("status", note.status());
    Instant closed = note.closed();
    if (closed != null) {
      xml.leaf("date_closed", OsmRefused.time(closed));
    }
    xml.start("comments");
    for (Note.Comment one : note.comments()) {
      xml.start("comment").leaf("date", OsmRefused.time(one.at()));
      if (one.uid() != null) {
        xml.leaf("uid", one.uid().toString())
            .leaf("user", one.user())
            .leaf("user_url", root + "/user/" + one.uid());
      }
      xml.leaf("action", one.verb().word())
          .leaf("text", one.text())
          .leaf("html", html(one.text()))
          .end();
    }
    xml.end().end();
  }

  private Map<String, Object> feature(Note note) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("id", note.id());
    properties.putAll(addresses(note));
    properties.put("date_created", OsmRefused.time(note.created()));
    properties.put("status", note.status());
    Instant closed = note.closed();
    if (closed != null) {
      properties.put("closed_at", OsmRefused.time(closed));
    }
    properties.put("comments", note.comments().stream().map(this::comment).toList());
    Map<String, Object> feature = new LinkedHashMap<>();
    feature.put("type", "Feature");
    feature.put(
        "geometry",
        Map.of("type", "Point", "coordinates", List.of(note.lon() / 1e7, note.lat() / 1e7)));
    feature.put("properties", properties);
    return feature;
  }

  private Map<String, Object> comment(Note.Comment one) {
    Map<String, Object> comment = new LinkedHashMap<>();
    comment.put("date", OsmRefused.time(one.at()));
    if (one.uid() != null) {
      comment.put("uid", one.uid());
      comment.put("user", one.user());
      comment.put("user_url", root + "/user/" + one.uid());
    }
    comment.put("action", one.verb().word());
    comment.put("text", one.text());
    comment.put("html", html(one.text()));
    return comment;
  }

  // ---- news

  /**
   * A note as it stood after so many comments.
   *
   * @param said how many
   */
  private record Item(Note note, int said) {
    Note.Comment last() {
      return note.comments().get(said - 1);
    }

    String title() {
      String what =
          switch (last().verb()) {
            case OPENED -> "new note";
            case COMMENTED -> "new comment";
            case CLOSED -> "closed note";
            case REOPENED -> "reactivated note";
            case HIDDEN -> "hidden note";
          };
      return what + " (near " + place(note.lat()) + ", " + place(note.lon()) + ")";
    }

    String text() {
      StringBuilder text = new StringBuilder();
      for (Note.Comment one : note.comments().subList(0, said)) {
        text.append(html(one.text()));
      }
      return text.toString();
    }
  }

  private Reply news(List<Item> items) {
    Xml xml =
        new Xml(
                "rss",
                Map.of(
                    "geo",
                    "http://www.w3.org/2003/01/geo/wgs84_pos#",
                    "georss",
                    "http://www.georss.org/georss"))
            .attribute("version", "2.0")
            .start("channel")
            .leaf("title", "Notes")
            .leaf("description", "What people left on the community map")
            .leaf("link", root + "/notes");
    for (Item one : items) {
      xml.start("item")
          .leaf("title", one.title())
          .leaf("link", url(one.note))
          .leaf("guid", url(one.note) + "#c" + one.said, "isPermaLink", "false")
          .leaf("description", one.text())
          .leaf(
              "pubDate",
              DateTimeFormatter.RFC_1123_DATE_TIME.format(one.last().at().atZone(ZoneOffset.UTC)))
          .leaf("geo:lat", place(one.note.lat()))
          .leaf("geo:long", place(one.note.lon()))
          .leaf("georss:point", place(one.note.lat()) + " " + place(one.note.lon()))
          .end();
    }
    return Reply.text(NoteForm.RSS.mediaType(), xml.end().toBytes());
  }

  private Reply gpx(List<Note> notes) {
    Xml xml =
        new Xml("gpx", Map.of("", "http://www.topografix.com/GPX/1/1"))
            .attribute("version", "1.1")
            .attribute("creator", "Tequio");
    for (Note note : notes) {
      xml.start("wpt", "lon", place(note.lon()), "lat", place(note.lat()))
          .leaf("time", note.created().toString())
          .leaf("name", "Note: " + note.id())
          .leaf("desc", new Item(note, note.comments().size()).text())
          .start("link", "href", url(note))
          .end()
          .start("extensions")
          .leaf("id", Long.toString(note.id()));
      addresses(note).forEach(xml::leaf);
      xml.end().end();
    }
    return Reply.text(NoteForm.GPX.mediaType(), xml.toBytes());
  }
}
