package org.tequio.reconcile;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.tequio.catalogue.Access;
import org.tequio.catalogue.CatalogueModule;
import org.tequio.catalogue.LayerRecord;
import org.tequio.catalogue.LayerSettings;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.Feature;
import org.tequio.feature.FeatureId;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.feature.Progress;
import org.tequio.reconcile.match.GroupSet;
import org.tequio.reconcile.match.KeyForm;
import org.tequio.reconcile.match.KeyRelation;
import org.tequio.reconcile.match.Matching;
import org.tequio.reconcile.merge.AttributeTable;
import org.tequio.reconcile.merge.Authorities;
import org.tequio.reconcile.merge.MergedLayer;
import org.tequio.reconcile.merge.Publication;
import org.tequio.reconcile.tables.ReconcileTables;
import org.tequio.storage.AsOf;
import org.tequio.storage.CityStore;
import org.tequio.storage.StoredLayer;

/** Everything that can be done with reconciliations. Thread-safe; one run at a time. */
public final class Reconciliations {
  private static final int LONGEST_TITLE = 120;
  private static final LocalText UNRELATED =
      new LocalText("Ninguna clave corresponde", "Nenhuma chave corresponde", "No key corresponds");

  private final CityStore store;
  private final CatalogueModule catalogue;
  private final CrsRegistry registry;
  private final ReconcileTables tables;
  private final Clock clock;
  private final Object oneAtATime = new Object();
  private final Map<Long, List<Long>> failedAt = new ConcurrentHashMap<>();
  private volatile @Nullable Loaded loaded;

  /**
   * A reconciliation whose layers published something new.
   *
   * @param reconciliation as it is now
   * @param problem why it could not follow; null where it did
   */
  public record Followed(Reconciliation reconciliation, @Nullable LocalText problem) {}

  /** The groups that were asked for last. */
  private record Loaded(long id, long run, GroupSet groups) {}

  Reconciliations(
      CityStore store,
      CatalogueModule catalogue,
      CrsRegistry registry,
      ReconcileTables tables,
      Clock clock) {
    this.store = store;
    this.catalogue = catalogue;
    this.registry = registry;
    this.tables = tables;
    this.clock = clock;
  }

  /** All of them, oldest first. */
  public List<Reconciliation> list() {
    return tables.list();
  }

  /** One of them. */
  public Optional<Reconciliation> find(long id) {
    return tables.find(id);
  }

  private Reconciliation get(long id) {
    return tables
        .find(id)
        .orElseThrow(
            () ->
                new ReconcileRefused(
                    "no existe la conciliación " + id,
                    "não existe a conciliação " + id,
                    "there is no reconciliation " + id));
  }

  /**
   * Sets one up.
   *
   * @throws ReconcileRefused for layers that are not there, too few, or one twice
   */
  public Reconciliation create(
      String title, ReconciliationKind kind, List<Reconciliation.Member> members, String author) {
    synchronized (oneAtATime) {
      requireMembers(kind, members, List.of());
      Reconciliation made =
          new Reconciliation(
              tables.nextId(),
              requireTitle(title),
              kind,
              members,
              Reconciliation.State.NEW,
              null,
              null,
              Map.of(),
              null,
              null,
              null,
              author,
              clock.instant());
      tables.save(made);
      store.audit().append(author, "reconcile-new", "reconciliation " + made.id());
      return made;
    }
  }

