package org.tequio.procedure.writeback;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Polygon;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.LayerRecord;
import org.tequio.catalogue.dictionary.Attribute;
import org.tequio.catalogue.dictionary.LayerDictionary;
import org.tequio.feature.FeatureId;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.procedure.WriteBack;
import org.tequio.procedure.WriteBack.Change;
import org.tequio.procedure.WriteValues;
import org.tequio.procedure.writeback.MapChange.Part;
import org.tequio.procedure.writeback.MapPlan.Step;
import org.tequio.procedure.writeback.TargetLayer.Found;
import org.tequio.storage.AsOf;
import org.tequio.storage.Edit;
import org.tequio.storage.EditConflict;
import org.tequio.storage.FeatureStore;

/**
 * Checks what a decision is to change against the map as it is, and says what that comes to. One
 * for each decision.
 */
public final class MapPlanner {
  private static final FeatureId NEW = new FeatureId(1);

  /** A parcel is covered by a drawing from this share of its area on. */
  private static final double COVERED = 0.95;

  /** How far a thing may lie from the place that a case names for it. */
  private static final double NEAR_METERS = 10;

  /** How far a thing may lie from where somebody picked it. */
  private static final double PICKED_METERS = 0.5;

  private static final LocalText UNSAID =
      new LocalText(
          "nadie dijo qué cambia", "ninguém disse o que muda", "nobody said what changes");

  private static final LocalText UNCHOSEN =
      new LocalText(
          "nadie dijo cuál de los cambios se hizo",
          "ninguém disse qual das mudanças foi feita",
          "nobody said which of the changes was made");

  private final Catalogue catalogue;
  private final FeatureStore store;
  private final Case decided;
  private final long head;

  /**
   * What the decision is about.
   *
   * @param meters the system of {@code place}
   * @param place that the case names; null where it names none that can be read
   * @param answers public ones of the applicant's, by the ids of the questions
   * @param words what the procedure says of its changes
   * @param folio of the case
   */
  public record Case(
      org.tequio.feature.Crs meters,
      @Nullable Geometry place,
      Map<String, Object> answers,
      Map<WriteBack, WriteValues> words,
      String folio) {
    /** Copies the answers and words. */
    public Case {
      answers = Map.copyOf(answers);
      words = Map.copyOf(words);
    }

    WriteValues words(WriteBack back) {
      return words.getOrDefault(back, WriteValues.NONE);
    }
  }

  /** Plans against the newest state. */
  public MapPlanner(Catalogue catalogue, FeatureStore store, Case decided) {
    this.catalogue = catalogue;
    this.store = store;
    this.decided = decided;
    this.head = store.headRevision();
  }

  /**
   * What the officer asks for.
   *
   * @throws MapRefused where one of it cannot be
   */
  public MapPlan asked(List<MapChange> changes) {
    return new MapPlan(head, changes.stream().map(this::step).toList());
  }

  /**
   * What can be done without a word of the officer's: what the procedure itself says, or a new
   * feature at the place of the case. What cannot is told in its line, and hinders nothing; of
   * several changes of one layer none is made, for they exclude each other.
   *
   * @throws MapRefused where parcels are to be divided or joined, which somebody must draw
   */
  public MapPlan byItself(List<WriteBack> backs) {
    List<Step> steps = new ArrayList<>();
    for (WriteBack back : backs) {
      if (back.change() == Change.SPLIT || back.change() == Change.MERGE) {
        throw new MapRefused(
            "falta decir cómo quedan los predios en el mapa",
            "falta dizer como ficam os lotes no mapa",
            "it has to be said what becomes of the parcels on the map");
      }
      boolean isOneOfSeveral =
          backs.stream().filter(one -> one.layer().equals(back.layer())).count() > 1;
      steps.add(isOneOfSeveral ? Step.none(MapLine.none(back, UNCHOSEN)) : stepByItself(back));
    }
    return new MapPlan(head, steps);
  }

  private Step stepByItself(WriteBack back) {
    WriteValues words = decided.words(back);
    if (back.change() == Change.UPDATE && words.values().isEmpty() && !words.drawn()) {
      return Step.none(MapLine.none(back, UNSAID));
    }
    try {
      return step(new MapChange(back, null, List.of(), head, List.of(Part.OF_CASE)));
    } catch (MapRefused refused) {
      return Step.none(MapLine.none(back, refused.reason()));
    }
  }

