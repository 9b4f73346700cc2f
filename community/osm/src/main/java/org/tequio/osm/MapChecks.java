package org.tequio.osm;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.tequio.formats.osm.OsmElement;
import org.tequio.http.Endpoint;
import org.tequio.http.Permissions;
import org.tequio.osm.check.Checks;
import org.tequio.osm.inspect.ChecksEndpoint;
import org.tequio.osm.inspect.Inspection;
import org.tequio.osm.preset.Presets;
import org.tequio.storage.Database;

/**
 * Says what is probably wrong on the community map: never a refusal, always a hint for whoever maps
 * or validates. Thread-safe.
 */
public final class MapChecks {
  /** The most nodes of what is looked at in one go: those of the API's map call. */
  public static final int MOST_NODES = 50_000;

  private final Checks checks;
  private final Inspection inspection;

  MapChecks(Database database, Presets presets) {
    this.checks = new Checks(presets);
    this.inspection = new Inspection(database, checks);
  }

  /** Looks at elements as they come, such as those of a file. */
  public CheckReport of(Collection<OsmElement> elements) {
    return checks.run(elements);
  }

  /**
   * Looks at a box as it stands, with what lies around it.
   *
   * @return nothing where the box has more than {@link #MOST_NODES} nodes
   */
  public Optional<CheckReport> in(Box box) {
    return inspection.in(box);
  }

  /**
   * The same, marking what somebody's edits since a moment brought.
   *
   * @param account whose edits
   */
  public Optional<CheckReport> in(Box box, String account, Instant since) {
    return inspection.in(box, account, since);
  }

  List<Endpoint> endpoints(Permissions permissions) {
    return new ChecksEndpoint(inspection, permissions).endpoints();
  }
}
