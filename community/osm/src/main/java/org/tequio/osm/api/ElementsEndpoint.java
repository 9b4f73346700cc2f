package org.tequio.osm.api;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.formats.osm.OsmElement;
import org.tequio.formats.osm.OsmElement.Meta;
import org.tequio.formats.osm.OsmElement.Type;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Reply;
import org.tequio.osm.changeset.Change;
import org.tequio.osm.changeset.Changesets;
import org.tequio.osm.changeset.OsmRefused;
import org.tequio.osm.element.Authors;
import org.tequio.osm.element.ElementBytes;
import org.tequio.osm.element.ElementBytes.AuthorNames;
import org.tequio.osm.element.ElementKey;
import org.tequio.osm.element.Elements;
import org.tequio.osm.element.Redactions;
import org.tequio.osm.element.StoredElement;
import org.tequio.osm.wire.Answers;
import org.tequio.osm.wire.OsmForm;
import org.tequio.osm.wire.OsmInput;
import org.tequio.storage.Database;

/** Nodes, ways and relations: one, many, their versions, who uses them, and changes to one. */
final class ElementsEndpoint {
  private static final int MOST_AT_ONCE = 5000;

  /**
   * What is asked of an element.
   *
   * @param what {@code full}, {@code history}, {@code ways}, {@code relations}, or a version
   */
  private record Part(String what, @Nullable OsmForm form) {}

  private static final Parameter<Part> PART =
      new Parameter<>(
          Parameter.Place.PATH,
          "part",
          "A version's number, history, full (of ways and relations), ways (of nodes) or relations;"
              + " .json or .xml after it asks for a form.",
          LocalText.same("version|history|full|ways|relations"),
          Parameter.schema(
              "string", "pattern", "^([0-9]{1,9}|history|full|ways|relations)(\\.(json|xml))?$"),
          ElementsEndpoint::part);

  /** {@code nodes}, {@code ways.json}. */
  private record Many(Type type, @Nullable OsmForm form) {}

  private static final Parameter<Many> MANY =
      new Parameter<>(
          Parameter.Place.PATH,
          "elements",
          "nodes, ways or relations; .json or .xml after it asks for a form.",
          LocalText.same("nodes|ways|relations"),
          Parameter.schema("string", "pattern", "^(nodes|ways|relations)(\\.(json|xml))?$"),
          ElementsEndpoint::many);

  private final Database database;
  private final Changesets changesets;
  private final Routes routes;

  ElementsEndpoint(Database database, Changesets changesets, Routes routes) {
    this.database = database;
    this.changesets = changesets;
    this.routes = routes;
  }

  private static Optional<Part> part(String text) {
    int dot = text.indexOf('.');
    String what = dot < 0 ? text : text.substring(0, dot);
    boolean isKnown =
        List.of("history", "full", "ways", "relations").contains(what)
            || what.matches("[0-9]{1,9}");
    if (!isKnown) {
      return Optional.empty();
    }
    return dot < 0
        ? Optional.of(new Part(what, null))
        : OsmForm.ofSuffix(text.substring(dot + 1)).map(form -> new Part(what, form));
  }

  private static Optional<Many> many(String text) {
    int dot = text.indexOf('.');
    String words = dot < 0 ? text : text.substring(0, dot);
    Optional<Type> type =
        words.endsWith("s")
            ? Routes.type(words.substring(0, words.length() - 1))
            : Optional.empty();
    if (type.isEmpty() || dot < 0) {
      return type.map(one -> new Many(one, null));
    }
    return OsmForm.ofSuffix(text.substring(dot + 1)).map(form -> new Many(type.get(), form));
  }

  /** Its operations; they match many paths, and stand after all others. */
  List<Endpoint> endpoints() {
    String one = Routes.ROOT + "/{element}/{id}";
    return List.of(
        change("PUT", Routes.ROOT + "/{element}/create", "osmCreate", this::create, Routes.ELEMENT)
            .summary("OSM API: creates an element in an open changeset; the answer is its id."),
        change("PUT", one, "osmUpdate", this::update, Routes.ELEMENT, Routes.ID)
            .summary("OSM API: changes an element; the answer is its new version."),
        change("DELETE", one, "osmDelete", this::delete, Routes.ELEMENT, Routes.ID)
            .summary("OSM API: deletes an element; the answer is its new version."),
        change("POST", Routes.ROOT + "/{elements}", "osmCreateAmong", this::createAmong, MANY)
            .summary("OSM API: creates an element in an open changeset; the answer is its id."),
        routes
            .read(one, "osmElement", this::one, Routes.ELEMENT, Routes.ID)
            .summary("OSM API: one element."),
        routes
            .read(one + "/{part}", "osmElementPart", this::part, Routes.ELEMENT, Routes.ID, PART)
            .summary(
                "OSM API: a version of an element, all of them, an element with all that it is"
                    + " made of, or who uses it."),
        routes
            .read(Routes.ROOT + "/{elements}", "osmElements", this::many, MANY)
            .summary("OSM API: many elements, by nodes=, ways= or relations=1,2v3."));
  }

