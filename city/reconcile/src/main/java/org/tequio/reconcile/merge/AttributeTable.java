package org.tequio.reconcile.merge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.LocalText;
import org.tequio.feature.Progress;
import org.tequio.reconcile.Reconciliation;
import org.tequio.reconcile.match.GroupSet;
import org.tequio.reconcile.match.KeyRelation;
import org.tequio.reconcile.match.Matching;
import org.tequio.storage.AsOf;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.FeatureStore;
import org.tequio.storage.StoredLayer;

/**
 * Finds out which fields of several layers say the same - by their names, as keys and names that
 * correspond, or by their values - and counts where they agree. Not thread-safe.
 */
public final class AttributeTable {
  private static final int SAMPLE = 400;
  private static final int LEAST_DISTINCT = 4;
  private static final double ALIKE = 0.85;
  private static final Set<String> TAKEN =
      Set.of("fid", "geom", "from_revision", "to_revision", Reconciliation.GEOMETRY, "reconciled");

  private final FeatureStore store;
  private final List<StoredLayer> layers;
  private final List<LayerSchema> schemas;
  private final AsOf asOf;
  private final GroupSet groups;
  private final List<Draft> drafts = new ArrayList<>();

  /**
   * A table.
   *
   * @param schemas of the layers, with the labels that stewards gave
   */
  public AttributeTable(
      FeatureStore store,
      List<StoredLayer> layers,
      List<LayerSchema> schemas,
      AsOf asOf,
      GroupSet groups) {
    this.store = store;
    this.layers = layers;
    this.schemas = schemas;
    this.asOf = asOf;
    this.groups = groups;
  }

  /** An attribute that is being put together: the position of its field in each layer, or -1. */
  private record Draft(String name, LocalText label, int[] fields) {
    int used() {
      return (int) Arrays.stream(fields).filter(field -> field >= 0).count();
    }
  }

  /** The attributes, those of the first layer first. */
  public List<Reconciliation.Attribute> attributes(
      List<Matching.Comparison> comparisons, Progress progress) {
    for (int layer = 0; layer < layers.size(); layer++) {
      List<Field> fields = schemas.get(layer).fields();
      for (int field = 0; field < fields.size(); field++) {
        Draft known = known(layer, field, comparisons);
        if (known == null) {
          drafts.add(draft(layer, field));
        } else {
          known.fields[layer] = field;
        }
      }
    }
    joinByValues();
    return count(progress);
  }

  /** True where two of these values do not say the same; nulls say nothing. */
  public static boolean differ(List<? extends @Nullable Object> values) {
    return values.stream().mapToLong(ValueHash::of).filter(hash -> hash != 0).distinct().count()
        > 1;
  }

  private Draft draft(int layer, int field) {
    Field source = schemas.get(layer).fields().get(field);
    int[] fields = new int[layers.size()];
    Arrays.fill(fields, -1);
    fields[layer] = field;
    Set<String> names = new HashSet<>(TAKEN);
    drafts.forEach(draft -> names.add(draft.name.toLowerCase(Locale.ROOT)));
    String name = source.name();
    for (int i = 2; names.contains(name.toLowerCase(Locale.ROOT)); i++) {
      name = source.name() + "_" + i;
    }
    return new Draft(name, source.label(), fields);
  }

  private @Nullable Draft known(int layer, int field, List<Matching.Comparison> comparisons) {
    String name = schemas.get(layer).fields().get(field).name();
    for (Draft draft : drafts) {
      if (draft.fields[layer] < 0 && isSame(draft, layer, name, comparisons)) {
        return draft;
      }
    }
    return null;
  }

  private boolean isSame(
      Draft draft, int layer, String name, List<Matching.Comparison> comparisons) {
    boolean same = false;
    for (int other = 0; other < layer; other++) {
      if (draft.fields[other] >= 0) {
        String otherName = schemas.get(other).fields().get(draft.fields[other]).name();
        Relation relation = relation(other, otherName, layer, name, comparisons);
        if (relation == Relation.CUT) {
          return false;
        }
        same |= relation == Relation.EQUAL || plain(name).equals(plain(otherName));
      }
    }
    return same;
  }

