package org.tequio.mapping;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.tequio.http.Chore;
import org.tequio.http.Endpoint;
import org.tequio.http.Permissions;
import org.tequio.identity.IdentityModule;
import org.tequio.identity.Organisation;
import org.tequio.identity.Person;
import org.tequio.mapping.desk.ProjectDesk;
import org.tequio.mapping.desk.TaskDesk;
import org.tequio.mapping.tables.MappingTables;
import org.tequio.mapping.web.MappingEndpoints;
import org.tequio.osm.OsmModule;
import org.tequio.storage.CityStore;
import org.tequio.storage.Database;

/** The mapping projects of one city. Thread-safe. */
public final class MappingModule {
  private final TaskDesk tasks;
  private final MappingEndpoints endpoints;

  /** Opens the projects, creating or upgrading their tables. */
  public MappingModule(CityStore store, IdentityModule identity, OsmModule map, Clock clock) {
    Database database = store.database();
    MappingTables.migrate(database);
    this.tasks = new TaskDesk(database, clock, project -> {});
    Permissions permissions = identity.permissions();
    Function<String, String> names =
        account -> identity.people().findPerson(account).map(Person::name).orElse("");
    Function<String, String> organisations =
        id -> identity.people().findOrganisation(id).map(Organisation::name).orElse(id);
    this.endpoints =
        new MappingEndpoints(
            database,
            tasks,
            new ProjectDesk(database, clock),
            permissions,
            names,
            organisations,
            clock);
  }

  /** Projects and tasks over HTTP. */
  public List<Endpoint> endpoints() {
    return new ArrayList<>(endpoints.list());
  }

  /** What runs from time to time. */
  public List<Chore> chores() {
    return List.of(new Chore("mapping-leases", Duration.ofMinutes(1), tasks::endLeases));
  }
}