  private Endpoint change(
      String method, String path, String id, Endpoint.Handler handler, Parameter<?>... parameters) {
    return routes
        .route(method, path, id, OsmAction.EDIT, handler, parameters)
        .takes("application/xml", null)
        .answers("text/plain", null);
  }

  // ---- reading

  private Reply told(OsmForm form, Database.Reading<List<StoredElement>> reading) {
    return Answers.elements(
        form,
        database.read(
            connection -> {
              List<StoredElement> elements = reading.with(connection);
              return new Answers.Found(null, elements, Authors.names(connection, elements));
            }));
  }

  private static StoredElement getStored(Connection connection, long key) throws SQLException {
    List<StoredElement> found = Elements.stored(connection, List.of(key));
    if (found.isEmpty()) {
      throw OsmRefused.notFound(ElementKey.type(key).word(), ElementKey.id(key));
    }
    return found.getFirst();
  }

  private static StoredElement getVisible(Connection connection, long key) throws SQLException {
    StoredElement element = getStored(connection, key);
    if (!element.isVisible()) {
      throw OsmRefused.deleted(ElementKey.type(key), ElementKey.id(key));
    }
    return element;
  }

  private static long key(Call call) {
    return ElementKey.of(call.path(Routes.ELEMENT), call.path(Routes.ID).id());
  }

  private Reply one(Call call) {
    OsmForm form = Routes.form(call, call.path(Routes.ID).form());
    long key = key(call);
    return told(form, connection -> List.of(getVisible(connection, key)));
  }

  private Reply part(Call call) {
    Part part = call.path(PART);
    OsmForm form = Routes.form(call, part.form);
    long key = key(call);
    boolean redacted = routes.wantsRedacted(call);
    return told(
        form,
        switch (part.what) {
          case "history" -> connection -> history(connection, key, redacted);
          case "full" -> connection -> full(connection, getVisible(connection, key));
          case "ways" -> connection -> ways(connection, key);
          case "relations" ->
              connection ->
                  visible(
                      connection, Type.RELATION, Elements.relationsOf(connection, List.of(key)));
          default -> connection -> version(connection, key, Integer.parseInt(part.what), redacted);
        });
  }

  private static List<StoredElement> history(Connection connection, long key, boolean redacted)
      throws SQLException {
    List<StoredElement> history = Elements.history(connection, key, redacted);
    if (history.isEmpty()) {
      throw OsmRefused.notFound(ElementKey.type(key).word(), ElementKey.id(key));
    }
    return history;
  }

  private static List<StoredElement> version(
      Connection connection, long key, int version, boolean redacted) throws SQLException {
    if (!redacted && Redactions.isHidden(connection, key, version)) {
      throw OsmRefused.forbidden("This version is redacted");
    }
    return List.of(
        Elements.version(connection, key, version, redacted)
            .orElseThrow(
                () -> OsmRefused.notFound(ElementKey.type(key).word(), ElementKey.id(key))));
  }

  private static List<StoredElement> ways(Connection connection, long key) throws SQLException {
    if (ElementKey.type(key) != Type.NODE) {
      throw OsmRefused.notFound("Only nodes have ways");
    }
    return visible(connection, Type.WAY, Elements.waysOf(connection, List.of(ElementKey.id(key))));
  }

  private static List<StoredElement> visible(
      Connection connection, Type type, Map<Long, Set<Long>> users) throws SQLException {
    Set<Long> ids = new HashSet<>();
    users.values().forEach(ids::addAll);
    return sorted(Elements.stored(connection, Elements.keys(type, ids)));
  }

  private static List<StoredElement> sorted(List<StoredElement> elements) {
    elements.sort(Comparator.comparingLong(StoredElement::key));
    return elements;
  }