  /** What the keys and names of two layers say of two of their fields. */
  private enum Relation {
    EQUAL,
    /** Keys that must be cut to be equal are two attributes: both are of use. */
    CUT,
    UNKNOWN
  }

  private static Relation relation(
      int first,
      String field,
      int second,
      String otherField,
      List<Matching.Comparison> comparisons) {
    for (Matching.Comparison comparison : comparisons) {
      if (comparison.first() == first && comparison.second() == second) {
        KeyRelation keys = comparison.keys().orElse(null);
        if (keys != null && keys.field().equals(field) && keys.otherField().equals(otherField)) {
          return keys.form().equals(keys.otherForm()) && keys.form().tail() == 0
              ? Relation.EQUAL
              : Relation.CUT;
        }
        return comparison.names().equals(List.of(field, otherField))
            ? Relation.EQUAL
            : Relation.UNKNOWN;
      }
    }
    return Relation.UNKNOWN;
  }

  private static String plain(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "");
    return plain.isEmpty() ? name : plain;
  }

  /** Fields of other names that hold the same values in a sample of the groups. */
  private void joinByValues() {
    List<long[]> sample = sample();
    if (sample.size() < LEAST_DISTINCT) {
      return;
    }
    List<FeatureBlock> blocks = new ArrayList<>();
    for (int layer = 0; layer < layers.size(); layer++) {
      int at = layer;
      long[] ids = sample.stream().mapToLong(row -> row[at]).filter(id -> id > 0).toArray();
      blocks.add(
          FeatureBlock.read(
              store, layers.get(layer).id(), asOf, schemas.get(layer).fields().size(), ids, false));
    }
    for (int i = 0; i < drafts.size(); i++) {
      for (int j = i + 1; j < drafts.size(); j++) {
        if (mayJoin(drafts.get(i), drafts.get(j))
            && haveSameValues(drafts.get(i), drafts.get(j), sample, blocks)) {
          Draft joined = drafts.get(i);
          Draft gone = drafts.remove(j--);
          for (int layer = 0; layer < layers.size(); layer++) {
            joined.fields[layer] = Math.max(joined.fields[layer], gone.fields[layer]);
          }
        }
      }
    }
  }

  private boolean mayJoin(Draft a, Draft b) {
    for (int layer = 0; layer < layers.size(); layer++) {
      if (a.fields[layer] >= 0 && b.fields[layer] >= 0) {
        return false;
      }
    }
    return family(a) == family(b);
  }

  private int family(Draft draft) {
    for (int layer = 0; layer < layers.size(); layer++) {
      if (draft.fields[layer] >= 0) {
        FieldType type = schemas.get(layer).fields().get(draft.fields[layer]).type();
        return switch (type) {
          case INTEGER, DECIMAL -> 1;
          case TEXT -> 2;
          case BOOLEAN -> 3;
          case DATE, INSTANT -> 4;
        };
      }
    }
    return 0;
  }

  private boolean haveSameValues(Draft a, Draft b, List<long[]> sample, List<FeatureBlock> blocks) {
    int both = 0;
    int same = 0;
    Set<Long> distinct = new HashSet<>();
    for (long[] ids : sample) {
      long mine = first(a, ids, blocks);
      long theirs = first(b, ids, blocks);
      if (mine != 0 && theirs != 0) {
        both++;
        if (mine == theirs) {
          same++;
          distinct.add(mine);
        }
      }
    }
    return both >= LEAST_DISTINCT && same >= ALIKE * both && distinct.size() >= LEAST_DISTINCT;
  }

  private static long first(Draft draft, long[] ids, List<FeatureBlock> blocks) {
    for (int layer = 0; layer < ids.length; layer++) {
      if (draft.fields[layer] >= 0 && ids[layer] > 0) {
        return ValueHash.of(blocks.get(layer).value(ids[layer], draft.fields[layer]));
      }
    }
    return 0;
  }

  /** The features of some groups of several layers, by layer; 0 where one is not in it. */
  private List<long[]> sample() {
    List<long[]> sample = new ArrayList<>();
    int step = Math.max(1, groups.size() / SAMPLE);
    for (int group = 0; group < groups.size(); group += step) {
      if (groups.endMember(group) - groups.firstMember(group) > 1) {
        sample.add(features(group));
      }
    }
    return sample;
  }

  private long[] features(int group) {
    long[] features = new long[layers.size()];
    for (int member = groups.endMember(group) - 1; member >= groups.firstMember(group); member--) {
      features[groups.layer(member)] = groups.feature(member);
    }
    return features;
  }

  /** Compares every group; only attributes that several layers have are read. */
  private List<Reconciliation.Attribute> count(Progress progress) {
    List<Draft> shared = drafts.stream().filter(draft -> draft.used() > 1).toList();
    long[][] ids = new long[layers.size()][];
    long[][][] hashes = new long[layers.size()][shared.size()][];
    for (int layer = 0; layer < layers.size() && !shared.isEmpty(); layer++) {
      read(layer, shared, ids, hashes, progress);
    }
    long[] agree = new long[shared.size()];
    long[] differ = new long[shared.size()];
    long[][] missing = new long[shared.size()][layers.size()];
    for (int group = 0; group < groups.size() && !shared.isEmpty(); group++) {
      if (groups.endMember(group) - groups.firstMember(group) < 2) {
        continue;
      }
      long[] features = features(group);
      for (int a = 0; a < shared.size(); a++) {
        compare(features, a, ids, hashes, agree, differ, missing);
      }
    }
    List<Reconciliation.Attribute> all = new ArrayList<>();
    for (Draft draft : drafts) {
      int a = shared.indexOf(draft);
      List<Long> gaps = new ArrayList<>();
      List<@Nullable String> fields = new ArrayList<>();
      for (int layer = 0; layer < layers.size(); layer++) {
        gaps.add(a < 0 ? 0 : missing[a][layer]);
        int field = draft.fields[layer];
        fields.add(field < 0 ? null : schemas.get(layer).fields().get(field).name());
      }
      all.add(
          new Reconciliation.Attribute(
              draft.name, draft.label, fields, a < 0 ? 0 : agree[a], a < 0 ? 0 : differ[a], gaps));
    }
    return all;
  }

  private void read(
      int layer, List<Draft> shared, long[][] ids, long[][][] hashes, Progress progress) {
    int size = Math.toIntExact(layers.get(layer).count());
    ids[layer] = new long[size];
    for (int a = 0; a < shared.size(); a++) {
      hashes[layer][a] = new long[shared.get(a).fields[layer] < 0 ? 0 : size];
    }
    int[] at = new int[1];
    store.scan(
        layers.get(layer).id(),
        FeatureQuery.ALL.at(asOf),
        row -> {
          int i = at[0]++;
          ids[layer][i] = row.id();
          for (int a = 0; a < shared.size(); a++) {
            int field = shared.get(a).fields[layer];
            if (field >= 0) {
              hashes[layer][a][i] = ValueHash.of(row.value(field));
            }
          }
          if (i % 8192 == 0) {
            progress.check();
            progress.step(layers.get(layer).id().value(), i, size);
          }
          return true;
        });
  }

  private static void compare(
      long[] features,
      int attribute,
      long[][] ids,
      long[][][] hashes,
      long[] agree,
      long[] differ,
      long[][] missing) {
    long first = 0;
    int said = 0;
    boolean same = true;
    for (int layer = 0; layer < features.length; layer++) {
      if (features[layer] == 0 || hashes[layer][attribute].length == 0) {
        continue;
      }
      long hash = hashes[layer][attribute][Arrays.binarySearch(ids[layer], features[layer])];
      if (hash == 0) {
        missing[attribute][layer]++;
        continue;
      }
      said++;
      same &= first == 0 || hash == first;
      first = hash;
    }
    if (said > 1) {
      agree[attribute] += same ? 1 : 0;
      differ[attribute] += same ? 0 : 1;
    }
  }
}