  /**
   * Changes title, keys and names, and adds layers at the end. Layers that take part stay, because
   * what was decided is about them.
   */
  public Reconciliation replace(
      long id, String title, List<Reconciliation.Member> members, String author) {
    synchronized (oneAtATime) {
      Reconciliation before = get(id);
      List<LayerId> known = before.layers();
      if (members.size() < known.size()
          || !members.stream()
              .limit(known.size())
              .map(Reconciliation.Member::layer)
              .toList()
              .equals(known)) {
        throw new ReconcileRefused(
            "las capas que ya participan se quedan, en su orden: " + known,
            "as camadas que já participam ficam, na sua ordem: " + known,
            "the layers that take part stay, in their order: " + known);
      }
      List<LayerId> own = new ArrayList<>();
      for (LayerId made :
          new @Nullable LayerId[] {before.merged(), before.crosswalk(), before.provenance()}) {
        if (made != null) {
          own.add(made);
        }
      }
      requireMembers(before.kind(), members, own);
      Reconciliation after =
          new Reconciliation(
              id,
              requireTitle(title),
              before.kind(),
              members,
              before.state(),
              before.problem(),
              members.size() == known.size() ? before.found() : null,
              before.authority(),
              before.merged(),
              before.crosswalk(),
              before.provenance(),
              before.author(),
              clock.instant());
      tables.save(after);
      store.audit().append(author, "reconcile-change", "reconciliation " + id);
      return after;
    }
  }

  private static String requireTitle(String title) {
    String stripped = title.strip();
    if (stripped.isEmpty() || stripped.length() > LONGEST_TITLE) {
      throw new ReconcileRefused(
          "se esperaba un título de 1 a " + LONGEST_TITLE + " caracteres",
          "esperava-se um título de 1 a " + LONGEST_TITLE + " caracteres",
          "wanted a title of 1 to " + LONGEST_TITLE + " characters");
    }
    return stripped;
  }

  private void requireMembers(
      ReconciliationKind kind, List<Reconciliation.Member> members, List<LayerId> own) {
    int most = kind == ReconciliationKind.JOIN ? 2 : Matching.MOST_MEMBERS;
    Set<LayerId> seen = new HashSet<>();
    if (members.size() < 2 || members.size() > most) {
      throw new ReconcileRefused(
          "se esperaban de 2 a " + most + " capas",
          "esperavam-se de 2 a " + most + " camadas",
          "wanted 2 to " + most + " layers");
    }
    for (Reconciliation.Member member : members) {
      LayerRecord layer = record(member.layer());
      if (!seen.add(member.layer()) || own.contains(member.layer())) {
        throw new ReconcileRefused(
            "la capa " + member.layer() + " no puede conciliarse consigo misma",
            "a camada " + member.layer() + " não pode ser conciliada consigo mesma",
            "the layer " + member.layer() + " cannot be reconciled with itself");
      }
      requireField(layer, member.key());
      requireField(layer, member.name());
    }
    if (kind == ReconciliationKind.JOIN
        && !record(members.getFirst().layer()).schema().hasGeometry()) {
      throw new ReconcileRefused(
          "la primera de una unión es la capa con geometría",
          "a primeira de uma junção é a camada com geometria",
          "the first of a join is the layer that has geometry");
    }
  }

  private static void requireField(LayerRecord layer, @Nullable String field) {
    if (field != null && layer.schema().findField(field).isEmpty()) {
      throw new ReconcileRefused(
          "la capa " + layer.id() + " no tiene el campo '" + field + "'",
          "a camada " + layer.id() + " não tem o campo '" + field + "'",
          "the layer " + layer.id() + " has no field '" + field + "'");
    }
  }

  private LayerRecord record(LayerId layer) {
    return catalogue
        .catalogue()
        .findLayer(layer)
        .orElseThrow(
            () ->
                new ReconcileRefused(
                    "la capa " + layer + " no existe o fue retirada",
                    "a camada " + layer + " não existe ou foi retirada",
                    "the layer " + layer + " does not exist or was withdrawn"));
  }

  /** Forgets one with its decisions; what it published stays, and is no longer kept up to date. */
  public void delete(long id, String author) {
    synchronized (oneAtATime) {
      get(id);
      tables.delete(id);
      loaded = null;
      store.audit().append(author, "reconcile-delete", "reconciliation " + id);
    }
  }