  /** The features that a change may be about, at most so many: an officer chooses among them. */
  public List<MapLine.Ref> candidates(WriteBack back, int most) {
    if (back.change() == Change.ADD) {
      return List.of();
    }
    try {
      MapChange change = new MapChange(back, null, List.of(), head, List.of());
      TargetLayer layer = layer(change);
      return features(layer, change).stream().limit(most).map(one -> ref(layer, one)).toList();
    } catch (MapRefused refused) {
      return List.of();
    }
  }

  private Step step(MapChange change) {
    TargetLayer layer = layer(change);
    return switch (change.back().change()) {
      case ADD -> add(layer, change);
      case UPDATE -> update(layer, change);
      case REMOVE -> remove(layer, change);
      case SPLIT -> split(layer, change);
      case MERGE -> merge(layer, change);
    };
  }

  private TargetLayer layer(MapChange change) {
    String standard = change.back().layer();
    LayerId into = change.into();
    List<LayerRecord> records =
        catalogue.listLayers().stream()
            .filter(record -> standard.equals(record.standard()))
            .filter(record -> into == null || into.equals(record.id()))
            .toList();
    if (records.size() != 1) {
      String named = String.join(", ", records.stream().map(one -> one.id().value()).toList());
      throw records.isEmpty()
          ? new MapRefused(
              "la ciudad no tiene esa capa: " + standard,
              "a cidade não tem essa camada: " + standard,
              "the city has no such layer: " + standard)
          : new MapRefused(
              "hay varias capas " + standard + ", diga en cuál: " + named,
              "há várias camadas " + standard + ", diga em qual: " + named,
              "there are several layers " + standard + ", say into which: " + named);
    }
    LayerRecord record = records.getFirst();
    return at(record, head).orElseThrow(() -> new IllegalStateException("no layer " + record.id()));
  }

  private Optional<TargetLayer> at(LayerRecord record, long revision) {
    return store
        .findLayer(record.id(), new AsOf.AtRevision(revision))
        .map(stored -> new TargetLayer(record, stored, store, revision, decided.meters()));
  }

  private long base(MapChange change) {
    return Math.min(change.basedOn(), head);
  }

  private Part one(MapChange change) {
    if (change.parts().size() > 1) {
      throw new MapRefused(
          "este cambio tiene una sola parte",
          "esta mudança tem uma só parte",
          "this change has one part only");
    }
    return change.parts().isEmpty() ? Part.OF_CASE : change.parts().getFirst();
  }

  // ---- the changes

  private Step add(TargetLayer layer, MapChange change) {
    Part part = one(change);
    Map<String, @Nullable Object> values = layer.typed(part.values());
    boolean isKeyGiven = layer.keyOf(values) != null;
    layer.putFitting(decided.words(change.back()).values(), values);
    answers(layer, change.back(), values);
    layer.proposeKey(values, decided.folio());
    String key = layer.keyOf(values);
    if (key != null && layer.hasFeature(key)) {
      throw keyTaken(key);
    }
    Geometry place = part.geometry() == null ? decided.place() : part.geometry();
    if (place == null) {
      throw new MapRefused(
          "el expediente no dice un lugar",
          "o processo não diz um lugar",
          "the case names no place");
    }
    List<@Nullable String> keys = new ArrayList<>();
    keys.add(key);
    return new Step(
        layer.id(),
        List.of(new Edit.Create(layer.feature(NEW, place, values))),
        keys,
        // Nobody else has this folio.
        isKeyGiven,
        line(change, List.of(), List.of()));
  }

  /** What the applicant answered under the name of an attribute of the layer, and the folio. */
  private void answers(TargetLayer layer, WriteBack back, Map<String, @Nullable Object> values) {
    LayerDictionary.Entry entry = LayerDictionary.standard().findEntry(back.layer()).orElse(null);
    Map<String, Object> said = new LinkedHashMap<>();
    for (Attribute attribute : entry == null ? List.<Attribute>of() : entry.attributes()) {
      Object value = decided.answers().get(attribute.name());
      if (value != null) {
        said.put(attribute.name(), value);
      } else if (isNamedByFolio(attribute, entry)) {
        said.put(attribute.name(), decided.folio());
      }
    }
    layer.putFitting(said, values);
  }

