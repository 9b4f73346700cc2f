package org.tequio.mapping;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.tequio.catalogue.LayerGaps;
import org.tequio.http.Chore;
import org.tequio.http.Endpoint;
import org.tequio.identity.IdentityModule;
import org.tequio.identity.Organisation;
import org.tequio.identity.Person;
import org.tequio.identity.PersonalData;
import org.tequio.mapping.desk.MappersData;
import org.tequio.mapping.desk.ProjectDesk;
import org.tequio.mapping.desk.ProjectGaps;
import org.tequio.mapping.desk.TaskDesk;
import org.tequio.mapping.desk.TaskQuality;
import org.tequio.mapping.live.LiveTasks;
import org.tequio.mapping.live.Tidings;
import org.tequio.mapping.live.UploadWatch;
import org.tequio.mapping.tables.EventTable;
import org.tequio.mapping.tables.MappingTables;
import org.tequio.mapping.tables.QualityTable;
import org.tequio.mapping.web.MappingEndpoints;
import org.tequio.osm.MapChecks;
import org.tequio.osm.OsmModule;
import org.tequio.osm.ValidatedTask;
import org.tequio.storage.CityStore;
import org.tequio.storage.Database;

/** The mapping projects of one city. Thread-safe. */
public final class MappingModule {
  private final Database database;
  private final TaskDesk tasks;
  private final MappingEndpoints endpoints;
  private final LiveTasks live;
  private final PersonalData personalData;
  private final LayerGaps gaps;

  /**
   * Opens the projects, creating or upgrading their tables.
   *
   * @param checks with which the ground of tasks is looked at
   */
  public MappingModule(
      CityStore store, IdentityModule identity, OsmModule map, MapChecks checks, Clock clock) {
    this.database = store.database();
    MappingTables.migrate(database);
    QualityTable.migrate(database);
    Function<String, String> names =
        account -> identity.people().findPerson(account).map(Person::name).orElse("");
    Function<String, String> organisations =
        id -> identity.people().findOrganisation(id).map(Organisation::name).orElse(id);
    this.personalData = new MappersData(database);
    this.gaps = new ProjectGaps(database);
    this.live = new LiveTasks(database, names);
    Tidings tidings = new Tidings(identity.notices(), database, names);
    this.tasks = new TaskDesk(database, clock, live::changed);
    map.onUpload(new UploadWatch(database, tasks, clock, tidings::edited));
    this.endpoints =
        new MappingEndpoints(
            database,
            tasks,
            new ProjectDesk(database, clock),
            live,
            tidings,
            checks,
            new TaskQuality(database, checks),
            identity.permissions(),
            identity.people(),
            names,
            organisations,
            clock);
  }

  /** Projects and tasks over HTTP. */
  public List<Endpoint> endpoints() {
    return new ArrayList<>(endpoints.list());
  }

  /** What projects are at work to fill of what layers lack. */
  public LayerGaps gaps() {
    return gaps;
  }

  /** Tasks that were found good after an event, and are so still, oldest first. */
  public List<ValidatedTask> validatedAfter(long event, int limit) {
    return database.read(connection -> EventTable.validatedAfter(connection, event, limit));
  }

  /** What it keeps about people. */
  public PersonalData personalData() {
    return personalData;
  }

  /** What runs from time to time. */
  public List<Chore> chores() {
    return List.of(new Chore("mapping-leases", Duration.ofSeconds(10), tasks::endLeases));
  }

  /** Ends what is followed live, before the server stops. */
  public void endStreams() {
    live.endStreams();
  }
}
