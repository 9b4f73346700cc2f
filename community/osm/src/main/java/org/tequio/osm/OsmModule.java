package org.tequio.osm;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tequio.feature.LocalText;
import org.tequio.formats.osm.OsmElement;
import org.tequio.http.Chore;
import org.tequio.http.Egress;
import org.tequio.http.Endpoint;
import org.tequio.http.Jobs;
import org.tequio.http.Permissions;
import org.tequio.identity.IdentityModule;
import org.tequio.identity.Notice;
import org.tequio.identity.Notices;
import org.tequio.identity.PersonalData;
import org.tequio.osm.api.OsmApi;
import org.tequio.osm.changeset.Changesets;
import org.tequio.osm.changeset.Discussion;
import org.tequio.osm.element.Authors;
import org.tequio.osm.element.ElementKey;
import org.tequio.osm.element.Elements;
import org.tequio.osm.element.OsmTables;
import org.tequio.osm.person.OsmPeople;
import org.tequio.osm.person.Preferences;
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
   */
  public OsmModule(
      CityStore store, IdentityModule identity, Path folder, Egress egress, Clock clock) {
    this.database = store.database();
    database.migrate(OsmTables.MODULE, OsmTables.MIGRATIONS);
    this.changesets = new Changesets(database, OsmConfig.STANDARD, clock, this::tell);
    Preferences preferences = new Preferences(database);
    this.people = new OsmPeople(database, preferences);
    this.api =
        new OsmApi(
            database,
            changesets,
            new Discussion(database, clock, news -> notify(identity.notices(), news)),
            preferences,
            identity.people(),
            identity.permissions(),
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

  private static void notify(Notices notices, Discussion.News news) {
    Discussion.Comment said = news.comment();
    String quote = said.text().length() > 300 ? said.text().substring(0, 300) + "…" : said.text();
    notices.send(
        news.accounts(),
        new Notice(
            "changeset-comment",
            new LocalText(
                said.user() + " comentó un conjunto de cambios",
                said.user() + " comentou um conjunto de mudanças",
                said.user() + " commented on a changeset"),
            LocalText.same(quote),
            "/api/0.6/changeset/" + said.changeset() + "?include_discussion=true"));
  }

  /** Tells of every upload from now on. */
  public void onUpload(Upload.Listener listener) {
    listeners.add(listener);
  }

  /** The map as files. */
  public MapFiles files() {
    return files;
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

  /** What runs from time to time. */
  public List<Chore> chores() {
    return files.chores();
  }
}
