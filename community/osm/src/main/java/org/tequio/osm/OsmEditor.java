package org.tequio.osm;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.tequio.http.Chore;
import org.tequio.http.Endpoint;
import org.tequio.http.Permissions;
import org.tequio.http.Turns;
import org.tequio.identity.IdentityModule;
import org.tequio.identity.PersonalData;
import org.tequio.osm.draft.Drafts;
import org.tequio.osm.preset.Presets;
import org.tequio.storage.CityStore;

/**
 * What the editor of the city's own page needs beside the OSM API: the city's presets, drafts of
 * what has not been uploaded, and what is probably wrong. Thread-safe.
 */
public final class OsmEditor {
  private final Permissions permissions;
  private final Drafts drafts;
  private final Presets presets;
  private final MapChecks checks;

  /**
   * Opens the drafts of a city, creating or upgrading their table, and reads its presets.
   *
   * @param ownPresets the folder with the city's own presets; need not exist
   */
  public OsmEditor(CityStore store, IdentityModule identity, Path ownPresets, Clock clock) {
    this.permissions = identity.permissions();
    this.drafts = new Drafts(store.database(), permissions, clock);
    this.presets = Presets.of(ownPresets);
    this.checks = new MapChecks(store.database(), presets, new Turns(System::nanoTime));
  }

  /** What is probably wrong on the map, by these presets. */
  public MapChecks checks() {
    return checks;
  }

  /** Drafts, presets and checks over HTTP. */
  public List<Endpoint> endpoints() {
    List<Endpoint> endpoints = new ArrayList<>(drafts.endpoints());
    endpoints.addAll(presets.endpoints(permissions));
    endpoints.addAll(checks.endpoints(permissions));
    return endpoints;
  }

  /** What runs from time to time. */
  public List<Chore> chores() {
    return drafts.chores();
  }

  /** What it keeps about people. */
  public PersonalData personalData() {
    return drafts.personalData();
  }
}
