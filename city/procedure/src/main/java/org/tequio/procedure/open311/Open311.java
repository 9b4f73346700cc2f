package org.tequio.procedure.open311;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.tequio.http.Endpoint;
import org.tequio.http.Permissions;
import org.tequio.procedure.AddressBook;
import org.tequio.procedure.Procedures;
import org.tequio.procedure.file.CaseFiles;
import org.tequio.procedure.rule.Layers;

/** Service requests of one city over HTTP: everything of this package, constructed. */
public final class Open311 {
  private final List<Endpoint> endpoints = new ArrayList<>();

  /**
   * Speaks for a city.
   *
   * @param layers in which the things lie that are reported
   * @param keys who may act by a key
   * @param addresses where addresses are
   * @param city the city's name, by which it is the protocol's jurisdiction
   */
  public Open311(
      Procedures procedures,
      CaseFiles files,
      Layers layers,
      KeyHolders keys,
      AddressBook addresses,
      Permissions permissions,
      Supplier<String> city,
      Clock clock) {
    this(ServiceBook.of(procedures), files, layers, keys, addresses, permissions, city, clock);
  }

  Open311(
      ServiceBook services,
      CaseFiles files,
      Layers layers,
      KeyHolders keys,
      AddressBook addresses,
      Permissions permissions,
      Supplier<String> city,
      Clock clock) {
    GeoReportEndpoint reports =
        new GeoReportEndpoint(services, files, keys, addresses, permissions, city, clock);
    endpoints.addAll(reports.endpoints());
    endpoints.addAll(new UpdatesEndpoint(reports, files, permissions, clock).endpoints());
    endpoints.addAll(
        new NearEndpoint(services, files.services().requests(), layers, permissions, clock)
            .endpoints());
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.copyOf(endpoints);
  }
}
