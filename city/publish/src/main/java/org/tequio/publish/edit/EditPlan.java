package org.tequio.publish.edit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.tequio.feature.Feature;
import org.tequio.feature.FeatureId;
import org.tequio.feature.LayerId;
import org.tequio.http.Problem;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.storage.AsOf;
import org.tequio.storage.Edit;
import org.tequio.storage.EditConflict;
import org.tequio.storage.FeatureStore;

/**
 * Turns what somebody wants into edits of the store: each feature at most once, with what earlier
 * edits of the same request made of it, and none for a feature that stays as it is. Not
 * thread-safe.
 */
final class EditPlan {
  private static final FeatureId ANY_ID = new FeatureId(1);

  private final FeatureStore store;
  private final Map<LayerId, PublicLayer> layers;
  private final long head;
  private final Map<LayerId, LinkedHashMap<FeatureId, State>> touched = new LinkedHashMap<>();
  private final Map<LayerId, List<Feature>> created = new LinkedHashMap<>();
  private final List<LayerId> insertOrder = new ArrayList<>();
  private long updated;
  private long replaced;
  private long deleted;
  private boolean based;
  private int next;

  /** What is to become of a feature; after is null where it goes. */
  private record State(Feature before, @Nullable Feature after, long basedOn, int edit) {
    boolean isChanged() {
      return after == null
          || !before.properties().equals(after.properties())
          || !same(before.geometry(), after.geometry());
    }

    private static boolean same(@Nullable Geometry a, @Nullable Geometry b) {
      return a == null || b == null
          ? a == null && b == null
          : a.equalsExact(b) && sameHeights(a, b);
    }

    private static boolean sameHeights(Geometry a, Geometry b) {
      var from = a.getCoordinates();
      var to = b.getCoordinates();
      for (int i = 0; i < from.length; i++) {
        if (Double.compare(from[i].getZ(), to[i].getZ()) != 0) {
          return false;
        }
      }
      return true;
    }
  }

  EditPlan(FeatureStore store, Map<LayerId, PublicLayer> layers, long head) {
    this.store = store;
    this.layers = layers;
    this.head = head;
  }

  /**
   * Adds the next edit.
   *
   * @throws EditRefused where the layer does not take it
   */
  void add(LayerEdit edit) {
    PublicLayer layer = Objects.requireNonNull(layers.get(edit.layer()));
    ContentCheck check = new ContentCheck(layer, next);
    switch (edit) {
      case LayerEdit.Insert(LayerId id, Content content) -> {
        created
            .computeIfAbsent(id, key -> new ArrayList<>())
            .add(check.changed(ANY_ID, null, Map.of(), content));
        insertOrder.add(id);
      }
      case LayerEdit.Update(LayerId id, FeatureId feature, Content changes, long basedOn) -> {
        Feature before = current(id, feature);
        put(
            id,
            basedOn,
            check.changed(feature, before.geometry(), before.properties(), changes),
            feature);
        updated++;
      }
      case LayerEdit.Replace(LayerId id, FeatureId feature, Content content, long basedOn) -> {
        Feature before = current(id, feature);
        put(
            id,
            basedOn,
            check.changed(feature, null, check.closed(before.properties()), content),
            feature);
        replaced++;
      }
      case LayerEdit.Delete(LayerId id, FeatureId feature, long basedOn) -> {
        current(id, feature);
        put(id, basedOn, null, feature);
        deleted++;
      }
    }
    next++;
  }

  /** The feature as earlier edits left it. */
  private Feature current(LayerId layer, FeatureId feature) {
    State state = states(layer).get(feature);
    Optional<Feature> now =
        state == null
            ? store.findFeature(layer, feature, new AsOf.AtRevision(head))
            : Optional.ofNullable(state.after);
    return now.orElseThrow(() -> new EditRefused(Problem.notFound(layer + "." + feature), next));
  }

  private Map<FeatureId, State> states(LayerId layer) {
    return touched.computeIfAbsent(layer, key -> new LinkedHashMap<>());
  }

  private void put(LayerId layer, long basedOn, @Nullable Feature after, FeatureId feature) {
    based |= basedOn > 0;
    long base = basedOn > 0 ? Math.min(basedOn, head) : head;
    State earlier = states(layer).get(feature);
    Feature before = earlier == null ? current(layer, feature) : earlier.before;
    states(layer)
        .put(
            feature,
            new State(
                before, after, earlier == null ? base : Math.min(base, earlier.basedOn), next));
  }

  /** True where the editor says what an edit is based on. */
  boolean isBased() {
    return based;
  }

  /** How many features of a layer go. */
  long removed(LayerId layer) {
    return states(layer).values().stream().filter(state -> state.after == null).count();
  }

  /** How many features of a layer become others. */
  long changed(LayerId layer) {
    return states(layer).values().stream()
        .filter(state -> state.after != null && state.isChanged())
        .count();
  }

  /** What it comes to, as the history and the audit log say it. */
  String summary(LayerId layer) {
    return layer
        + " "
        + created.getOrDefault(layer, List.of()).size()
        + " created, "
        + changed(layer)
        + " changed, "
        + removed(layer)
        + " deleted";
  }

  /** The edits of each layer; layers that stay as they are are not among them. */
  Map<LayerId, List<Edit>> edits() {
    Map<LayerId, List<Edit>> edits = new LinkedHashMap<>();
    for (LayerId layer : layers.keySet()) {
      List<Edit> all = new ArrayList<>();
      created.getOrDefault(layer, List.of()).forEach(one -> all.add(new Edit.Create(one)));
      states(layer)
          .forEach(
              (id, state) -> {
                if (state.after == null) {
                  all.add(new Edit.Delete(id, state.basedOn));
                } else if (state.isChanged()) {
                  all.add(new Edit.Replace(state.after, state.basedOn));
                }
              });
      if (!all.isEmpty()) {
        edits.put(layer, all);
      }
    }
    return edits;
  }

  /** Which edit met somebody else's. */
  int editOf(EditConflict conflict) {
    for (FeatureId feature : conflict.features()) {
      State state = states(conflict.layer()).get(feature);
      if (state != null) {
        return state.edit;
      }
    }
    return -1;
  }

  /** What was done, with the new features in the order in which they were asked for. */
  Edited done(long revision, Map<LayerId, List<FeatureId>> ids) {
    Map<LayerId, Integer> at = new LinkedHashMap<>();
    List<FeatureId> inserted = new ArrayList<>();
    for (LayerId layer : insertOrder) {
      int index = at.merge(layer, 1, Integer::sum) - 1;
      inserted.add(Objects.requireNonNull(ids.get(layer)).get(index));
    }
    return new Edited(revision, inserted, updated, replaced, deleted);
  }
}