  /**
   * Compares the layers as they stand now.
   *
   * @throws ReconcileRefused when one of them is no longer there; what was published stands
   */
  public Reconciliation run(long id, Progress progress) {
    synchronized (oneAtATime) {
      Reconciliation before = get(id);
      try {
        return compare(before, progress);
      } catch (ReconcileRefused e) {
        fail(before, e.reason());
        throw e;
      }
    }
  }

  private void fail(Reconciliation before, LocalText why) {
    failedAt.put(before.id(), currentRevisions(before));
    tables.save(before.with(Reconciliation.State.FAILED, why, clock.instant()));
  }

  private Reconciliation compare(Reconciliation before, Progress progress) {
    List<LayerRecord> records = records(before);
    long head = store.features().headRevision();
    AsOf asOf = new AsOf.AtRevision(head);
    List<Matching.Member> members = new ArrayList<>();
    List<StoredLayer> layers = new ArrayList<>();
    for (Reconciliation.Member member : before.members()) {
      StoredLayer layer = store.features().findLayer(member.layer(), asOf).orElseThrow();
      layers.add(layer);
      members.add(new Matching.Member(layer, member.key(), member.name()));
    }
    Matching.Result result =
        new Matching(store.features(), registry)
            .run(members, asOf, decisions(before), tables.groups(before), progress);
    List<Reconciliation.Attribute> attributes =
        new AttributeTable(
                store.features(),
                layers,
                records.stream().map(LayerRecord::schema).toList(),
                asOf,
                result.groups())
            .attributes(result.comparisons(), progress);
    progress.check();
    Reconciliation.Found last = before.found();
    Reconciliation.Found found =
        new Reconciliation.Found(
            last == null ? 1 : last.run() + 1,
            head,
            layers.stream().map(StoredLayer::revision).toList(),
            result.groups().nextNumber(),
            boxed(result.groups().countByState()),
            boxed(result.groups().countSingles(layers.size())),
            result.comparisons().stream().map(Reconciliations::described).toList(),
            attributes,
            result.unresolved().size());
    Reconciliation after = get(before.id()).withFound(found, clock.instant());
    tables.save(after, result.groups());
    loaded = new Loaded(after.id(), found.run(), result.groups());
    failedAt.remove(after.id());
    return after;
  }

  private static List<Long> boxed(long[] numbers) {
    return java.util.Arrays.stream(numbers).boxed().toList();
  }

  private static Reconciliation.Comparison described(Matching.Comparison comparison) {
    return new Reconciliation.Comparison(
        comparison.first(),
        comparison.second(),
        comparison.keys().map(KeyRelation::sentence).orElse(UNRELATED),
        comparison.names());
  }

  private List<LayerRecord> records(Reconciliation reconciliation) {
    return reconciliation.layers().stream().map(this::record).toList();
  }

  private List<Matching.Decision> decisions(Reconciliation reconciliation) {
    List<LayerId> layers = reconciliation.layers();
    List<Matching.Decision> all = new ArrayList<>();
    for (ReconcileTables.DecisionRow row : standing(reconciliation).rows()) {
      List<Matching.Ref> refs = new ArrayList<>();
      for (ReconcileTables.DecidedFeature feature : row.features()) {
        int layer = layers.indexOf(new LayerId(feature.layer()));
        if (layer >= 0) {
          refs.add(new Matching.Ref(layer, feature.feature(), feature.key()));
        }
      }
      all.add(new Matching.Decision(refs, Boolean.TRUE.equals(row.same())));
    }
    return all;
  }

  private GroupSet groups(Reconciliation reconciliation) {
    Reconciliation.Found found = reconciliation.found();
    if (found == null) {
      return GroupSet.EMPTY;
    }
    Loaded known = loaded;
    if (known == null || known.id != reconciliation.id() || known.run != found.run()) {
      known = new Loaded(reconciliation.id(), found.run(), tables.groups(reconciliation));
      loaded = known;
    }
    return known.groups;
  }

