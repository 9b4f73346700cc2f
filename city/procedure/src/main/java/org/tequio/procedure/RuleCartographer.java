package org.tequio.procedure;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.tequio.catalogue.Catalogue;
import org.tequio.feature.LocalText;
import org.tequio.procedure.file.Cartographer;
import org.tequio.procedure.file.CaseFile;
import org.tequio.procedure.rule.CompiledProcedure;
import org.tequio.procedure.rule.Entries;
import org.tequio.procedure.rule.EntryReader;
import org.tequio.procedure.rule.Layers;
import org.tequio.procedure.rule.PlaceReader;
import org.tequio.procedure.writeback.MapChange;
import org.tequio.procedure.writeback.MapLine;
import org.tequio.procedure.writeback.MapPlan;
import org.tequio.procedure.writeback.MapPlanner;
import org.tequio.procedure.writeback.MapRefused;
import org.tequio.storage.FeatureStore;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Changes what the pack says that a procedure changes, and nothing else. Thread-safe. */
final class RuleCartographer implements Cartographer {
  private static final int MOST_CANDIDATES = 20;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Procedures procedures;
  private final Layers layers;
  private final Catalogue catalogue;
  private final FeatureStore store;
  private final Clock clock;

  /**
   * Over these.
   *
   * @param store the one that is written, not a copy in memory
   * @param clock says on which day something was decided
   */
  RuleCartographer(
      Procedures procedures, Layers layers, Catalogue catalogue, FeatureStore store, Clock clock) {
    this.procedures = procedures;
    this.layers = layers;
    this.catalogue = catalogue;
    this.store = store;
    this.clock = clock;
  }

  private Optional<CompiledProcedure> find(String procedure) {
    return Optional.of(procedure)
        .filter(ProcedureId::isValid)
        .flatMap(id -> procedures.findCompiled(new ProcedureId(id)));
  }

  @Override
  public List<WriteBack> listChanges(String procedure) {
    return terms(procedure).stream().map(WriteTerms::back).toList();
  }

  @Override
  public List<WriteTerms> terms(String procedure) {
    return find(procedure).map(one -> one.procedure().writeBack()).orElse(List.of());
  }

  @Override
  public long revision() {
    return store.headRevision();
  }

  @Override
  public Geometry readPlace(JsonNode geometry) {
    return PlaceReader.ofDegrees(layers.crs()).readArea(geometry);
  }

  @Override
  public List<MapLine.Ref> candidates(CaseFile file, WriteBack back) {
    CaseFile.Filing filing = file.filing();
    return filing == null ? List.of() : planner(file, filing).candidates(back, MOST_CANDIDATES);
  }

  @Override
  public MapPlan plan(CaseFile file, @Nullable List<MapChange> wanted, List<WriteBack> done) {
    List<WriteBack> backs = listChanges(file.procedure());
    CaseFile.Filing filing = file.filing();
    if (filing == null) {
      return MapPlan.NOTHING;
    }
    if (wanted != null) {
      wanted.forEach(one -> requireOf(backs, one.back()));
    }
    // What was done once, or was said, leaves no choice between the others of its layer.
    List<WriteBack> open =
        backs.stream()
            .filter(back -> done.stream().noneMatch(one -> one.layer().equals(back.layer())))
            .toList();
    if (wanted == null ? open.isEmpty() : wanted.isEmpty()) {
      return MapPlan.NOTHING;
    }
    MapPlanner planner = planner(file, filing);
    if (wanted == null) {
      return planner.byItself(open);
    }
    return planner
        .asked(wanted)
        .and(planner.byItself(open.stream().filter(back -> isLeft(back, wanted)).toList()));
  }

  /** True for what follows by itself beside what an officer said. */
  private static boolean isLeft(WriteBack back, List<MapChange> wanted) {
    return back.change() != WriteBack.Change.SPLIT
        && back.change() != WriteBack.Change.MERGE
        && wanted.stream().noneMatch(one -> one.back().layer().equals(back.layer()));
  }

  private MapPlanner planner(CaseFile file, CaseFile.Filing filing) {
    CompiledProcedure found = find(file.procedure()).orElse(null);
    Entries entries = found == null ? null : entries(found, file);
    Map<WriteBack, WriteValues> words = new LinkedHashMap<>();
    if (found != null && entries != null) {
      LocalDate day = LocalDate.now(clock.withZone(zone(filing.terms().office())));
      for (WriteBack back : listChanges(file.procedure())) {
        words.put(back, found.values(back, layers, entries, day));
      }
    }
    return new MapPlanner(
        catalogue,
        store,
        new MapPlanner.Case(
            layers.crs(),
            found == null || entries == null ? null : place(found, entries),
            answers(file),
            words,
            filing.folio()));
  }

  private ZoneId zone(String office) {
    return procedures
        .offices()
        .find(office)
        .map(one -> one.calendar().zone())
        .orElse(ZoneOffset.UTC);
  }

  private static void requireOf(List<WriteBack> backs, WriteBack wanted) {
    if (!backs.contains(wanted)) {
      throw new MapRefused(
          new LocalText(
              "este trámite no cambia así la capa " + wanted.layer(),
              "este pedido não muda assim a camada " + wanted.layer(),
              "this procedure does not change the layer " + wanted.layer() + " so"));
    }
  }

  /** What the applicant answered; null where it cannot be read any more. */
  private @Nullable Entries entries(CompiledProcedure found, CaseFile file) {
    Map<String, JsonNode> given = new LinkedHashMap<>();
    file.inputs().forEach((name, value) -> given.put(name, JSON.valueToTree(value)));
    try {
      return EntryReader.read(found, given, PlaceReader.ofDegrees(layers.crs()));
    } catch (Entries.Refused packAsksOtherThings) {
      return null;
    }
  }

  /** The place that the applicant drew, in metres; null where there is none. */
  private static @Nullable Geometry place(CompiledProcedure found, Entries entries) {
    return found.procedure().inputs().stream()
        .filter(input -> input.type() instanceof InputType.Place)
        .map(input -> entries.value(input.id()))
        .filter(Geometry.class::isInstance)
        .map(Geometry.class::cast)
        .findFirst()
        .orElse(null);
  }

  /** What everybody may see of the answers, for layers are seen by everybody. */
  private Map<String, Object> answers(CaseFile file) {
    Map<String, Object> open = new LinkedHashMap<>();
    find(file.procedure())
        .ifPresent(
            found -> {
              for (Input input : found.procedure().inputs()) {
                Object value = file.inputs().get(input.id());
                boolean isPlace = input.type() instanceof InputType.Place;
                if (value != null && input.dataClass().isPublic() && !isPlace) {
                  open.put(input.id(), value);
                }
              }
            });
    return open;
  }
}
