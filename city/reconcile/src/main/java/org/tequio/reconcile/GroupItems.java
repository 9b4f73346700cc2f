package org.tequio.reconcile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.tequio.catalogue.LayerRecord;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.Feature;
import org.tequio.feature.FeatureId;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.feature.PolygonArea;
import org.tequio.feature.Wkb;
import org.tequio.reconcile.match.GroupSet;
import org.tequio.reconcile.shape.LineDistance;
import org.tequio.storage.AsOf;
import org.tequio.storage.FeatureStore;

/**
 * Shows the groups of a run side by side. Values of fields that are not public are never quoted.
 * Features are read when they are shown, as they were when the run read them.
 */
final class GroupItems {
  private static final long PAIRS = 20_000_000;

  private final FeatureStore store;
  private final CrsRegistry registry;
  private final Reconciliation reconciliation;
  private final Reconciliation.Found found;
  private final List<Optional<LayerRecord>> records;
  private final GroupSet groups;
  private final Standing standing;
  private final AsOf asOf;

  /**
   * Items.
   *
   * @param records of the members; empty where one was withdrawn since
   * @param standing what people decided
   */
  GroupItems(
      FeatureStore store,
      CrsRegistry registry,
      Reconciliation reconciliation,
      Reconciliation.Found found,
      List<Optional<LayerRecord>> records,
      GroupSet groups,
      Standing standing) {
    this.store = store;
    this.registry = registry;
    this.reconciliation = reconciliation;
    this.found = found;
    this.records = records;
    this.groups = groups;
    this.standing = standing;
    this.asOf = new AsOf.AtRevision(found.revision());
  }

  /**
   * A page of items, by number.
   *
   * @param state only these; empty for all
   * @param layer only those with a feature of this member; empty for all
   */
  List<GroupItem> list(Optional<GroupState> state, Optional<LayerId> layer, long after, int limit) {
    Map<Long, List<Integer>> page = new LinkedHashMap<>();
    int member = layer.map(reconciliation.layers()::indexOf).orElse(-1);
    for (int group = 0; group < groups.size(); group++) {
      long number = groups.number(group);
      boolean head = groups.cluster(group) == number;
      GroupState known = state(group);
      if (head
          && number > after
          && page.size() < limit
          && state.map(wanted -> wanted == known).orElse(true)
          && (layer.isEmpty() || hasMember(group, member))) {
        page.put(number, new ArrayList<>(List.of(group)));
      } else if (!head && page.containsKey(groups.cluster(group))) {
        Objects.requireNonNull(page.get(groups.cluster(group))).add(group);
      }
    }
    return page.values().stream().map(this::item).toList();
  }

  /** One item. */
  Optional<GroupItem> find(long number) {
    int group = groups.find(number);
    return group < 0 || groups.cluster(group) != number
        ? Optional.empty()
        : Optional.of(item(groups.cluster(number)));
  }

  /** Where the features of an item lie. */
  List<Reconciliations.Shape> shapes(long number) {
    List<Reconciliations.Shape> shapes = new ArrayList<>();
    for (Side side : sides(groups.cluster(number))) {
      Geometry geometry = side.feature == null ? null : side.feature.geometry();
      if (geometry != null) {
        byte[] wkb = Wkb.of(geometry);
        registry.operation(crs(side.member), Crs.CRS84).apply(wkb, 0);
        geometry = Wkb.toGeometry(wkb, 0, wkb.length);
      }
      shapes.add(
          new Reconciliations.Shape(
              reconciliation.members().get(side.member).layer(), side.id, geometry));
    }
    return shapes;
  }

  private boolean hasMember(int group, int member) {
    for (int at = groups.firstMember(group); at < groups.endMember(group); at++) {
      if (groups.layer(at) == member) {
        return true;
      }
    }
    return false;
  }

  private GroupState state(int group) {
    return standing.state(groups.cluster(group), groups.state(group));
  }

  /** A feature with the layer that it is of. */
  private record Side(int member, long id, @Nullable Feature feature) {}

