package org.tequio.osm.api;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.tequio.http.Endpoint;
import org.tequio.http.Permissions;
import org.tequio.identity.People;
import org.tequio.osm.changeset.Changesets;
import org.tequio.osm.changeset.Discussion;
import org.tequio.osm.note.Notes;
import org.tequio.osm.person.Preferences;
import org.tequio.osm.trace.Traces;
import org.tequio.storage.AuditLog;
import org.tequio.storage.Database;

/** The OSM API 0.6 of one city: everything of this package, constructed. */
public final class OsmApi {
  private final List<Endpoint> endpoints = new ArrayList<>();

  /** Speaks for a map. */
  public OsmApi(
      Database database,
      Changesets changesets,
      Discussion discussion,
      Notes notes,
      Traces traces,
      Preferences preferences,
      People people,
      Permissions permissions,
      AuditLog audit,
      Clock clock) {
    Routes routes = new Routes(permissions);
    endpoints.addAll(new MapEndpoint(database, routes).endpoints());
    // A person's number, and an element's kind, stand where the others have words.
    endpoints.addAll(new TracesEndpoint(traces, routes).endpoints());
    endpoints.addAll(
        new UserEndpoint(database, preferences, people, routes, permissions, clock).endpoints());
    endpoints.addAll(
        new ChangesetsEndpoint(database, changesets, discussion, routes, permissions, clock)
            .endpoints());
    endpoints.addAll(new NotesEndpoint(notes, routes, permissions).endpoints());
    endpoints.addAll(new RedactionsEndpoint(database, audit, routes).endpoints());
    endpoints.addAll(new ElementsEndpoint(database, changesets, routes).endpoints());
  }

  /** Its operations, in the order in which they must be asked. */
  public List<Endpoint> endpoints() {
    return List.copyOf(endpoints);
  }
}
