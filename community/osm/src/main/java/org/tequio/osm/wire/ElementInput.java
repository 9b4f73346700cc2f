package org.tequio.osm.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.formats.FormatException;
import org.tequio.formats.XmlReader;
import org.tequio.formats.osm.OsmElement;
import org.tequio.formats.osm.OsmElement.Meta;
import org.tequio.formats.osm.OsmElement.Type;
import org.tequio.http.Parameter;
import org.tequio.osm.changeset.Change.Verb;
import org.tequio.osm.changeset.OsmRefused;
import org.tequio.osm.element.ElementKey;

/** Reads one element that somebody wants to create, modify or delete. Not thread-safe. */
final class ElementInput {
  private static final Type[] NO_TYPES = {};
  private static final String[] NO_ROLES = {};

  private final XmlReader xml;
  private final Type type;
  private final Verb verb;
  private final boolean inChangeset;
  private final List<String> tags = new ArrayList<>(4);
  private final Set<String> keys = new HashSet<>(4);
  private final List<Type> types = new ArrayList<>(0);
  private final List<String> roles = new ArrayList<>(0);
  private long[] refs = new long[8];
  private int count;

  private ElementInput(XmlReader xml, Type type, Verb verb, boolean inChangeset) {
    this.xml = xml;
    this.type = type;
    this.verb = verb;
    this.inChangeset = inChangeset;
  }

  /**
   * The element at whose beginning the cursor stands.
   *
   * @param inChangeset true where it must name a changeset
   */
  static OsmElement read(XmlReader xml, Type type, Verb verb, boolean inChangeset)
      throws FormatException {
    return new ElementInput(xml, type, verb, inChangeset).read();
  }

  private OsmElement read() throws FormatException {
    long id = id();
    Meta meta = new Meta(version(), 0, changeset(), 0, "", true);
    int x = 0;
    int y = 0;
    if (type == Type.NODE && verb != Verb.DELETE) {
      y = degrees("lat", 90);
      x = degrees("lon", 180);
    }
    int inside = xml.depth();
    while (xml.next() && !(xml.isEnd() && xml.depth() == inside)) {
      if (xml.isStart()) {
        child(id);
      }
    }
    if (verb == Verb.DELETE) {
      return new OsmElement(type, id, meta, NO_ROLES, x, y, new long[0], NO_TYPES, NO_ROLES);
    }
    requireCounts(id);
    return new OsmElement(
        type,
        id,
        meta,
        tags.toArray(String[]::new),
        x,
        y,
        Arrays.copyOf(refs, count),
        types.toArray(Type[]::new),
        roles.toArray(String[]::new));
  }

  private void child(long id) {
    switch (xml.localName()) {
      case "tag" -> {
        String key = OsmInput.text(xml, "k", type.word());
        if (!keys.add(key)) {
          throw OsmRefused.bad(
              "Element " + type.word() + "/" + id + " has duplicate tags with key " + key);
        }
        tags.add(key);
        tags.add(OsmInput.text(xml, "v", type.word()));
      }
      case "nd" -> {
        if (type == Type.WAY) {
          addRef(id, OsmInput.MOST_NODES);
        }
      }
      case "member" -> {
        if (type == Type.RELATION) {
          addRef(id, OsmInput.MOST_MEMBERS);
          types.add(memberType());
          String role = xml.attribute("role");
          OsmInput.requireShort("Relation Role", role == null ? "" : role);
          roles.add(role == null ? "" : role);
        }
      }
      // What the server says and clients send back: bounds, centers, warnings.
      default -> {}
    }
  }

  private void addRef(long id, int most) {
    if (count == refs.length) {
      refs = Arrays.copyOf(refs, 2 * count);
    }
    // The rest is read all the same, so that the refusal can say how many there are.
    if (count > 10 * most) {
      throw tooMany(id, most);
    }
    long ref = whole("ref", xml.attribute("ref"));
    if (ref == 0 || ref > ElementKey.MOST) {
      throw OsmRefused.badXml(type.word(), "ref " + ref + " is not the id of an element");
    }
    refs[count++] = ref;
  }

  private OsmRefused tooMany(long id, int most) {
    return OsmRefused.bad(
        type == Type.WAY
            ? "You tried to add "
                + count
                + " nodes to way "
                + id
                + ", however only "
                + most
                + " are allowed"
            : "You tried to add "
                + count
                + " members to relation "
                + id
                + ", however only "
                + most
                + " are allowed");
  }

  private void requireCounts(long id) {
    if (type == Type.WAY && count == 0) {
      throw OsmRefused.precondition(
          "Cannot "
              + (verb == Verb.CREATE ? "create way" : "update way " + id)
              + ": data is invalid.");
    }
    if (type == Type.WAY && count > OsmInput.MOST_NODES) {
      throw tooMany(id, OsmInput.MOST_NODES);
    }
    if (type == Type.RELATION && count > OsmInput.MOST_MEMBERS) {
      throw tooMany(id, OsmInput.MOST_MEMBERS);
    }
  }

  private Type memberType() {
    String name = xml.attribute("type");
    for (Type one : Type.values()) {
      if (one.word().equals(name)) {
        return one;
      }
    }
    throw OsmRefused.badXml(
        "relation",
        "The "
            + OsmInput.shown(String.valueOf(name))
            + " is not allowed only, node, way and relation allowed.");
  }

  private long id() {
    String text = xml.attribute("id");
    if (text == null) {
      if (verb == Verb.CREATE) {
        return 0;
      }
      throw OsmRefused.badXml(type.word(), "ID is required when updating.");
    }
    long id = whole("id", text);
    if (id == 0 && verb != Verb.CREATE) {
      throw OsmRefused.badXml(
          type.word(), "ID of " + type.word() + " cannot be zero when updating.");
    }
    if (Math.abs(id) > ElementKey.MOST) {
      throw OsmRefused.badXml(type.word(), "id " + id + " is too large");
    }
    return id;
  }

  private int version() {
    String text = xml.attribute("version");
    if (text == null) {
      if (verb == Verb.CREATE) {
        return 0;
      }
      throw OsmRefused.badXml(type.word(), "Version is required when updating");
    }
    long version = whole("version", text);
    if (version != (int) version) {
      throw OsmRefused.badXml(type.word(), "version " + version + " is too large");
    }
    return (int) version;
  }

  private long changeset() {
    String text = xml.attribute("changeset");
    if (text == null && !inChangeset) {
      return 0;
    }
    if (text == null) {
      throw OsmRefused.badXml(type.word(), "Changeset id is missing");
    }
    return whole("changeset", text);
  }

  private long whole(String name, @Nullable String text) {
    try {
      return Long.parseLong(text == null ? "" : text.strip());
    } catch (NumberFormatException e) {
      throw OsmRefused.badXml(
          type.word(), name + " not a number: '" + OsmInput.shown(String.valueOf(text)) + "'");
    }
  }

  private int degrees(String name, int most) {
    String text = xml.attribute(name);
    if (text == null) {
      throw OsmRefused.badXml(type.word(), name + " missing");
    }
    double value =
        Parameter.finite(text.strip())
            .orElseThrow(() -> OsmRefused.badXml(type.word(), name + " not a number"));
    if (Math.abs(value) > most) {
      throw OsmRefused.bad("The node is outside this world");
    }
    return Degrees.e7(value);
  }
}