  /**
   * A page of the groups of the last run, by number.
   *
   * @param state only these; empty for all
   * @param layer only those that have a feature of this layer; empty for all
   */
  public List<GroupItem> listGroups(
      long id, Optional<GroupState> state, Optional<LayerId> layer, long after, int limit) {
    return items(get(id)).map(items -> items.list(state, layer, after, limit)).orElse(List.of());
  }

  /** One group of the last run. */
  public Optional<GroupItem> findGroup(long id, long number) {
    return items(get(id)).flatMap(items -> items.find(number));
  }

  /** Where the features of a group lie, in longitude and latitude; empty where it is not there. */
  public List<Shape> shapes(long id, long number) {
    return items(get(id)).map(items -> items.shapes(number)).orElse(List.of());
  }

  /**
   * Where a feature lies.
   *
   * @param geometry in longitude and latitude; null where that is not known
   */
  public record Shape(LayerId layer, long feature, @Nullable Geometry geometry) {}

  private Optional<GroupItems> items(Reconciliation reconciliation) {
    Reconciliation.Found found = reconciliation.found();
    if (found == null) {
      return Optional.empty();
    }
    List<Optional<LayerRecord>> records =
        reconciliation.layers().stream().map(catalogue.catalogue()::findLayer).toList();
    return Optional.of(
        new GroupItems(
            store.features(),
            registry,
            reconciliation,
            found,
            records,
            groups(reconciliation),
            standing(reconciliation)));
  }

  private Standing standing(Reconciliation reconciliation) {
    Reconciliation.Found found = reconciliation.found();
    return Standing.of(tables.listDecisions(reconciliation.id()), found == null ? 0 : found.run());
  }

  /**
   * What someone says of an item.
   *
   * @param number the item's
   * @param features of it, each of one of the layers
   * @param same true where they are one thing; false where no two of them are; null where what was
   *     said of them before is taken back
   */
  public record Verdict(
      long number, List<DecidedFeature> features, @Nullable Boolean same, String note) {
    /** Copies the features. */
    public Verdict {
      features = List.copyOf(features);
    }
  }

  /** A feature of one of the layers. */
  public record DecidedFeature(LayerId layer, long feature) {}

  /** Keeps verdicts, all or none; they hold also for later versions of the layers. */
  public Reconciliation decide(long id, List<Verdict> verdicts, String author) {
    synchronized (oneAtATime) {
      Reconciliation reconciliation = get(id);
      Reconciliation.Found found = reconciliation.found();
      if (found == null) {
        throw new ReconcileRefused(
            "primero hay que comparar las capas",
            "primeiro é preciso comparar as camadas",
            "the layers must be compared first");
      }
      Instant now = clock.instant();
      List<ReconcileTables.DecisionRow> rows = new ArrayList<>();
      for (Verdict verdict : verdicts) {
        if (verdict.features().size() < 2) {
          throw new ReconcileRefused(
              "se decide sobre dos elementos o más",
              "decide-se sobre dois elementos ou mais",
              "a decision is about two features or more");
        }
        List<ReconcileTables.DecidedFeature> features =
            verdict.features().stream()
                .map(feature -> anchored(reconciliation, found, feature))
                .toList();
        rows.add(
            new ReconcileTables.DecisionRow(
                0,
                found.run(),
                verdict.number(),
                verdict.same(),
                features,
                verdict.note(),
                author,
                now));
      }
      tables.decide(id, rows);
      store.audit().append(author, "reconcile-decide", "reconciliation " + id + ": " + rows.size());
      return reconciliation;
    }
  }

