package org.tequio.procedure;

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
import org.tequio.procedure.writeback.MapPlan;
import org.tequio.procedure.writeback.MapPlanner;
import org.tequio.procedure.writeback.MapRefused;
import org.tequio.storage.FeatureStore;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Changes what the pack says that a procedure changes, and nothing else. Thread-safe. */
final class RuleCartographer implements Cartographer {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Procedures procedures;
  private final Layers layers;
  private final Catalogue catalogue;
  private final FeatureStore store;

  /**
   * Over these.
   *
   * @param store the one that is written, not a copy in memory
   */
  RuleCartographer(Procedures procedures, Layers layers, Catalogue catalogue, FeatureStore store) {
    this.procedures = procedures;
    this.layers = layers;
    this.catalogue = catalogue;
    this.store = store;
  }

  private Optional<CompiledProcedure> find(String procedure) {
    return Optional.of(procedure)
        .filter(ProcedureId::isValid)
        .flatMap(id -> procedures.findCompiled(new ProcedureId(id)));
  }

  @Override
  public List<WriteBack> listChanges(String procedure) {
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
  public MapPlan plan(CaseFile file, @Nullable List<MapChange> wanted, List<WriteBack> done) {
    List<WriteBack> backs = listChanges(file.procedure());
    CaseFile.Filing filing = file.filing();
    if (filing == null) {
      return MapPlan.NOTHING;
    }
    if (wanted != null) {
      wanted.forEach(one -> requireOf(backs, one.back()));
    }
    List<WriteBack> open = backs.stream().filter(back -> !done.contains(back)).toList();
    if (wanted == null ? open.isEmpty() : wanted.isEmpty()) {
      return MapPlan.NOTHING;
    }
    MapPlanner planner =
        new MapPlanner(
            catalogue,
            store,
            new MapPlanner.Case(layers.crs(), place(file), answers(file), filing.folio()));
    return wanted == null ? planner.byItself(open) : planner.asked(wanted);
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

  /** The place that the applicant drew, in metres; null where it cannot be read any more. */
  private @Nullable Geometry place(CaseFile file) {
    CompiledProcedure found = find(file.procedure()).orElse(null);
    if (found == null) {
      return null;
    }
    Map<String, JsonNode> given = new LinkedHashMap<>();
    file.inputs().forEach((name, value) -> given.put(name, JSON.valueToTree(value)));
    try {
      Entries entries = EntryReader.read(found, given, PlaceReader.ofDegrees(layers.crs()));
      return found.procedure().inputs().stream()
          .filter(input -> input.type() instanceof InputType.Place)
          .map(input -> entries.value(input.id()))
          .filter(Geometry.class::isInstance)
          .map(Geometry.class::cast)
          .findFirst()
          .orElse(null);
    } catch (Entries.Refused packAsksOtherThings) {
      return null;
    }
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
