package org.tequio.osm;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tequio.formats.osm.OsmElement;
import org.tequio.http.Chore;
import org.tequio.http.Egress;
import org.tequio.http.Endpoint;
import org.tequio.http.Jobs;
import org.tequio.http.Permissions;
import org.tequio.identity.IdentityModule;
import org.tequio.identity.PersonalData;
import org.tequio.osm.api.OsmApi;
import org.tequio.osm.changeset.Changesets;
import org.tequio.osm.changeset.Discussion;
import org.tequio.osm.element.Authors;
import org.tequio.osm.element.ElementKey;
import org.tequio.osm.element.Elements;
import org.tequio.osm.element.OsmTables;
import org.tequio.osm.note.Notes;
import org.tequio.osm.person.OsmPeople;
import org.tequio.osm.person.Preferences;
import org.tequio.osm.trace.Traces;
import org.tequio.review.ReceivedFiles;
import org.tequio.storage.CityStore;
import org.tequio.storage.Database;

/** The community map of one city. Thread-safe. */
public final class OsmModule {
  private static final Logger LOG = LoggerFactory.getLogger(OsmModule.class);

  private final List<Upload.Listener> listeners = new CopyOnWriteArrayList<>();
  private final Database database;
  private final Changesets changesets;
  private final OsmApi api;
  private final OsmPeople people;
  private final MapFiles files;
  private final Permissions permissions;

  /**
   * Opens the map, creating or upgrading its tables.
   *
   * @param folder for the files that it hands out
   * @param egress by which other maps are reached
   * @param config what the city decides of it
   */
  public OsmModule(
      CityStore store,
      IdentityModule identity,
      Path folder,
      Egress egress,
      OsmConfig config,
      Clock clock) {
    this.database = store.database();
    database.migrate(OsmTables.MODULE, OsmTables.MIGRATIONS);
    this.changesets = new Changesets(database, config, clock, this::tell);
    Preferences preferences = new Preferences(database);
    this.people = new OsmPeople(database, preferences);
    this.api =
        new OsmApi(
            database,
            changesets,
            new Discussion(
                database,
                clock,
                news -> identity.notices().send(news.accounts(), Tidings.of(news.comment()))),
            new Notes(
                database,
                clock,
                news -> identity.notices().send(news.accounts(), Tidings.of(news.note()))),
            new Traces(database, config, clock),
            preferences,
            identity.people(),
            identity.permissions(),
            store.audit(),
            clock);
    this.files = new MapFiles(database, folder, egress, clock);
    this.permissions = identity.permissions();
  }

  private void tell(Upload upload) {
    for (Upload.Listener listener : listeners) {
      try {
        listener.uploaded(upload);
      } catch (RuntimeException e) {
        LOG.error("a listener failed at an upload to changeset {}", upload.changeset(), e);
      }
    }
  }

  /** Tells of every upload from now on. */
  public void onUpload(Upload.Listener listener) {
    listeners.add(listener);
  }

  /** The map as files. */
  public MapFiles files() {
    return files;
  }

  /** Its changesets. */
  Changesets changesets() {
    return changesets;
  }

  /** One changeset. */
  public Optional<Changeset> findChangeset(long id) {
    return changesets.find(id);
  }

  /** The present state of an element, one that says "deleted", too. */
  public Optional<OsmElement> findElement(OsmElement.Type type, long id) {
    return database.read(
        connection ->
            Elements.find(connection, ElementKey.of(type, id), Authors.names(connection)));
  }

  /** What it keeps about people. */
  public PersonalData personalData() {
    return people;
  }

  /** The OSM API 0.6, and what is asked of the community map beside it. */
  public List<Endpoint> endpoints(Jobs jobs) {
    return Stream.concat(api.endpoints().stream(), files.endpoints(permissions).stream()).toList();
  }

  /** Whole files that were sent, taken into the map as jobs. */
  public List<Endpoint> importEndpoints(ReceivedFiles received, Jobs jobs) {
    return files.importEndpoints(received, permissions, jobs);
  }

  /** What runs from time to time. */
  public List<Chore> chores() {
    return files.chores();
  }
}
