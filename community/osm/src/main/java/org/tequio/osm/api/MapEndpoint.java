package org.tequio.osm.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tequio.formats.Xml;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Reply;
import org.tequio.osm.Box;
import org.tequio.osm.Changeset;
import org.tequio.osm.changeset.OsmRefused;
import org.tequio.osm.element.Authors;
import org.tequio.osm.element.MapArea;
import org.tequio.osm.element.StoredElement;
import org.tequio.osm.note.NoteQuery;
import org.tequio.osm.trace.NearPoints;
import org.tequio.osm.wire.Answers;
import org.tequio.osm.wire.Degrees;
import org.tequio.osm.wire.OsmForm;
import org.tequio.osm.wire.OsmInput;
import org.tequio.storage.Database;

/** What lies in a box, and what the server can do. */
final class MapEndpoint {
  /** The largest box, in square degrees. */
  static final double MOST_AREA = 0.25;

  private static final int MOST_NODES = 50_000;
  private static final String VERSION = "0.6";

  private static final Parameter<String> BBOX =
      Parameter.text("bbox", "West, south, east, north in degrees.", 200);

  private final Database database;
  private final Routes routes;

  MapEndpoint(Database database, Routes routes) {
    this.database = database;
    this.routes = routes;
  }

  /** Its operations. */
  List<Endpoint> endpoints() {
    List<Endpoint> all = new ArrayList<>();
    all.addAll(
        routes.readInForms(
            Routes.ROOT + "/map",
            "osmMap",
            "OSM API: everything in a box of at most 0.25 square degrees and 50,000 nodes.",
            this::map,
            BBOX));
    all.addAll(
        routes.readInForms(
            "/api/capabilities", "osmCapabilitiesOfAll", "OSM API: limits.", this::capabilities));
    all.addAll(
        routes.readInForms(
            Routes.ROOT + "/capabilities",
            "osmCapabilities",
            "OSM API: limits.",
            this::capabilities));
    all.addAll(
        routes.readInForms("/api/versions", "osmVersions", "OSM API: versions.", this::versions));
    return all;
  }

  private Reply map(Call call) {
    OsmForm form = Routes.form(call);
    Box box = Degrees.box(call.queryTexts().get("bbox"));
    if (box.area() > MOST_AREA) {
      throw OsmRefused.bad(
          "The maximum bbox size is 0.25, and your request was too large. Either request a smaller"
              + " area, or use planet.osm");
    }
    return Answers.elements(
        form,
        database.read(
            connection -> {
              List<StoredElement> elements =
                  MapArea.read(connection, box, MOST_NODES)
                      .orElseThrow(
                          () ->
                              OsmRefused.bad(
                                  "You requested too many nodes (limit is "
                                      + MOST_NODES
                                      + "). Either request a smaller area, or use planet.osm"));
              return new Answers.Found(box, elements, Authors.names(connection, elements));
            }));
  }

  private Reply versions(Call call) {
    return switch (Routes.form(call)) {
      case XML -> {
        Xml xml = new Xml("osm", Map.of()).attribute("generator", "Tequio").start("api");
        yield Answers.xml(xml.leaf("version", VERSION).end());
      }
      case JSON -> Answers.json("api", Map.of("versions", List.of(VERSION)));
    };
  }

  /** What is limited, by the names of the protocol's elements and their attributes. */
  private static Map<String, Map<String, Object>> limits() {
    Map<String, Map<String, Object>> all = new LinkedHashMap<>();
    all.put("version", pairs("minimum", VERSION, "maximum", VERSION));
    all.put("area", pairs("maximum", MOST_AREA));
    all.put("note_area", pairs("maximum", NoteParameters.MOST_AREA));
    all.put("tracepoints", pairs("per_page", NearPoints.PAGE));
    all.put("waynodes", pairs("maximum", OsmInput.MOST_NODES));
    all.put("relationmembers", pairs("maximum", OsmInput.MOST_MEMBERS));
    all.put(
        "changesets",
        pairs(
            "maximum_elements",
            Changeset.MOST_CHANGES,
            "default_query_limit",
            ChangesetParameters.MOST,
            "maximum_query_limit",
            ChangesetParameters.MOST));
    all.put(
        "notes",
        pairs("default_query_limit", NoteParameters.USUAL, "maximum_query_limit", NoteQuery.MOST));
    all.put("timeout", pairs("seconds", 300));
    all.put("status", pairs("database", "online", "api", "online", "gpx", "online"));
    return all;
  }

  private static Map<String, Object> pairs(Object... pairs) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      all.put((String) pairs[i], pairs[i + 1]);
    }
    return all;
  }

  private Reply capabilities(Call call) {
    return switch (Routes.form(call)) {
      case XML -> {
        Xml xml = Answers.document("osm").start("api");
        limits()
            .forEach(
                (name, values) -> {
                  xml.start(name);
                  values.forEach((key, value) -> xml.attribute(key, value.toString()));
                  xml.end();
                });
        yield Answers.xml(xml.end().start("policy").start("imagery").end().end());
      }
      case JSON -> {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("version", VERSION);
        document.put("generator", "Tequio");
        document.put("api", limits());
        document.put("policy", Map.of("imagery", Map.of("blacklist", List.of())));
        yield Reply.json(OsmForm.JSON.mediaType(), document);
      }
    };
  }
}