  private ReconcileTables.DecidedFeature anchored(
      Reconciliation reconciliation, Reconciliation.Found found, DecidedFeature decided) {
    Optional<Feature> feature =
        reconciliation.layers().contains(decided.layer()) && decided.feature() > 0
            ? store
                .features()
                .findFeature(
                    decided.layer(),
                    new FeatureId(decided.feature()),
                    new AsOf.AtRevision(found.revision()))
            : Optional.empty();
    if (feature.isEmpty()) {
      throw new ReconcileRefused(
          "la capa " + decided.layer() + " no tiene el elemento " + decided.feature(),
          "a camada " + decided.layer() + " não tem o elemento " + decided.feature(),
          "the layer " + decided.layer() + " has no feature " + decided.feature());
    }
    String field =
        store.features().findLayer(decided.layer()).map(layer -> layer.schema().key()).orElse(null);
    Object value = field == null ? null : feature.get().properties().get(field);
    return new ReconcileTables.DecidedFeature(
        decided.layer().value(),
        decided.feature(),
        Objects.requireNonNullElse(KeyForm.clean(value), ""));
  }

  /** Whose word is proposed for each attribute. */
  public Map<String, LayerId> proposedAuthority(Reconciliation reconciliation) {
    return new Authorities(reconciliation, records(reconciliation)).proposed();
  }

  /** Whose word holds for each attribute. */
  public Map<String, LayerId> authority(Reconciliation reconciliation) {
    return new Authorities(reconciliation, records(reconciliation)).inForce();
  }

  /** Chooses whose word holds, in place of what was chosen before. */
  public Reconciliation chooseAuthority(long id, Map<String, LayerId> chosen, String author) {
    synchronized (oneAtATime) {
      Reconciliation reconciliation = get(id);
      Map<String, LayerId> proposed = proposedAuthority(reconciliation);
      for (Map.Entry<String, LayerId> each : chosen.entrySet()) {
        requireSays(reconciliation, proposed, each.getKey(), each.getValue());
      }
      Reconciliation after = reconciliation.withAuthority(chosen, clock.instant());
      tables.save(after);
      store.audit().append(author, "reconcile-authority", "reconciliation " + id);
      return after;
    }
  }

  private static void requireSays(
      Reconciliation reconciliation,
      Map<String, LayerId> proposed,
      String attribute,
      LayerId layer) {
    int member = reconciliation.layers().indexOf(layer);
    Reconciliation.Found found = reconciliation.found();
    boolean says =
        member >= 0
            && proposed.containsKey(attribute)
            && (attribute.equals(Reconciliation.GEOMETRY)
                || found != null
                    && found.attributes().stream()
                        .anyMatch(
                            one ->
                                one.name().equals(attribute) && one.fields().get(member) != null));
    if (!says) {
      throw new ReconcileRefused(
          "la capa " + layer + " no dice nada de '" + attribute + "'",
          "a camada " + layer + " não diz nada de '" + attribute + "'",
          "the layer " + layer + " says nothing of '" + attribute + "'");
    }
  }

  /**
   * Publishes the merged layer with its crosswalk and provenance, as one revision. Compares anew
   * first where a layer changed or something was decided since.
   */
  public Reconciliation publish(long id, String author, Progress progress) {
    synchronized (oneAtATime) {
      Reconciliation before = get(id);
      try {
        boolean old =
            before.found() == null
                || !before.found().revisions().equals(currentRevisions(before))
                || standing(before).isNews();
        return publish(old ? compare(before, progress) : before, author, progress);
      } catch (ReconcileRefused e) {
        fail(before, e.reason());
        throw e;
      }
    }
  }

  private Reconciliation publish(Reconciliation ready, String author, Progress progress) {
    List<LayerRecord> records = records(ready);
    requirePublic(ready, records, author);
    Reconciliation.Found found = Objects.requireNonNull(ready.found());
    LayerId merged = ready.merged() == null ? freeId(ready.title()) : ready.merged();
    LayerId crosswalk =
        ready.crosswalk() == null ? freeId(merged + "_crosswalk") : ready.crosswalk();
    LayerId provenance =
        ready.provenance() == null ? freeId(merged + "_provenance") : ready.provenance();
    Reconciliation published = ready.withPublished(merged, crosswalk, provenance, clock.instant());
    try (MergedLayer.Loaded made =
        new MergedLayer(store, ready, found, records, groups(ready))
            .load(merged, crosswalk, provenance, progress)) {
      new Publication(store, published, records).publish(made, author);
    }
    failedAt.remove(ready.id());
    return published;
  }