  /** An element with its members, and the nodes of ways among these. */
  private static List<StoredElement> full(Connection connection, StoredElement element)
      throws SQLException {
    if (ElementKey.type(element.key()) == Type.NODE) {
      throw OsmRefused.notFound("Only ways and relations are made of others");
    }
    Set<Long> keys = new HashSet<>();
    Elements.addRefs(read(element), keys);
    List<StoredElement> all = Elements.stored(connection, keys);
    Set<Long> nodes = new HashSet<>();
    for (StoredElement member : all) {
      if (ElementKey.type(member.key()) == Type.WAY) {
        Elements.addRefs(read(member), nodes);
      }
    }
    nodes.removeAll(keys);
    all.addAll(Elements.stored(connection, nodes));
    all.removeIf(one -> one.key() == element.key());
    all.add(element);
    return sorted(all);
  }

  private static OsmElement read(StoredElement element) {
    return ElementBytes.read(element.key(), element.data(), AuthorNames.NONE);
  }

  private Reply many(Call call) {
    Many many = call.path(MANY);
    OsmForm form = Routes.form(call, many.form);
    String name = many.type.word() + "s";
    String asked = call.queryTexts().getOrDefault(name, "");
    Map<Long, Integer> versions = new LinkedHashMap<>();
    List<Map.Entry<Long, Integer>> wanted = new ArrayList<>();
    for (String one : asked.split(",")) {
      if (!one.matches("[0-9]{1,16}(v[0-9]{1,9})?")) {
        throw OsmRefused.bad(
            "The parameter "
                + name
                + " is required, and must be of the form "
                + name
                + "=ID[vVER][,ID[vVER]...]");
      }
      int v = one.indexOf('v');
      long key = ElementKey.of(many.type, Long.parseLong(v < 0 ? one : one.substring(0, v)));
      if (v < 0) {
        versions.put(key, 0);
      } else {
        wanted.add(Map.entry(key, Integer.parseInt(one.substring(v + 1))));
      }
      if (versions.size() + wanted.size() > MOST_AT_ONCE) {
        throw OsmRefused.bad("At most " + MOST_AT_ONCE + " elements can be asked for at once");
      }
    }
    return told(
        form,
        connection -> {
          List<StoredElement> all = Elements.stored(connection, versions.keySet());
          if (all.size() < versions.size()) {
            Set<Long> missing = new HashSet<>(versions.keySet());
            all.forEach(one -> missing.remove(one.key()));
            throw OsmRefused.notFound(many.type.word(), ElementKey.id(missing.iterator().next()));
          }
          for (Map.Entry<Long, Integer> one : wanted) {
            all.addAll(version(connection, one.getKey(), one.getValue(), false));
          }
          return sorted(all);
        });
  }

  // ---- changing

  private Reply create(Call call) throws IOException {
    return create(call, call.path(Routes.ELEMENT));
  }

  private Reply createAmong(Call call) throws IOException {
    return create(call, call.path(MANY).type);
  }

  private Reply create(Call call, Type type) throws IOException {
    Change sent = read(call, type, Change.Verb.CREATE);
    OsmElement e = sent.element();
    OsmElement wanted =
        new OsmElement(type, -1, e.meta(), e.tags(), e.x(), e.y(), e.refs(), e.types(), e.roles());
    Change.Result result = apply(call, new Change(Change.Verb.CREATE, false, wanted));
    return Answers.text(Long.toString(result.newId()));
  }

  private Reply update(Call call) throws IOException {
    Change change = read(call, call.path(Routes.ELEMENT), Change.Verb.MODIFY);
    requireSame(call, change);
    return Answers.text(Integer.toString(apply(call, change).newVersion()));
  }

  private Reply delete(Call call) throws IOException {
    Change change = read(call, call.path(Routes.ELEMENT), Change.Verb.DELETE);
    requireSame(call, change);
    apply(call, change);
    return Answers.text(Integer.toString(change.element().meta().version() + 1));
  }

  private static Change read(Call call, Type type, Change.Verb verb) throws IOException {
    try (InputStream body = call.unpackedBody(Routes.MOST_BYTES)) {
      return OsmInput.element(body, type, verb);
    }
  }

  private static void requireSame(Call call, Change change) {
    long asked = call.path(Routes.ID).id();
    if (change.element().id() != asked) {
      throw OsmRefused.bad(
          "The id in the url ("
              + asked
              + ") is not the same as provided in the xml ("
              + change.element().id()
              + ")");
    }
  }

  private Change.Result apply(Call call, Change change) {
    Meta meta = change.element().meta();
    if (changesets.find(meta.changeset()).isEmpty()) {
      throw OsmRefused.conflict("You need to supply a changeset to be able to make a change");
    }
    return changesets.upload(Routes.mapper(call), meta.changeset(), List.of(change)).getFirst();
  }
}
