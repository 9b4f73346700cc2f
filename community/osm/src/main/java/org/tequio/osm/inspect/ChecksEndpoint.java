package org.tequio.osm.inspect;

import java.io.IOException;
import java.util.List;
import org.tequio.feature.LocalText;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.osm.CheckJson;
import org.tequio.osm.MapChecks;
import org.tequio.osm.api.OsmAction;
import org.tequio.osm.changeset.Change;
import org.tequio.osm.changeset.OsmRefused;
import org.tequio.osm.wire.OsmInput;

/** What a change would make wrong, before anybody uploads it. */
public final class ChecksEndpoint {
  private static final long MOST_BYTES = 8L << 20;

  private final MapChecks checks;
  private final Inspection inspection;
  private final Permissions permissions;

  /** Asks an inspection, and tells as all looks at the map are told. */
  public ChecksEndpoint(MapChecks checks, Inspection inspection, Permissions permissions) {
    this.checks = checks;
    this.inspection = inspection;
    this.permissions = permissions;
  }

  /** Its operation. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post("/api/map/checks", "checkMapChange", OsmAction.EDIT, this::check)
            .summary(
                "What is probably wrong with what an osmChange touches, as it would be after its"
                    + " upload. Nothing is changed, and nothing is refused for it.")
            .takes("application/xml", null)
            .answers("application/json", CheckJson.class));
  }

  private Reply check(Call call) throws IOException {
    permissions.require(call, Permission.of(OsmAction.EDIT));
    List<Change> changes = read(call);
    return Reply.json(checks.tell(call, () -> inspection.of(changes)));
  }

  private static List<Change> read(Call call) throws IOException {
    try {
      return OsmInput.draft(call.body(MOST_BYTES));
    } catch (OsmRefused e) {
      throw new ProblemException(
          Problem.invalidBody(
              new LocalText(
                  "no es un documento osmChange: " + e.text(),
                  "não é um documento osmChange: " + e.text(),
                  "this is no osmChange document: " + e.text())));
    }
  }
}