  /** What was made of a layer that is closed by now must not stay open. */
  private void requirePublic(Reconciliation ready, List<LayerRecord> records, String author) {
    Optional<LayerRecord> closed = records.stream().filter(layer -> !layer.isPublic()).findFirst();
    if (closed.isEmpty()) {
      return;
    }
    for (LayerId made :
        new @Nullable LayerId[] {ready.merged(), ready.crosswalk(), ready.provenance()}) {
      if (made != null && catalogue.catalogue().findLayer(made).isPresent()) {
        LayerSettings settings = catalogue.stewardship().settings(made);
        if (settings.access() != Access.INTERNAL) {
          catalogue
              .stewardship()
              .save(
                  made,
                  settings.withAccess(Access.INTERNAL),
                  catalogue.stewardship().version(made),
                  author);
        }
      }
    }
    String id = closed.get().id().value();
    throw new ReconcileRefused(
        "la capa " + id + " es interna; lo que se hace de ella no se publica",
        "a camada " + id + " é interna; o que se faz dela não é publicado",
        "the layer " + id + " is internal; what is made of it is not published");
  }

  private LayerId freeId(String name) {
    String base = LayerId.ofName(name.toLowerCase(Locale.ROOT)).value();
    String cut = base.length() > 46 ? base.substring(0, 46) : base;
    LayerId id = LayerId.ofName(cut);
    for (int i = 2; store.features().findLayer(id).isPresent(); i++) {
      id = LayerId.ofName(cut + "_" + i);
    }
    return id;
  }

  private List<Long> currentRevisions(Reconciliation reconciliation) {
    List<Long> revisions = new ArrayList<>();
    for (LayerId layer : reconciliation.layers()) {
      revisions.add(store.features().findLayer(layer).map(StoredLayer::revision).orElse(-1L));
    }
    return revisions;
  }

  /**
   * Brings everything that was run up to date with its layers: compares anew what changed, and
   * publishes anew what was published. What fails says why and waits for another change.
   *
   * @return those that had something to follow, in the order they were set up
   */
  public List<Followed> refresh(Progress progress) {
    List<Followed> followed = new ArrayList<>();
    for (Reconciliation each : tables.list()) {
      Reconciliation.Found found = each.found();
      List<Long> now = currentRevisions(each);
      boolean changed = found != null && !found.revisions().equals(now);
      if (!changed || now.equals(failedAt.get(each.id()))) {
        continue;
      }
      try {
        followed.add(
            new Followed(
                each.merged() != null
                    ? publish(each.id(), each.author(), progress)
                    : run(each.id(), progress),
                null));
      } catch (ReconcileRefused e) {
        followed.add(new Followed(each, e.reason()));
      }
    }
    return followed;
  }

  /**
   * How many items are matched, doubtful, settled and single; what was decided since the run counts
   * as settled.
   */
  public Map<GroupState, Long> countByState(Reconciliation reconciliation) {
    Map<GroupState, Long> counts = new EnumMap<>(GroupState.class);
    Reconciliation.Found found = reconciliation.found();
    for (GroupState state : GroupState.values()) {
      counts.put(state, found == null ? 0 : found.items().get(state.ordinal()));
    }
    Standing standing = standing(reconciliation);
    if (standing.isNews()) {
      GroupSet groups = groups(reconciliation);
      Set<Long> news = new HashSet<>(standing.settled());
      news.addAll(standing.reopened());
      for (long item : news) {
        int at = groups.find(item);
        if (at >= 0) {
          counts.merge(groups.state(at), -1L, Long::sum);
          counts.merge(standing.state(item, groups.state(at)), 1L, Long::sum);
        }
      }
    }
    return counts;
  }
}
