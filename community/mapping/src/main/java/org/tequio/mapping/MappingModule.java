package org.tequio.mapping;

import java.time.Clock;
import java.util.List;
import org.tequio.http.Chore;
import org.tequio.http.Endpoint;
import org.tequio.identity.IdentityModule;
import org.tequio.osm.OsmModule;
import org.tequio.storage.CityStore;

/** The mapping projects of one city. Thread-safe. */
public final class MappingModule {

  /** Opens the projects, creating or upgrading their tables. */
  public MappingModule(CityStore store, IdentityModule identity, OsmModule map, Clock clock) {}

  /** Projects and tasks over HTTP. */
  public List<Endpoint> endpoints() {
    return List.of();
  }

  /** What runs from time to time. */
  public List<Chore> chores() {
    return List.of();
  }
}
