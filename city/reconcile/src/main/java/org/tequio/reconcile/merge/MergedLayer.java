package org.tequio.reconcile.merge;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.LayerRecord;
import org.tequio.feature.Crs;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;
import org.tequio.feature.LayerId;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.Progress;
import org.tequio.feature.Wkb;
import org.tequio.feature.WkbBuilder;
import org.tequio.reconcile.GroupState;
import org.tequio.reconcile.Reconciliation;
import org.tequio.reconcile.ReconciliationKind;
import org.tequio.reconcile.match.GroupSet;
import org.tequio.storage.AsOf;
import org.tequio.storage.CityStore;
import org.tequio.storage.FeatureStore;
import org.tequio.storage.StagedLayer;

/**
 * Loads the merged layer, the crosswalk and the provenance beside what is published. The number of
 * a group is the id of its merged feature. What is in doubt stays apart: each of its features is
 * kept, and marked. One thread at a time.
 */
public final class MergedLayer {
  private static final int BLOCK = 20_000;

  private final CityStore store;
  private final Reconciliation reconciliation;
  private final List<LayerRecord> records;
  private final GroupSet groups;
  private final AsOf asOf;
  private final List<Long> revisions;
  private final List<Reconciliation.Attribute> attributes;
  private final List<Integer> geometryOrder;
  private final List<List<Integer>> orders = new ArrayList<>();
  private final int[][] fieldOf;
  private final int[] keyOf;
  private final LayerSchema merged;
  private final LayerSchema crosswalk;
  private final LayerSchema provenance;
  private long crosswalkRow;

  /**
   * A merged layer.
   *
   * @param records of the members, in their order
   * @param groups what the run found
   */
  public MergedLayer(
      CityStore store,
      Reconciliation reconciliation,
      Reconciliation.Found found,
      List<LayerRecord> records,
      GroupSet groups) {
    this.store = store;
    this.reconciliation = reconciliation;
    this.records = records;
    this.groups = groups;
    this.asOf = new AsOf.AtRevision(found.revision());
    this.revisions = found.revisions();
    this.attributes = found.attributes();
    Authorities authorities = new Authorities(reconciliation, records);
    this.geometryOrder = authorities.geometryOrder();
    this.fieldOf = new int[attributes.size()][records.size()];
    for (int a = 0; a < attributes.size(); a++) {
      orders.add(authorities.order(attributes.get(a)));
      for (int member = 0; member < records.size(); member++) {
        String field = attributes.get(a).fields().get(member);
        fieldOf[a][member] = field == null ? -1 : records.get(member).schema().indexOf(field);
      }
    }
    this.keyOf = new int[records.size()];
    List<@Nullable Field> keys = new ArrayList<>();
    for (int member = 0; member < records.size(); member++) {
      String key = key(member);
      keyOf[member] = key == null ? -1 : records.get(member).schema().indexOf(key);
      keys.add(keyOf[member] < 0 ? null : records.get(member).schema().fields().get(keyOf[member]));
    }
    MergedSchemas schemas = new MergedSchemas(attributes, records);
    this.merged = schemas.merged(geometryOrder, null);
    this.crosswalk = schemas.crosswalk(keys);
    this.provenance = schemas.provenance();
  }

  private @Nullable String key(int member) {
    String chosen = reconciliation.members().get(member).key();
    return chosen != null ? chosen : records.get(member).schema().key();
  }

  /** The layers that were loaded, to be published together or closed. */
  public record Loaded(StagedLayer merged, StagedLayer crosswalk, StagedLayer provenance)
      implements AutoCloseable {
    @Override
    public void close() {
      merged.close();
      crosswalk.close();
      provenance.close();
    }
  }

  /** Loads all three. */
  public Loaded load(
      LayerId mergedId, LayerId crosswalkId, LayerId provenanceId, Progress progress) {
    Crs crs = geometryOrder.isEmpty() ? Crs.CRS84 : records.get(geometryOrder.getFirst()).crs();
    Loaded loaded =
        new Loaded(
            store.stage(mergedId, merged, crs),
            store.stage(crosswalkId, crosswalk, Crs.CRS84),
            store.stage(provenanceId, provenance, Crs.CRS84));
    try {
      for (int from = 0; from < groups.size(); from += BLOCK) {
        progress.check();
        progress.step(mergedId.value(), from, groups.size());
        block(loaded, from, Math.min(groups.size(), from + BLOCK));
      }
      loaded.merged.finish();
      loaded.crosswalk.finish();
      loaded.provenance.finish();
      return loaded;
    } catch (RuntimeException e) {
      loaded.close();
      throw e;
    }
  }

  private void block(Loaded loaded, int from, int to) {
    FeatureStore features = store.features();
    List<FeatureBlock> blocks = new ArrayList<>();
    for (int member = 0; member < records.size(); member++) {
      LayerRecord layer = records.get(member);
      blocks.add(
          FeatureBlock.read(
              features,
              layer.id(),
              asOf,
              layer.schema().fields().size(),
              ids(from, to, member),
              geometryOrder.contains(member)));
    }
    for (int group = from; group < to; group++) {
      List<List<Long>> parts = parts(group);
      if (reconciliation.kind() == ReconciliationKind.CROSSWALK || !parts.getFirst().isEmpty()) {
        addMerged(loaded, group, parts, blocks);
      }
      addCrosswalk(loaded.crosswalk, group, parts, blocks);
    }
  }

