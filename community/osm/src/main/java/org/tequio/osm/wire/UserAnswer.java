package org.tequio.osm.wire;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.formats.Xml;
import org.tequio.http.Reply;

/**
 * Somebody who edits, as the protocol tells it.
 *
 * @param since of the first edit here
 * @param changesets how many
 * @param traces how many, told to the person alone
 * @param roles by the protocol's names
 * @param language told to the person alone; null for others
 */
public record UserAnswer(
    long uid,
    String name,
    Instant since,
    long changesets,
    long traces,
    List<String> roles,
    @Nullable String language) {
  /** Copies the roles. */
  public UserAnswer {
    roles = List.copyOf(roles);
  }

  /** One. */
  public static Reply one(OsmForm form, UserAnswer answer) {
    return switch (form) {
      case XML -> {
        Xml xml = Answers.document("osm");
        answer.write(xml);
        yield Answers.xml(xml);
      }
      case JSON -> Answers.json("user", answer.json());
    };
  }

  /** Many. */
  public static Reply many(OsmForm form, List<UserAnswer> answers) {
    return switch (form) {
      case XML -> {
        Xml xml = Answers.document("osm");
        answers.forEach(one -> one.write(xml));
        yield Answers.xml(xml);
      }
      case JSON ->
          Answers.json("users", answers.stream().map(one -> Map.of("user", one.json())).toList());
    };
  }

  /** What a program may do. */
  public static Reply permissions(OsmForm form, List<String> names) {
    return switch (form) {
      case XML -> {
        Xml xml = Answers.document("osm").start("permissions");
        names.forEach(name -> xml.start("permission", "name", name).end());
        yield Answers.xml(xml.end());
      }
      case JSON -> Answers.json("permissions", names);
    };
  }

  /** What programs keep. */
  public static Reply preferences(OsmForm form, Map<String, String> all) {
    return switch (form) {
      case XML -> {
        Xml xml = Answers.document("osm").start("preferences");
        all.forEach((key, value) -> xml.start("preference", "k", key, "v", value).end());
        yield Answers.xml(xml.end());
      }
      case JSON -> Answers.json("preferences", all);
    };
  }

  private void write(Xml xml) {
    xml.start(
            "user",
            "id",
            Long.toString(uid),
            "display_name",
            name,
            "account_created",
            since.toString())
        .leaf("description", "")
        .start("contributor-terms", "agreed", "true", "pd", language == null ? null : "false")
        .end()
        .start("roles");
    roles.forEach(role -> xml.start(role).end());
    xml.end()
        .start("changesets", "count", Long.toString(changesets))
        .end()
        .start("traces", "count", Long.toString(traces))
        .end()
        .start("blocks")
        .start("received", "count", "0", "active", "0")
        .end()
        .end();
    if (language != null) {
      xml.start("languages").leaf("lang", language).end();
      xml.start("messages");
      xml.start("received", "count", "0", "unread", "0").end();
      xml.start("sent", "count", "0").end();
      xml.end();
    }
    xml.end();
  }

  private Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", uid);
    json.put("display_name", name);
    json.put("account_created", since.toString());
    json.put("description", "");
    json.put(
        "contributor_terms",
        language == null ? Map.of("agreed", true) : Map.of("agreed", true, "pd", false));
    json.put("roles", roles);
    json.put("changesets", Map.of("count", changesets));
    json.put("traces", Map.of("count", traces));
    json.put("blocks", Map.of("received", Map.of("count", 0, "active", 0)));
    if (language != null) {
      json.put("languages", List.of(language));
      json.put(
          "messages",
          Map.of("received", Map.of("count", 0, "unread", 0), "sent", Map.of("count", 0)));
    }
    return json;
  }
}
