package org.tequio.procedure.whatif;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.CheckedImport;
import org.tequio.catalogue.CheckedImports;
import org.tequio.catalogue.ImportRequest;
import org.tequio.catalogue.LayerRecord;
import org.tequio.catalogue.UnsuitableFiles;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.feature.Progress;
import org.tequio.procedure.DraftChange;
import org.tequio.procedure.Forecast;
import org.tequio.procedure.ProcedureId;
import org.tequio.procedure.Procedures;
import org.tequio.procedure.WhatIf;
import org.tequio.procedure.rule.CityLayers;
import org.tequio.procedure.rule.CompiledProcedure;
import org.tequio.procedure.rule.DrawnOver;
import org.tequio.procedure.rule.Layers;
import org.tequio.storage.AsOf;

/** Asks the rules of a city and those of a draft. Thread-safe. */
public final class AskedTwice implements WhatIf {
  private final Catalogue catalogue;
  private final CheckedImports imports;
  private final CityLayers layers;
  private final Procedures procedures;
  private final PastFiles past;

  /** Tries changes of these. */
  public AskedTwice(
      Catalogue catalogue,
      CheckedImports imports,
      CityLayers layers,
      Procedures procedures,
      PastFiles past) {
    this.catalogue = catalogue;
    this.imports = imports;
    this.layers = layers;
    this.procedures = procedures;
    this.past = past;
  }

  @Override
  public Forecast run(DraftChange change, Progress progress) throws IOException {
    Map<ProcedureId, CompiledProcedure> before = procedures.compiled();
    Map<ProcedureId, CompiledProcedure> after =
        change.pack() == null ? before : procedures.compiledWith(change.pack());
    List<Long> ours = new ArrayList<>();
    try {
      Map<LayerId, AsOf> versions = versions(change, ours, progress);
      Set<LayerId> changed = new LinkedHashSet<>(versions.keySet());
      change.drawings().forEach(drawing -> changed.add(drawing.layer()));
      Layers then = drawn(change, versions.isEmpty() ? layers : layers.with(versions));
      Set<ProcedureId> asked = touched(change, before, after, kinds(changed));
      Trial trial = new Trial(layers, then, before, after, asked, change);
      return trial.run(
          ParcelSample.draw(layers, change.sample(), change.seed(), progress), past, progress);
    } finally {
      ours.forEach(imports::drop);
    }
  }

  private Layers drawn(DraftChange change, Layers under) {
    Layers drawn = under;
    for (DraftChange.Drawing one : change.drawings()) {
      String kind =
          catalogue
              .findLayer(one.layer())
              .map(LayerRecord::standard)
              .orElseThrow(() -> new UnknownChange(one.layer().value()));
      drawn = new DrawnOver(drawn, one.layer(), one.area(), one.values());
      try {
        // A column that the layer does not have is told before anything is asked.
        drawn.find(kind, null);
      } catch (IllegalArgumentException e) {
        throw new UnknownChange(String.valueOf(e.getMessage()));
      }
    }
    return drawn;
  }

  private Map<LayerId, AsOf> versions(DraftChange change, List<Long> ours, Progress progress)
      throws IOException {
    Map<LayerId, AsOf> versions = new LinkedHashMap<>();
    for (Map.Entry<LayerId, Path> one : change.layers().entrySet()) {
      ImportRequest request =
          ImportRequest.of(List.of(one.getValue()), null, "what-if").into(one.getKey());
      CheckedImport checked = imports.check(request, progress);
      ours.add(checked.number());
      if (checked.layers().isEmpty() && checked.unchanged().isEmpty()) {
        throw new UnsuitableFiles(
            new LocalText(
                "no se pudo leer ninguna capa del archivo",
                "nenhuma camada do arquivo pôde ser lida",
                "no layer of the file could be read"));
      }
      checked.layers().forEach(layer -> versions.put(layer.layer(), layer.version()));
    }
    for (long number : change.waiting()) {
      CheckedImport checked =
          imports.find(number).orElseThrow(() -> new UnknownChange(String.valueOf(number)));
      checked.layers().forEach(layer -> versions.put(layer.layer(), layer.version()));
    }
    return versions;
  }

  /** What the layers are in the dictionary. */
  private Set<String> kinds(Set<LayerId> changed) {
    Set<String> kinds = new LinkedHashSet<>();
    catalogue.listLayers().stream()
        .filter(layer -> changed.contains(layer.id()) && layer.standard() != null)
        .forEach(layer -> kinds.add(String.valueOf(layer.standard())));
    return kinds;
  }

  private static Set<ProcedureId> touched(
      DraftChange change,
      Map<ProcedureId, CompiledProcedure> before,
      Map<ProcedureId, CompiledProcedure> after,
      Set<String> kinds) {
    Set<ProcedureId> all = new LinkedHashSet<>(before.keySet());
    all.addAll(after.keySet());
    if (!change.only().isEmpty()) {
      for (ProcedureId one : change.only()) {
        if (!all.contains(one)) {
          throw new UnknownChange(one.value());
        }
      }
      all.retainAll(change.only());
      return all;
    }
    all.removeIf(
        id -> {
          CompiledProcedure old = before.get(id);
          CompiledProcedure next = after.get(id);
          return old != null
              && next != null
              && old.saysTheSameAs(next)
              && next.layers().stream().noneMatch(kinds::contains);
        });
    return all;
  }
}
