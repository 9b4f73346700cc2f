package org.tequio.osm.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.formats.Xml;
import org.tequio.http.Reply;
import org.tequio.osm.Box;
import org.tequio.osm.changeset.Change;
import org.tequio.osm.changeset.OsmRefused;
import org.tequio.osm.element.ElementBytes.AuthorNames;
import org.tequio.osm.element.StoredElement;

/** Makes the answers of the protocol. */
public final class Answers {
  private Answers() {}

  /**
   * Elements that are to be told.
   *
   * @param bounds the box that was asked for; null where none was
   * @param elements in their order
   * @param names of their authors
   */
  public record Found(@Nullable Box bounds, List<StoredElement> elements, AuthorNames names) {}

  /** A document of elements, written as it goes. */
  public static Reply elements(OsmForm form, Found found) {
    return Reply.streamedText(
        form.mediaType(),
        out -> {
          ElementsWriter writer = form.writer(out, found.names);
          writer.begin(found.bounds);
          for (StoredElement element : found.elements) {
            writer.element(element);
          }
          writer.end();
        });
  }

  /** Versions as the changes that made them. */
  public static Reply osmChange(OsmForm form, Found found) {
    return Reply.streamedText(
        form.mediaType(),
        out -> {
          ElementsWriter writer = form.changeWriter(out, found.names);
          writer.begin(null);
          for (StoredElement element : found.elements) {
            writer.element(element);
          }
          writer.end();
        });
  }

  /** What a version did. */
  static Change.Verb verb(StoredElement element) {
    return !element.isVisible()
        ? Change.Verb.DELETE
        : element.version() == 1 ? Change.Verb.CREATE : Change.Verb.MODIFY;
  }

  /** What came of an upload. */
  public static Reply diffResult(OsmForm form, List<Change.Result> results) {
    return switch (form) {
      case XML -> {
        Xml xml = document("diffResult");
        for (Change.Result one : results) {
          boolean isGone = one.newId() == 0;
          xml.start(
                  one.type().word(),
                  "old_id",
                  Long.toString(one.oldId()),
                  "new_id",
                  isGone ? null : Long.toString(one.newId()),
                  "new_version",
                  isGone ? null : Integer.toString(one.newVersion()))
              .end();
        }
        yield xml(xml);
      }
      case JSON -> {
        List<Map<String, Object>> all = new ArrayList<>(results.size());
        for (Change.Result one : results) {
          Map<String, Object> told = new LinkedHashMap<>();
          told.put("type", one.type().word());
          told.put("old_id", one.oldId());
          if (one.newId() != 0) {
            told.put("new_id", one.newId());
            told.put("new_version", one.newVersion());
          }
          all.add(told);
        }
        yield json("diffResult", all);
      }
    };
  }

  /** An XML document with the protocol's root. */
  public static Xml document(String root) {
    return new Xml(root, Map.of()).attribute("version", "0.6").attribute("generator", "Tequio");
  }

  /** It, ended. */
  public static Reply xml(Xml document) {
    return Reply.text(OsmForm.XML.mediaType(), document.toBytes());
  }

  /** A JSON document with the protocol's members and one more. */
  public static Reply json(String name, Object value) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("version", "0.6");
    document.put("generator", "Tequio");
    document.put(name, value);
    return Reply.json(OsmForm.JSON.mediaType(), document);
  }

  /** A bare text, such as the number of what was made. */
  public static Reply text(String text) {
    return Reply.text("text/plain;charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * What was refused: a sentence, also in a header, under its status; or, where the program asked
   * for it, XML under 200, which is how programs in browsers once got around the browser's own
   * handling of errors.
   *
   * @param errorFormat the request's {@code X-Error-Format}
   */
  public static Reply refusal(OsmRefused refused, @Nullable String errorFormat) {
    return refusal(refused.status(), refused.text(), errorFormat);
  }

  /** The same of what was refused elsewhere. */
  public static Reply refusal(int status, String text, @Nullable String errorFormat) {
    if (errorFormat != null && errorFormat.strip().equalsIgnoreCase("xml")) {
      return xml(
          document("osmError").leaf("status", status + " " + reason(status)).leaf("message", text));
    }
    return text(text)
        .status(status)
        .with("Error", text.replaceAll("[^\\x20-\\x7e]", "?"))
        .with("Cache-Control", "no-store");
  }

  private static String reason(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 406 -> "Not Acceptable";
      case 409 -> "Conflict";
      case 410 -> "Gone";
      case 412 -> "Precondition Failed";
      case 413 -> "Payload Too Large";
      case 415 -> "Unsupported Media Type";
      case 429 -> "Too Many Requests";
      default -> "Error";
    };
  }
}