  private List<Side> sides(List<Integer> parts) {
    List<Side> sides = new ArrayList<>();
    for (int group : parts) {
      for (int at = groups.firstMember(group); at < groups.endMember(group); at++) {
        int member = groups.layer(at);
        long id = groups.feature(at);
        LayerId layer = reconciliation.members().get(member).layer();
        sides.add(
            new Side(member, id, store.findFeature(layer, new FeatureId(id), asOf).orElse(null)));
      }
    }
    return sides;
  }

  private GroupItem item(List<Integer> parts) {
    List<Side> sides = sides(parts);
    int head = parts.getFirst();
    GroupItem item =
        new GroupItem(
            groups.number(head),
            state(head),
            groups.score(head),
            sides.stream().map(this::member).toList(),
            evidence(head, parts.size()),
            differences(sides),
            null);
    return item.state() != GroupState.SETTLED
        ? item
        : standing
            .about(item, found.run())
            .map(row -> item.decided(Boolean.TRUE.equals(row.same()), row.note()))
            .orElse(item);
  }

  private GroupItem.Member member(Side side) {
    Reconciliation.Member member = reconciliation.members().get(side.member);
    String key =
        member.key() != null
            ? member.key()
            : records.get(side.member).map(record -> record.schema().key()).orElse(null);
    Bbox bbox = null;
    Double area = null;
    Geometry geometry = side.feature == null ? null : side.feature.geometry();
    if (geometry != null && !geometry.isEmpty()) {
      var envelope = geometry.getEnvelopeInternal();
      bbox =
          registry
              .operation(crs(side.member), Crs.CRS84)
              .apply(
                  new Bbox(
                      envelope.getMinX(),
                      envelope.getMinY(),
                      envelope.getMaxX(),
                      envelope.getMaxY()));
      area = geometry.getDimension() == 2 ? geometry.getArea() : null;
    }
    return new GroupItem.Member(
        member.layer(),
        side.id,
        text(side, key),
        text(side, member.name() != null ? member.name() : nameField(side.member)),
        bbox,
        area);
  }

  private Crs crs(int member) {
    return records.get(member).map(LayerRecord::crs).orElse(Crs.CRS84);
  }

  private @Nullable String nameField(int member) {
    for (Reconciliation.Comparison comparison : found.comparisons()) {
      if (!comparison.names().isEmpty()) {
        if (comparison.first() == member) {
          return comparison.names().get(0);
        }
        if (comparison.second() == member) {
          return comparison.names().get(1);
        }
      }
    }
    return null;
  }

  /** A value for people; null where there is none or only some may see it. */
  private @Nullable String text(Side side, @Nullable String field) {
    if (field == null || side.feature == null || !isOpen(side.member, field)) {
      return null;
    }
    Object value = side.feature.properties().get(field);
    return value == null ? null : value.toString();
  }

  private boolean isOpen(int member, String field) {
    return records
        .get(member)
        .filter(record -> record.schema().findField(field).filter(record::isOpen).isPresent())
        .isPresent();
  }

  private List<GroupItem.Reason> evidence(int group, int parts) {
    List<GroupItem.Reason> reasons = new ArrayList<>();
    if (state(group) == GroupState.SINGLE) {
      return reasons;
    }
    if (state(group) == GroupState.SETTLED) {
      reasons.add(
          reason(
              "person", 1, "Una persona lo decidió", "Uma pessoa decidiu", "Someone decided it"));
    }
    if (groups.hasEqualKeys(group)) {
      reasons.add(
          reason("key", 1, "La clave es la misma", "A chave é a mesma", "The key is the same"));
    } else if (groups.hasOtherKeys(group)) {
      reasons.add(
          reason("key", 0, "Las claves son distintas", "As chaves diferem", "The keys differ"));
    }
    double name = groups.name(group);
    if (!Double.isNaN(name)) {
      String percent = Math.round(100 * name) + " %";
      reasons.add(
          reason(
              "name",
              name,
              "Los nombres se parecen " + percent,
              "Os nomes se parecem " + percent,
              "The names are " + percent + " alike"));
    }
    double shape = groups.shape(group);
    if (!Double.isNaN(shape)) {
      String percent = Math.round(1000 * shape) / 10.0 + " %";
      reasons.add(
          reason(
              "geometry",
              shape,
              "Los lugares coinciden " + percent,
              "Os lugares coincidem " + percent,
              "The places agree by " + percent));
    }
    if (groups.isSplit(group) || parts > 2) {
      reasons.add(
          reason(
              "geometry",
              groups.score(group),
              "Uno parece haberse dividido en varios, o varios en uno",
              "Um parece ter sido dividido em vários, ou vários unidos em um",
              "One seems to have become several, or several one"));
    }
    return reasons;
  }

