package org.tequio.osm.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Reply;
import org.tequio.osm.changeset.OsmRefused;
import org.tequio.osm.element.ElementKey;
import org.tequio.osm.element.Redactions;
import org.tequio.osm.wire.Answers;
import org.tequio.storage.AuditLog;
import org.tequio.storage.Database;

/** Hiding versions of elements that nobody should see, such as one with somebody's telephone. */
final class RedactionsEndpoint {
  private static final Parameter<Integer> VERSION =
      new Parameter<>(
          Parameter.Place.PATH,
          "version",
          "Number of a version.",
          LocalText.same("version"),
          Parameter.schema("string", "pattern", "^[0-9]{1,9}$"),
          text ->
              text.matches("[0-9]{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty());

  private final Database database;
  private final AuditLog audit;
  private final Routes routes;

  RedactionsEndpoint(Database database, AuditLog audit, Routes routes) {
    this.database = database;
    this.audit = audit;
    this.routes = routes;
  }

  /** Its operations. */
  List<Endpoint> endpoints() {
    String version = Routes.ROOT + "/{element}/{id}/{version}";
    List<Endpoint> all = new ArrayList<>();
    all.add(
        change("POST", version + "/redaction", "osmRedact", call -> redact(call, asked(call)))
            .summary("OSM API: hides a past version, under the number that redaction= names."));
    all.add(
        change("DELETE", version + "/redaction", "osmUnredact", call -> redact(call, null))
            .summary("OSM API: shows a hidden version again."));
    all.add(
        change(
                "POST",
                version + "/redact",
                "osmRedactOld",
                call ->
                    redact(call, call.queryTexts().containsKey("redaction") ? asked(call) : null))
            .summary("OSM API: as redaction, in its older form; without a number it shows it."));
    return all;
  }

  private Endpoint change(String method, String path, String id, Endpoint.Handler handler) {
    return routes
        .route(method, path, id, OsmAction.MODERATE, handler, Routes.ELEMENT, Routes.ID, VERSION)
        .answers("text/plain", null);
  }

  private static Long asked(Call call) {
    String text = call.queryTexts().getOrDefault("redaction", "");
    if (!text.matches("[0-9]{1,9}")) {
      throw OsmRefused.bad("No redaction was given");
    }
    return Long.valueOf(text);
  }

  private Reply redact(Call call, @Nullable Long redaction) {
    long key = ElementKey.of(call.path(Routes.ELEMENT), call.path(Routes.ID).id());
    int version = call.path(VERSION);
    switch (database.write(connection -> Redactions.set(connection, key, version, redaction))) {
      case DONE -> {}
      case MISSING -> throw OsmRefused.notFound(ElementKey.type(key).word(), ElementKey.id(key));
      case CURRENT ->
          throw OsmRefused.bad(
              "Cannot redact current version of element, only historical versions may be"
                  + " redacted.");
    }
    audit.append(
        call.account(),
        redaction == null ? "osm.unredact" : "osm.redact",
        ElementKey.type(key).word()
            + " "
            + ElementKey.id(key)
            + " version "
            + version
            + (redaction == null ? "" : ", " + redaction));
    return Answers.text("");
  }
}
