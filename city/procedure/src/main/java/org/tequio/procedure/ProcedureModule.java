package org.tequio.procedure;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.tequio.catalogue.Catalogue;
import org.tequio.http.Endpoint;
import org.tequio.http.Permissions;
import org.tequio.procedure.rule.CityLayers;
import org.tequio.procedure.web.ProceduresEndpoint;
import org.tequio.storage.FeatureStore;

/** The procedures of a city, and what its map answers to them. */
public final class ProcedureModule {
  private final Procedures procedures;
  private final ProceduresEndpoint endpoint;

  /**
   * Builds it.
   *
   * @param layers may keep the newest layers in memory
   * @param own the folder of the city's own packs, which may be absent
   */
  public ProcedureModule(
      Catalogue catalogue, FeatureStore layers, Permissions permissions, Path own, Clock clock) {
    this.procedures = new Procedures(catalogue, own);
    this.endpoint =
        new ProceduresEndpoint(procedures, new CityLayers(catalogue, layers), permissions, clock);
  }

  /** What people may ask of the city. */
  public Procedures procedures() {
    return procedures;
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return endpoint.endpoints();
  }
}
