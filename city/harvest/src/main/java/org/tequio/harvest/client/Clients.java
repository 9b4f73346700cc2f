package org.tequio.harvest.client;

import java.nio.file.Path;
import java.util.List;
import org.tequio.harvest.SourceKind;

/** The ordered list of kinds; the first that knows an address has it. */
public final class Clients {
  private Clients() {}

  /**
   * All of them.
   *
   * @param inbox the only folder of the server's disk out of which files are taken
   */
  public static List<SourceClient> all(Path inbox) {
    return List.of(
        new FileClient(inbox), //
        new ArcGisClient(),
        new WfsClient(),
        new OgcFeaturesClient(),
        new CkanClient(),
        new DcatClient(),
        new GtfsClient(),
        new HttpClient() //
        );
  }

  /** The client of a kind. */
  public static SourceClient of(List<SourceClient> all, SourceKind kind) {
    return all.stream().filter(client -> client.kind() == kind).findFirst().orElseThrow();
  }
}
