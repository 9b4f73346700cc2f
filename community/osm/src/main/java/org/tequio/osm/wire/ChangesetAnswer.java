package org.tequio.osm.wire;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.formats.Xml;
import org.tequio.http.Reply;
import org.tequio.osm.Box;
import org.tequio.osm.Changeset;
import org.tequio.osm.changeset.Discussion.Comment;

/**
 * A changeset as the protocol tells it.
 *
 * @param comments how many there are
 * @param discussion what was said; null where nobody asked
 */
public record ChangesetAnswer(
    Changeset changeset, long comments, @Nullable List<Comment> discussion) {

  /** One. */
  public static Reply one(OsmForm form, ChangesetAnswer answer, Instant now) {
    return switch (form) {
      case XML -> {
        Xml xml = Answers.document("osm");
        answer.write(xml, now);
        yield Answers.xml(xml);
      }
      case JSON -> Answers.json("changeset", answer.json(now));
    };
  }

  /** Many. */
  public static Reply many(OsmForm form, List<ChangesetAnswer> answers, Instant now) {
    return switch (form) {
      case XML -> {
        Xml xml = Answers.document("osm");
        answers.forEach(one -> one.write(xml, now));
        yield Answers.xml(xml);
      }
      case JSON -> Answers.json("changesets", answers.stream().map(one -> one.json(now)).toList());
    };
  }

  private void write(Xml xml, Instant now) {
    boolean isOpen = changeset.isOpen(now);
    Box box = changeset.box();
    xml.start(
        "changeset",
        "id",
        Long.toString(changeset.id()),
        "created_at",
        changeset.created().toString(),
        "closed_at",
        isOpen ? null : changeset.closes().toString(),
        "open",
        Boolean.toString(isOpen),
        "user",
        changeset.user(),
        "uid",
        Long.toString(changeset.uid()),
        "min_lat",
        box == null ? null : degrees(box.south()),
        "min_lon",
        box == null ? null : degrees(box.west()),
        "max_lat",
        box == null ? null : degrees(box.north()),
        "max_lon",
        box == null ? null : degrees(box.east()),
        "comments_count",
        Long.toString(comments),
        "changes_count",
        Integer.toString(changeset.changes()));
    changeset.tags().forEach((key, value) -> xml.start("tag", "k", key, "v", value).end());
    if (discussion != null) {
      xml.start("discussion");
      for (Comment one : discussion) {
        xml.start(
                "comment",
                "id",
                Long.toString(one.id()),
                "visible",
                Boolean.toString(one.visible()),
                "date",
                one.at().toString(),
                "uid",
                Long.toString(one.uid()),
                "user",
                one.user())
            .leaf("text", one.text())
            .end();
      }
      xml.end();
    }
    xml.end();
  }

  private Map<String, Object> json(Instant now) {
    boolean isOpen = changeset.isOpen(now);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", changeset.id());
    json.put("created_at", changeset.created().toString());
    json.put("open", isOpen);
    json.put("comments_count", comments);
    json.put("changes_count", changeset.changes());
    if (!isOpen) {
      json.put("closed_at", changeset.closes().toString());
    }
    Box box = changeset.box();
    if (box != null) {
      json.put("min_lat", box.south() / 1e7);
      json.put("min_lon", box.west() / 1e7);
      json.put("max_lat", box.north() / 1e7);
      json.put("max_lon", box.east() / 1e7);
    }
    json.put("uid", changeset.uid());
    json.put("user", changeset.user());
    json.put("tags", changeset.tags());
    if (discussion != null) {
      List<Map<String, Object>> all = new ArrayList<>();
      for (Comment one : discussion) {
        Map<String, Object> comment = new LinkedHashMap<>();
        comment.put("id", one.id());
        comment.put("visible", one.visible());
        comment.put("date", one.at().toString());
        comment.put("uid", one.uid());
        comment.put("user", one.user());
        comment.put("text", one.text());
        all.add(comment);
      }
      json.put("comments", all);
    }
    return json;
  }

  private static String degrees(int e7) {
    return java.math.BigDecimal.valueOf(e7, 7).toPlainString();
  }
}
