package org.tequio.osm;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.tequio.formats.osm.OsmElement;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Permissions;
import org.tequio.http.ProblemException;
import org.tequio.http.Turns;
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
  private final Turns turns;

  /**
   * Looks at a map.
   *
   * @param turns taken by whoever asks for a look over HTTP
   */
  public MapChecks(Database database, Presets presets, Turns turns) {
    this.checks = new Checks(presets);
    this.inspection = new Inspection(database, checks);
    this.turns = turns;
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

  /**
   * Looks when it is the caller's turn, and says what was seen in their language.
   *
   * @param look gives nothing where there is more than can be looked at in one go
   * @throws ProblemException 413 where there is too much, 429 where the caller asks too much
   */
  public CheckJson tell(Call call, Supplier<Optional<CheckReport>> look) {
    CheckReport report =
        turns
            .take(call.source(), look)
            .orElseThrow(() -> new ProblemException(CheckJson.tooMuch()));
    return CheckJson.of(report, call.language());
  }

  /** What a change would make wrong, over HTTP. */
  public List<Endpoint> endpoints(Permissions permissions) {
    return new ChecksEndpoint(this, inspection, permissions).endpoints();
  }
}
