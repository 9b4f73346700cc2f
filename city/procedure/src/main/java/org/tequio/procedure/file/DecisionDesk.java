package org.tequio.procedure.file;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.tequio.feature.FeatureId;
import org.tequio.feature.LocalText;
import org.tequio.procedure.ServiceTerms;
import org.tequio.procedure.Silence;
import org.tequio.procedure.WriteBack;
import org.tequio.procedure.WriteTerms;
import org.tequio.procedure.writeback.MapChange;
import org.tequio.procedure.writeback.MapLine;
import org.tequio.procedure.writeback.MapPlan;
import org.tequio.procedure.writeback.MapRefused;
import org.tequio.storage.EditConflict;
import tools.jackson.databind.JsonNode;

/**
 * Decides case files. What a decision changes on the map is one revision with it: durable together
 * or not at all. Thread-safe.
 */
public final class DecisionDesk {
  private static final int TRIES = 5;

  private final CaseBook book;
  private final Cartographer cartographer;
  private final MapTables map;

  DecisionDesk(CaseBook book, Cartographer cartographer, MapTables map) {
    this.book = book;
    this.cartographer = cartographer;
    this.map = map;
  }

  /** What the decisions of a file changed on the map. */
  List<MapTables.Written> written(String id) {
    return map.list(id);
  }

  /** What granting a file changes on the map. */
  List<WriteTerms> listChanges(CaseFile file) {
    return cartographer.terms(file.procedure());
  }

  /** The features that a change may be about; the nearest to the case. */
  List<MapLine.Ref> candidates(CaseFile file, WriteBack back) {
    return cartographer.candidates(file, back);
  }

  /** The revision of the map as it is now. */
  long revision() {
    return cartographer.revision();
  }

  /** A place that an officer drew as GeoJSON, in metres. */
  Geometry readPlace(JsonNode geometry) {
    return cartographer.readPlace(geometry);
  }

  /** The keys that came of a key by subdivisions and mergers; empty where none did. */
  public List<String> successors(String layer, String key) {
    return map.successors(layer, key);
  }

  /**
   * Decides. After a negative silence the office may still resolve; after a positive one it may
   * not. A service requested that is done waits for whoever reported it to confirm.
   *
   * @param wanted what is changed on the map; null for what can be done without a word, which is
   *     not to divide or join parcels; empty for nothing
   * @throws CaseRefused also where the map has changed since the officer saw it
   */
  public CaseFile decide(
      String id,
      long version,
      String actor,
      boolean granted,
      String reasons,
      @Nullable List<MapChange> wanted) {
    CaseFile seen = book.tables().find(id).orElseThrow(CaseBook::gone);
    Verb verb = granted ? (isConfirmed(seen) ? Verb.FULFILL : Verb.GRANT) : Verb.REFUSE;
    CaseBook.Change change =
        (connection, before, now) -> {
          if (!isDecidable(before.state())) {
            throw CaseRefused.wrongState(before.state());
          }
          ServiceTerms service = before.getFiling().terms().service();
          if (granted && service != null && service.objectionHours() > 0) {
            return before.in(
                new CaseState.Fulfilled(now, actor, reasons, now.plus(service.objection())));
          }
          return before.in(
              granted
                  ? new CaseState.Granted(now, actor, reasons)
                  : new CaseState.Refused(
                      now, actor, reasons, book.law().appeal(before).orElse(null)));
        };
    for (int attempt = 1; ; attempt++) {
      try {
        MapPlan plan =
            granted && seen.version() == version && isDecidable(seen.state())
                ? plan(seen, wanted)
                : MapPlan.NOTHING;
        return plan.isEmpty()
            ? book.step(id, version, actor, verb, reasons, noted(change, plan))
            : book.stepOnMap(id, version, actor, verb, reasons, plan, change);
      } catch (EditConflict conflict) {
        // None is named where the layer was written in this very moment, perhaps elsewhere.
        if (!conflict.features().isEmpty() || attempt == TRIES) {
          throw changed(conflict);
        }
      }
    }
  }

  /** Where nothing is changed, the reason is kept. */
  private static CaseBook.Change noted(CaseBook.Change change, MapPlan plan) {
    return (connection, before, now) -> {
      CaseFile after = change.of(connection, before, now);
      MapTables.insert(connection, after, 0, plan.lines());
      return after;
    };
  }

  private MapPlan plan(CaseFile file, @Nullable List<MapChange> wanted) {
    List<WriteBack> done =
        map.list(file.id()).stream()
            .map(MapTables.Written::line)
            .filter(line -> line.isMade())
            .map(line -> line.back())
            .toList();
    try {
      return cartographer.plan(file, wanted, done);
    } catch (MapRefused refused) {
      throw new CaseRefused("map-refused", refused.reason());
    }
  }

  private static CaseRefused changed(EditConflict conflict) {
    String features =
        conflict.features().stream()
            .limit(20)
            .map(FeatureId::toString)
            .collect(Collectors.joining(", ", conflict.layer() + " ", ""));
    return new CaseRefused(
        "map-changed",
        new LocalText(
            "el mapa cambió desde que lo vio: " + features + "; no se decidió nada",
            "o mapa mudou desde que o viu: " + features + "; nada foi decidido",
            "the map has changed since you saw it: " + features + "; nothing was decided"));
  }

  /** True where whoever filed has the last word on whether it is done. */
  private static boolean isConfirmed(CaseFile file) {
    CaseFile.Filing filing = file.filing();
    ServiceTerms service = filing == null ? null : filing.terms().service();
    return service != null && service.objectionHours() > 0;
  }

  private static boolean isDecidable(CaseState state) {
    return state instanceof CaseState.UnderReview
        || state instanceof CaseState.FellSilent silent
            && silent.effect() == Silence.Effect.NEGATIVE;
  }
}