  // A thing that came of a case is known by its folio, where nobody says another key.
  private static boolean isNamedByFolio(
      Attribute attribute, LayerDictionary.@Nullable Entry entry) {
    return attribute.name().startsWith("folio")
        || entry != null && attribute.name().equals(entry.key());
  }

  private Step update(TargetLayer layer, MapChange change) {
    Part part = one(change);
    Found found = single(features(layer, change));
    WriteValues words = decided.words(change.back());
    Map<String, @Nullable Object> values = layer.typed(part.values());
    layer.putFitting(words.values(), values);
    if (values.isEmpty() && part.geometry() == null && !words.drawn()) {
      throw new MapRefused(UNSAID);
    }
    found.feature().properties().forEach(values::putIfAbsent);
    FeatureId id = found.feature().id();
    Geometry drawn = words.drawn() ? decided.place() : null;
    Geometry place = part.geometry() != null ? part.geometry() : drawn;
    if (place == null) {
      place = found.meters();
    }
    return new Step(
        layer.id(),
        List.of(new Edit.Replace(layer.feature(id, place, values), base(change))),
        List.of(),
        false,
        line(
            change,
            List.of(ref(layer, found)),
            List.of(new MapLine.Ref(id.value(), layer.keyOf(values)))));
  }

  private Step remove(TargetLayer layer, MapChange change) {
    Found found = single(features(layer, change));
    return new Step(
        layer.id(),
        List.of(new Edit.Delete(found.feature().id(), base(change))),
        List.of(),
        false,
        line(change, List.of(ref(layer, found)), List.of()));
  }

  private Step split(TargetLayer layer, MapChange change) {
    Found parcel = single(features(layer, change));
    List<Geometry> places = new ArrayList<>();
    for (Part part : change.parts()) {
      Geometry place = part.geometry();
      if (place == null) {
        throw new MapRefused(
            "cada parte necesita su dibujo",
            "cada parte precisa do seu desenho",
            "each part needs its drawing");
      }
      places.add(place);
    }
    ParcelDivision.requireSplit(area(parcel), places);
    return parcels(layer, change, List.of(parcel), places);
  }

  private Step merge(TargetLayer layer, MapChange change) {
    List<Found> parcels = features(layer, change);
    Geometry merged = ParcelDivision.merged(parcels.stream().map(MapPlanner::area).toList());
    one(change);
    return parcels(layer, change, parcels, List.of(merged));
  }

  /** Parcels end and others take their place. */
  private Step parcels(
      TargetLayer layer, MapChange change, List<Found> old, List<Geometry> places) {
    List<Edit> edits = new ArrayList<>();
    List<@Nullable String> keys = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    old.forEach(one -> edits.add(new Edit.Delete(one.feature().id(), base(change))));
    for (int i = 0; i < places.size(); i++) {
      Part part = i < change.parts().size() ? change.parts().get(i) : Part.OF_CASE;
      Map<String, @Nullable Object> values = layer.typed(part.values());
      String key = layer.keyOf(values);
      if (layer.hasKey() && key == null) {
        throw new MapRefused(
            "diga la clave de cada predio nuevo",
            "diga a chave de cada lote novo",
            "say the key of each new parcel");
      }
      if (key != null && (!taken.add(key) || layer.hasFeature(key))) {
        throw keyTaken(key);
      }
      double area = Math.rint(places.get(i).getArea() * 100) / 100;
      layer
          .column("superficie_terreno")
          .filter(field -> field.type() == org.tequio.feature.FieldType.DECIMAL)
          .ifPresent(field -> values.putIfAbsent(field.name(), area));
      edits.add(new Edit.Create(layer.feature(NEW, places.get(i), values)));
      keys.add(key);
    }
    return new Step(
        layer.id(),
        edits,
        keys,
        true,
        line(change, old.stream().map(one -> ref(layer, one)).toList(), List.of()));
  }

