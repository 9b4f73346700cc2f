package org.tequio.privacy.look;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.LayerRecord;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.Field;
import org.tequio.feature.Language;
import org.tequio.feature.LayerId;
import org.tequio.feature.Progress;
import org.tequio.privacy.Held;
import org.tequio.privacy.Holder;
import org.tequio.privacy.Identifiers;
import org.tequio.privacy.desk.Erasure;
import org.tequio.storage.AsOf;
import org.tequio.storage.CityStore;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.Revision;

/** What layers keep about people, in their newest state and in the past ones. */
public final class LayerHolder implements Holder {
  /**
   * How many past states of a layer are gone through; their number is told where there are more.
   */
  static final int MOST_STATES = 200;

  private final CityStore store;
  private final Catalogue catalogue;
  private final Erasure erasure;

  /** Looks in these. */
  public LayerHolder(CityStore store, Catalogue catalogue, Erasure erasure) {
    this.store = store;
    this.catalogue = catalogue;
    this.erasure = erasure;
  }

  @Override
  public List<Held> find(Identifiers person, Language language, Progress progress) {
    List<Held> found = new ArrayList<>();
    List<LayerRecord> layers = catalogue.listLayers();
    int done = 0;
    for (LayerRecord layer : layers) {
      progress.check();
      progress.step(layer.id().value(), done++, layers.size());
      Set<String> seen = new HashSet<>();
      find(layer, AsOf.NOW, null, person, language, seen, found);
      for (Revision revision :
          store.features().listRevisions(Optional.of(layer.id()), MOST_STATES)) {
        AsOf state = new AsOf.AtRevision(revision.number());
        find(layer, state, revision.number(), person, language, seen, found);
      }
    }
    return found;
  }

  private void find(
      LayerRecord layer,
      AsOf state,
      @Nullable Long revision,
      Identifiers person,
      Language language,
      Set<String> seen,
      List<Held> into) {
    Optional<ClosedFields> known = ClosedFields.of(store.features(), layer, state);
    if (known.isEmpty() || !known.get().hasPersonal()) {
      return;
    }
    ClosedFields fields = known.get();
    store
        .features()
        .scan(
            layer.id(),
            FeatureQuery.ALL.at(state),
            row -> {
              if (isAbout(fields, row, person)) {
                Held held = held(layer, fields, row, revision, language);
                if (seen.add(row.id() + held.values().toString())) {
                  into.add(held);
                }
              }
              return true;
            });
  }

  private static boolean isAbout(ClosedFields fields, FeatureRow row, Identifiers person) {
    for (int i = 0; i < fields.fields().size(); i++) {
      if (fields.isPersonal(i) && person.matches(row.value(i))) {
        return true;
      }
    }
    return false;
  }

  /** One row, whole. */
  static Held held(
      LayerRecord layer,
      ClosedFields fields,
      FeatureRow row,
      @Nullable Long revision,
      Language language) {
    List<Held.Value> values = new ArrayList<>();
    for (int i = 0; i < fields.fields().size(); i++) {
      Field field = fields.fields().get(i);
      Object value = row.value(i);
      values.add(
          new Held.Value(
              field.name(),
              field.label().in(language),
              field.dataClass(),
              value == null ? null : value.toString()));
    }
    return new Held(
        layer.id().value(), layer.title().in(language), Long.toString(row.id()), revision, values);
  }

  @Override
  public List<String> erase(List<Held> found, String author, String reason) {
    Map<LayerId, Set<Long>> features = new TreeMap<>();
    Map<LayerId, Set<String>> fields = new TreeMap<>();
    for (Held held : found) {
      if (LayerId.isValid(held.holder())
          && catalogue.findLayer(new LayerId(held.holder())).isPresent()) {
        LayerId layer = new LayerId(held.holder());
        features.computeIfAbsent(layer, id -> new TreeSet<>()).add(Long.valueOf(held.feature()));
        fields.computeIfAbsent(layer, id -> new TreeSet<>()).addAll(held.personalNames());
      }
    }
    Map<LayerId, Erasure.Part> parts = new TreeMap<>();
    features.forEach(
        (layer, ids) ->
            parts.put(layer, new Erasure.Part(ids, fields.getOrDefault(layer, Set.of()))));
    return erasure.erase(parts, author, reason);
  }
}
