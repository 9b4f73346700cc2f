package org.tequio.osm.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tequio.formats.FormatException;
import org.tequio.formats.Limits;
import org.tequio.formats.XmlReader;
import org.tequio.formats.osm.OsmElement.Type;
import org.tequio.osm.Changeset;
import org.tequio.osm.changeset.Change;
import org.tequio.osm.changeset.OsmRefused;
import org.tequio.osm.trace.Trace;

/**
 * Reads what programs send: one element, what they say of a changeset, or an osmChange. Strict:
 * whatever cannot be understood refuses the whole, since it would be lost in silence otherwise.
 */
public final class OsmInput {
  /** The most nodes of a way. */
  public static final int MOST_NODES = 2000;

  /** The most members of a relation. */
  public static final int MOST_MEMBERS = 32_000;

  private static final int LONGEST = 255;

  private OsmInput() {}

  /** Reads a document. */
  @FunctionalInterface
  private interface Reading<T> {
    T read(XmlReader xml) throws FormatException;
  }

  private static <T> T read(InputStream in, String what, Reading<T> reading) throws IOException {
    try (XmlReader xml = XmlReader.open(in, Limits.STANDARD)) {
      return reading.read(xml);
    } catch (FormatException e) {
      throw OsmRefused.badXml(what, String.valueOf(e.getMessage()));
    }
  }

  /** What is said of a changeset: the tags of {@code osm/changeset}. */
  public static Map<String, String> changesetTags(InputStream in) throws IOException {
    return read(
        in,
        "changeset",
        xml -> {
          Map<String, String> tags = new LinkedHashMap<>();
          boolean isThere = false;
          while (xml.next()) {
            if (xml.isStart("changeset")) {
              isThere = true;
            } else if (xml.isStart("tag")) {
              String key = text(xml, "k", "changeset");
              if (tags.put(key, text(xml, "v", "changeset")) != null) {
                throw OsmRefused.bad("Element changeset/ has duplicate tags with key " + key);
              }
            }
          }
          if (!isThere) {
            throw OsmRefused.badXml("changeset", "XML doesn't contain an osm/changeset element.");
          }
          return tags;
        });
  }

  /** What a program wants kept: keys and values. */
  public static Map<String, String> preferences(InputStream in) throws IOException {
    return read(
        in,
        "preferences",
        xml -> {
          Map<String, String> all = new LinkedHashMap<>();
          while (xml.next()) {
            if (xml.isStart("preference")) {
              String key = text(xml, "k", "preferences");
              if (all.put(key, text(xml, "v", "preferences")) != null) {
                throw OsmRefused.bad("Duplicate preferences with key " + key);
              }
            }
          }
          return all;
        });
  }

  /**
   * What somebody says of a trace.
   *
   * @param id that it must be of
   */
  public static Trace.Saying trace(InputStream in, long id) throws IOException {
    return read(
        in,
        "trace",
        xml -> {
          Trace.Visibility visibility = null;
          String description = "";
          List<String> tags = new ArrayList<>();
          while (xml.next()) {
            if (xml.isStart("gpx_file")) {
              String said = xml.attribute("id");
              if (said != null && !said.strip().equals(Long.toString(id))) {
                throw OsmRefused.bad(
                    "The id in the url ("
                        + id
                        + ") is not the same as provided in the xml ("
                        + shown(said)
                        + ")");
              }
              visibility = Trace.Visibility.of(xml.attribute("visibility")).orElse(null);
            } else if (xml.isStart("description")) {
              description = xml.text().strip();
            } else if (xml.isStart("tag")) {
              tags.add(xml.text().strip().replaceAll("\\s+", " "));
            }
          }
          if (visibility == null) {
            throw OsmRefused.badXml(
                "trace", "visibility must be private, public, trackable or identifiable");
          }
          tags.removeIf(String::isEmpty);
          return new Trace.Saying(description, tags, visibility);
        });
  }

  /**
   * The one element of a document that is to be created, modified or deleted.
   *
   * @param type the kind that it must be of
   */
  public static Change element(InputStream in, Type type, Change.Verb verb) throws IOException {
    return read(
        in,
        type.word(),
        xml -> {
          Change change = null;
          while (xml.next()) {
            if (xml.isStart(type.word()) && xml.depth() == 2) {
              if (change != null) {
                throw OsmRefused.badXml(type.word(), "There is more than one element.");
              }
              change = new Change(verb, false, ElementInput.read(xml, type, verb, true));
            }
          }
          if (change == null) {
            throw OsmRefused.badXml(
                type.word(), "XML doesn't contain an osm/" + type.word() + " element.");
          }
          return change;
        });
  }

  /** The changes of an osmChange document, in its order; one more than are allowed is refused. */
  public static List<Change> osmChange(InputStream in) throws IOException {
    return osmChange(in, true);
  }

  /** The same of a document that belongs to no changeset yet. */
  public static List<Change> draft(InputStream in) throws IOException {
    return osmChange(in, false);
  }

  private static List<Change> osmChange(InputStream in, boolean inChangeset) throws IOException {
    return read(
        in,
        "osmChange",
        xml -> {
          List<Change> changes = new ArrayList<>();
          Change.Verb verb = null;
          boolean ifUnused = false;
          while (xml.next()) {
            if (!xml.isStart()) {
              continue;
            }
            switch (xml.depth()) {
              case 1 -> requireRoot(xml);
              case 2 -> {
                verb = verb(xml.localName());
                ifUnused = verb == Change.Verb.DELETE && xml.attribute("if-unused") != null;
              }
              default -> {
                if (verb == null) {
                  throw OsmRefused.badXml("osmChange", "There is an element outside of a block.");
                }
                changes.add(
                    new Change(
                        verb, ifUnused, ElementInput.read(xml, type(xml), verb, inChangeset)));
                if (changes.size() > 2 * Changeset.MOST_CHANGES) {
                  throw OsmRefused.bad(
                      "A changeset holds at most " + Changeset.MOST_CHANGES + " elements.");
                }
              }
            }
          }
          return changes;
        });
  }

  private static void requireRoot(XmlReader xml) {
    if (!xml.localName().equals("osmChange")) {
      throw OsmRefused.bad(
          "Document element should be 'osmChange', but it is '" + shown(xml.localName()) + "'.");
    }
  }

  private static Change.Verb verb(String name) {
    for (Change.Verb verb : Change.Verb.values()) {
      if (verb.word().equals(name)) {
        return verb;
      }
    }
    throw OsmRefused.bad("Unknown action " + shown(name) + ", choices are create, modify, delete");
  }

  private static Type type(XmlReader xml) {
    for (Type type : Type.values()) {
      if (type.word().equals(xml.localName())) {
        return type;
      }
    }
    throw OsmRefused.bad(
        "Unexpected element type " + shown(xml.localName()) + ", expected node, way or relation.");
  }

  static String shown(String text) {
    return text.length() > 80 ? text.substring(0, 80) + "…" : text;
  }

  /** The key or value of a tag. */
  static String text(XmlReader xml, String attribute, String what) {
    String text = xml.attribute(attribute);
    String name = attribute.equals("k") ? "Key" : "Value";
    if (text == null) {
      throw OsmRefused.badXml(what, "tag is missing " + (attribute.equals("k") ? "key" : "value"));
    }
    requireShort(name, text);
    return text;
  }

  static void requireShort(String name, String text) {
    if (text.length() > LONGEST && text.codePointCount(0, text.length()) > LONGEST) {
      throw OsmRefused.bad(name + " has more than " + LONGEST + " unicode characters");
    }
  }
}