  private long[] ids(int from, int to, int member) {
    long[] ids = new long[groups.endMember(to - 1) - groups.firstMember(from)];
    int count = 0;
    for (int at = groups.firstMember(from); at < groups.endMember(to - 1); at++) {
      if (groups.layer(at) == member) {
        ids[count++] = groups.feature(at);
      }
    }
    return java.util.Arrays.copyOf(ids, count);
  }

  /** The features of a group by member: usually one, several where someone said so. */
  private List<List<Long>> parts(int group) {
    List<List<Long>> parts = new ArrayList<>();
    for (int member = 0; member < records.size(); member++) {
      parts.add(new ArrayList<>(1));
    }
    for (int at = groups.firstMember(group); at < groups.endMember(group); at++) {
      parts.get(groups.layer(at)).add(groups.feature(at));
    }
    parts.forEach(ids -> ids.sort(null));
    return parts;
  }

  private void addMerged(
      Loaded loaded, int group, List<List<Long>> parts, List<FeatureBlock> blocks) {
    @Nullable Object[] values = new @Nullable Object[attributes.size() + 1];
    @Nullable Object[] origins = new @Nullable Object[provenance.fields().size()];
    int at = 0;
    origins[at++] = groups.number(group);
    for (int member = 0; member < records.size(); member++) {
      boolean has = !parts.get(member).isEmpty();
      origins[at++] = has ? parts.get(member).getFirst() : null;
      origins[at++] = has ? revisions.get(member) : null;
    }
    byte[] wkb = null;
    for (int member : geometryOrder) {
      wkb = geometry(parts.get(member), blocks.get(member));
      if (wkb != null) {
        origins[at] = records.get(member).id().value();
        break;
      }
    }
    at++;
    for (int a = 0; a < attributes.size(); a++, at++) {
      for (int member : orders.get(a)) {
        Object value = value(parts.get(member), blocks.get(member), fieldOf[a][member]);
        if (value != null) {
          values[a] = typed(value, merged.fields().get(a).type());
          origins[at] = records.get(member).id().value();
          break;
        }
      }
    }
    values[attributes.size()] = groups.state(group).wireName();
    double[] envelope = {Double.NaN, Double.NaN, Double.NaN, Double.NaN};
    if (wkb != null) {
      Wkb.envelope(wkb, 0, envelope);
    }
    loaded.merged.add(groups.number(group), wkb, envelope, values);
    loaded.provenance.add(
        groups.number(group),
        null,
        new double[] {Double.NaN, Double.NaN, Double.NaN, Double.NaN},
        origins);
  }

  private static @Nullable Object value(List<Long> ids, FeatureBlock block, int field) {
    for (long id : ids) {
      Object value = block.value(id, field);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  private static Object typed(Object value, FieldType type) {
    return switch (type) {
      case TEXT -> value instanceof String ? value : String.valueOf(value);
      case DECIMAL -> value instanceof Long number ? (Object) number.doubleValue() : value;
      case INTEGER, BOOLEAN, DATE, INSTANT -> value;
    };
  }

  private byte @Nullable [] geometry(List<Long> ids, FeatureBlock block) {
    List<byte[]> shapes = new ArrayList<>(ids.size());
    for (long id : ids) {
      byte[] wkb = block.wkb(id);
      if (wkb != null) {
        shapes.add(wkb);
      }
    }
    if (shapes.isEmpty()) {
      return null;
    }
    return shapes.size() == 1
        ? WkbBuilder.promoted(shapes.getFirst(), merged.geometry())
        : WkbBuilder.collected(shapes, merged.geometry());
  }

  private void addCrosswalk(
      StagedLayer staged, int group, List<List<Long>> parts, List<FeatureBlock> blocks) {
    int rows = parts.stream().mapToInt(List::size).max().orElse(0);
    GroupState state = groups.state(group);
    boolean alone = state == GroupState.SINGLE;
    for (int row = 0; row < rows; row++) {
      @Nullable Object[] values = new @Nullable Object[crosswalk.fields().size()];
      int at = 0;
      values[at++] = groups.number(group);
      values[at++] = state.wireName();
      values[at++] = alone ? null : rounded(groups.score(group));
      values[at++] = state == GroupState.DOUBTFUL ? groups.cluster(group) : null;
      values[at++] =
          groups.hasEqualKeys(group)
              ? Boolean.TRUE
              : groups.hasOtherKeys(group) ? Boolean.FALSE : null;
      values[at++] = rounded(groups.name(group));
      values[at++] = rounded(groups.shape(group));
      for (int member = 0; member < records.size(); member++) {
        List<Long> ids = parts.get(member);
        Long id = row < ids.size() ? ids.get(row) : null;
        values[at++] = id;
        if (keyOf[member] >= 0) {
          values[at++] = id == null ? null : blocks.get(member).value(id, keyOf[member]);
        }
      }
      staged.add(
          ++crosswalkRow,
          null,
          new double[] {Double.NaN, Double.NaN, Double.NaN, Double.NaN},
          values);
    }
  }

  private static @Nullable Double rounded(double share) {
    return Double.isNaN(share) ? null : Math.rint(share * 10_000) / 10_000;
  }
}