  private static GroupItem.Reason reason(
      String kind, double score, String es, String pt, String en) {
    return new GroupItem.Reason(kind, new LocalText(es, pt, en), score);
  }

  private List<GroupItem.Difference> differences(List<Side> sides) {
    List<GroupItem.Difference> all = new ArrayList<>();
    geometryDifference(sides).ifPresent(all::add);
    for (Reconciliation.Attribute attribute : found.attributes()) {
      Map<LayerId, String> values = new LinkedHashMap<>();
      List<@Nullable Object> said = new ArrayList<>();
      boolean open = true;
      for (Side side : sides) {
        String field = attribute.fields().get(side.member);
        Object value =
            field == null || side.feature == null ? null : side.feature.properties().get(field);
        if (field != null && value != null) {
          open &= isOpen(side.member, field);
          values.put(reconciliation.members().get(side.member).layer(), value.toString());
          said.add(value);
        }
      }
      if (org.tequio.reconcile.merge.AttributeTable.differ(said)) {
        all.add(new GroupItem.Difference(attribute.name(), open ? values : null, null, null));
      }
    }
    return all;
  }

  /** How far the outlines are apart at most, and how much ground not all of them cover. */
  private Optional<GroupItem.Difference> geometryDifference(List<Side> sides) {
    List<byte[]> shapes = new ArrayList<>();
    for (Side side : sides) {
      Geometry geometry = side.feature == null ? null : side.feature.geometry();
      if (geometry != null && !geometry.isEmpty()) {
        shapes.add(Wkb.of(geometry));
      }
    }
    if (shapes.size() < 2) {
      return Optional.empty();
    }
    Double meters = null;
    Double square = null;
    for (byte[] other : shapes.subList(1, shapes.size())) {
      if (java.util.Arrays.equals(shapes.getFirst(), other)) {
        continue;
      }
      double apart = LineDistance.between(shapes.getFirst(), 0, other, 0);
      double ground = uncommon(shapes.getFirst(), other);
      meters = Double.isNaN(apart) ? meters : Double.valueOf(Math.max(apart, zero(meters)));
      square = Double.isNaN(ground) ? square : Double.valueOf(Math.max(ground, zero(square)));
    }
    boolean same = zero(meters) < 0.001 && zero(square) < 0.01;
    return same
        ? Optional.empty()
        : Optional.of(new GroupItem.Difference(Reconciliation.GEOMETRY, null, meters, square));
  }

  private static double zero(@Nullable Double known) {
    return known == null ? 0 : known;
  }

  private static double uncommon(byte[] a, byte[] b) {
    if (Wkb.type(a, 0).dimension() != 2 || Wkb.type(b, 0).dimension() != 2) {
      return Double.NaN;
    }
    double[] box = new double[4];
    Wkb.envelope(a, 0, box);
    PolygonArea mine = new PolygonArea().read(a, 0, box[0], box[1]);
    PolygonArea theirs = new PolygonArea().read(b, 0, box[0], box[1]);
    double shared = mine.shared(theirs, PAIRS);
    return Math.max(0, mine.area() + theirs.area() - 2 * shared);
  }
}
