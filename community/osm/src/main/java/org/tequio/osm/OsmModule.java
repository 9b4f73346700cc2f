package org.tequio.osm;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.tequio.http.Chore;
import org.tequio.http.Endpoint;
import org.tequio.http.Jobs;
import org.tequio.identity.IdentityModule;
import org.tequio.storage.CityStore;

/** The community map of one city. Thread-safe. */
public final class OsmModule {
  private final List<Upload.Listener> listeners = new CopyOnWriteArrayList<>();

  /** Opens the map, creating or upgrading its tables. */
  public OsmModule(CityStore store, IdentityModule identity, Clock clock) {}

  /** Tells of every upload from now on. */
  public void onUpload(Upload.Listener listener) {
    listeners.add(listener);
  }

  /** The OSM API 0.6, and what is asked of the community map beside it. */
  public List<Endpoint> endpoints(Jobs jobs) {
    return List.of();
  }

  /** What runs from time to time. */
  public List<Chore> chores() {
    return List.of();
  }
}