  private static MapLine line(MapChange change, List<MapLine.Ref> before, List<MapLine.Ref> after) {
    return new MapLine(change.back(), null, before, after, null);
  }

  private static MapLine.Ref ref(TargetLayer layer, Found found) {
    return new MapLine.Ref(found.feature().id().value(), layer.keyOf(found.feature().properties()));
  }

  private static MapRefused keyTaken(String key) {
    return new MapRefused(
        "la clave '" + key + "' ya existe",
        "a chave '" + key + "' já existe",
        "the key '" + key + "' is taken");
  }

  // ---- which features

  private List<Found> features(TargetLayer layer, MapChange change) {
    String said = decided.words(change.back()).key();
    List<String> keys =
        change.keys().isEmpty() && said != null
            ? List.of(said)
            : change.keys().stream().distinct().toList();
    List<Found> now = keys.isEmpty() ? atPlace(layer) : withKeys(layer, keys);
    if (now.size() < Math.max(1, keys.size())) {
      requireNotGone(layer, change, keys, now);
    }
    for (String key : now.size() == keys.size() ? List.<String>of() : keys) {
      layer.getFound(key);
    }
    return now;
  }

  private static List<Found> withKeys(TargetLayer layer, List<String> keys) {
    return keys.stream().flatMap(key -> layer.withKey(key).stream()).toList();
  }

  /** What the officer saw and somebody has removed meanwhile is a conflict, not a wrong key. */
  private void requireNotGone(
      TargetLayer layer, MapChange change, List<String> keys, List<Found> now) {
    if (change.basedOn() >= head) {
      return;
    }
    Set<FeatureId> there =
        now.stream().map(one -> one.feature().id()).collect(Collectors.toCollection(HashSet::new));
    List<FeatureId> gone =
        at(layer.record(), Math.max(0, change.basedOn())).stream()
            .flatMap(then -> (keys.isEmpty() ? atPlace(then) : withKeys(then, keys)).stream())
            .map(one -> one.feature().id())
            .filter(id -> !there.contains(id))
            .toList();
    if (!gone.isEmpty()) {
      throw new EditConflict(layer.id(), gone);
    }
  }

  private List<Found> atPlace(TargetLayer layer) {
    Geometry place = decided.place();
    if (place == null) {
      return List.of();
    }
    List<Found> near =
        layer.near(place, NEAR_METERS).stream()
            .filter(found -> isMeant(layer, found.meters(), place))
            .toList();
    // Who picked a thing on the map stands on it, whatever else is near.
    List<Found> picked =
        layer.isOfAreas() || place.getDimension() > 0
            ? List.of()
            : near.stream().filter(found -> isPicked(found.meters(), place)).toList();
    return picked.size() == 1 ? picked : near;
  }

  private static boolean isPicked(@Nullable Geometry thing, Geometry place) {
    return thing != null && thing.isWithinDistance(place, PICKED_METERS);
  }

  private static boolean isMeant(TargetLayer layer, @Nullable Geometry thing, Geometry place) {
    if (thing == null) {
      return false;
    }
    if (!layer.isOfAreas()) {
      return thing.isWithinDistance(place, NEAR_METERS);
    }
    return place.getDimension() < 2
        ? thing.intersects(place)
        : thing.intersection(place).getArea() >= COVERED * thing.getArea();
  }

  private static Found single(List<Found> found) {
    if (found.size() != 1) {
      throw new MapRefused(
          "en ese lugar hay " + found.size() + " elementos; diga la clave de uno",
          "nesse lugar há " + found.size() + " elementos; diga a chave de um",
          "there are " + found.size() + " features at that place; say the key of one");
    }
    return found.getFirst();
  }

  /** The one polygon of a parcel. */
  private static Geometry area(Found found) {
    return Optional.ofNullable(found.meters())
        .map(place -> place.getNumGeometries() == 1 ? place.getGeometryN(0) : place)
        .filter(Polygon.class::isInstance)
        .orElseThrow(
            () ->
                new MapRefused(
                    "el predio no es un solo polígono en el mapa",
                    "o lote não é um só polígono no mapa",
                    "the parcel is not one polygon on the map"));
  }
}
