package org.tequio.reconcile;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.tequio.catalogue.Catalogue;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.feature.Progress;
import org.tequio.feature.Wkb;
import org.tequio.reconcile.check.CheckFinding;
import org.tequio.reconcile.check.CheckRun;
import org.tequio.reconcile.check.TopologyCheck;
import org.tequio.reconcile.check.TopologyChecks;
import org.tequio.reconcile.match.MemberRows;
import org.tequio.reconcile.tables.CheckTables;
import org.tequio.storage.AsOf;
import org.tequio.storage.CityStore;
import org.tequio.storage.StoredLayer;

/** Everything that can be done with checks across layers. Thread-safe; one run at a time. */
public final class Checks {
  private final CityStore store;
  private final Catalogue catalogue;
  private final CrsRegistry registry;
  private final CheckTables tables;
  private final Clock clock;
  private final Object oneAtATime = new Object();

  Checks(
      CityStore store, Catalogue catalogue, CrsRegistry registry, CheckTables tables, Clock clock) {
    this.store = store;
    this.catalogue = catalogue;
    this.registry = registry;
    this.tables = tables;
    this.clock = clock;
  }

  /**
   * A kind of check, for people.
   *
   * @param kind its stable name
   * @param title what it is called
   * @param question what each of its findings asks
   * @param roles what its layers are for
   * @param options what can be set, with what holds otherwise
   */
  public record Kind(
      String kind,
      LocalText title,
      LocalText question,
      List<Role> roles,
      Map<String, Double> options) {
    /** Copies the collections. */
    public Kind {
      roles = List.copyOf(roles);
      options = Map.copyOf(options);
    }
  }

  /** What a layer of a check is for; optional ones may be left out. */
  public record Role(LocalText title, int dimension, boolean optional) {}

  /**
   * A finding, for people and for the mapping tasks that may come of it.
   *
   * @param number its place among the findings of its run
   * @param text what is wrong
   * @param lon where
   * @param lat where
   * @param bbox west, south, east, north
   * @param features a layer and a feature of it each
   * @param measure how much
   */
  public record Finding(
      long number,
      LocalText text,
      double lon,
      double lat,
      List<Double> bbox,
      List<Concerned> features,
      double measure) {
    /** Copies the lists. */
    public Finding {
      bbox = List.copyOf(bbox);
      features = List.copyOf(features);
    }
  }

  /** A feature that a finding is about. */
  public record Concerned(LayerId layer, long feature) {}

  /** Every kind of check there is. */
  public List<Kind> kinds() {
    return TopologyChecks.list().stream().map(Checks::kind).toList();
  }

  private static Kind kind(TopologyCheck check) {
    return new Kind(
        check.kind(),
        check.title(),
        check.question(),
        check.roles().stream()
            .map(role -> new Role(role.title(), role.dimension(), role.optional()))
            .toList(),
        check.options());
  }

  /** All checks that were set up, oldest first. */
  public List<Check> list() {
    return tables.list().stream().map(this::current).toList();
  }

  /** One of them. */
  public Optional<Check> find(long id) {
    return tables.find(id).map(this::current);
  }

  private Check current(Check check) {
    boolean changed =
        check.layers().stream()
            .anyMatch(
                layer ->
                    store
                        .features()
                        .findLayer(layer)
                        .filter(stored -> stored.revision() <= check.revision())
                        .isEmpty());
    return check.state() == Check.State.DONE && changed
        ? check.with(Check.State.STALE, null)
        : check;
  }

  private Check get(long id) {
    return tables
        .find(id)
        .orElseThrow(
            () ->
                new ReconcileRefused(
                    "no existe la revisión " + id,
                    "não existe a verificação " + id,
                    "there is no check " + id));
  }

  /**
   * Sets one up.
   *
   * @throws ReconcileRefused for a kind that does not exist, or layers and options that do not fit
   */
  public Check create(
      String kind, List<LayerId> layers, Map<String, Double> options, String author) {
    TopologyCheck check =
        TopologyChecks.find(kind)
            .orElseThrow(
                () -> {
                  String known =
                      String.join(
                          ", ", TopologyChecks.list().stream().map(TopologyCheck::kind).toList());
                  return new ReconcileRefused(
                      "no existe la revisión '" + kind + "'; hay " + known,
                      "não existe a verificação '" + kind + "'; há " + known,
                      "there is no check '" + kind + "'; there are " + known);
                });
    requireLayers(check, layers);
    requireOptions(check, options);
    synchronized (oneAtATime) {
      Check made =
          new Check(
              tables.nextId(), kind, layers, options, Check.State.NEW, null, null, 0, null, 0);
      tables.save(made);
      store.audit().append(author, "check-new", "check " + made.id() + " " + kind);
      return made;
    }
  }

  private void requireLayers(TopologyCheck check, List<LayerId> layers) {
    long least = check.roles().stream().filter(role -> !role.optional()).count();
    if (layers.size() < least || layers.size() > check.roles().size()) {
      throw new ReconcileRefused(
          "esta revisión quiere de " + least + " a " + check.roles().size() + " capas",
          "esta verificação quer de " + least + " a " + check.roles().size() + " camadas",
          "this check wants " + least + " to " + check.roles().size() + " layers");
    }
    for (int i = 0; i < layers.size(); i++) {
      StoredLayer layer = stored(layers.get(i));
      int dimension = check.roles().get(i).dimension();
      int has = layer.schema().geometry().dimension();
      if (!layer.schema().hasGeometry() || dimension >= 0 && has >= 0 && has != dimension) {
        LocalText role = check.roles().get(i).title();
        throw new ReconcileRefused(
            "la capa " + layer.id() + " no sirve de: " + role.es(),
            "a camada " + layer.id() + " não serve de: " + role.pt(),
            "the layer " + layer.id() + " cannot be: " + role.en());
      }
    }
  }

  private StoredLayer stored(LayerId layer) {
    return store
        .features()
        .findLayer(layer)
        .orElseThrow(
            () ->
                new ReconcileRefused(
                    "la capa " + layer + " no existe o fue retirada",
                    "a camada " + layer + " não existe ou foi retirada",
                    "the layer " + layer + " does not exist or was withdrawn"));
  }

  private static void requireOptions(TopologyCheck check, Map<String, Double> options) {
    options.forEach(
        (name, value) -> {
          if (!check.options().containsKey(name) || !(value >= 0) || value.isInfinite()) {
            String known = String.join(", ", check.options().keySet());
            throw new ReconcileRefused(
                "se esperaba un número no negativo en una de: " + known + "; no " + name,
                "esperava-se um número não negativo em uma de: " + known + "; não " + name,
                "wanted a number of at least 0 for one of: " + known + "; not " + name);
          }
        });
  }

  /** Runs one; a run that fails or is cancelled leaves the findings of the run before. */
  public Check run(long id, Progress progress) {
    synchronized (oneAtATime) {
      Check check = get(id);
      try {
        return run(check, progress);
      } catch (ReconcileRefused e) {
        tables.save(check.with(Check.State.FAILED, e.reason()));
        throw e;
      }
    }
  }

  private Check run(Check check, Progress progress) {
    TopologyCheck kind = TopologyChecks.find(check.kind()).orElseThrow();
    requireLayers(kind, check.layers());
    long head = store.features().headRevision();
    AsOf asOf = new AsOf.AtRevision(head);
    List<MemberRows> layers = new ArrayList<>();
    Crs crs = stored(check.layers().getFirst()).crs();
    for (LayerId layer : check.layers()) {
      StoredLayer stored = store.features().findLayer(layer, asOf).orElseThrow();
      if (!stored.crs().equals(crs)) {
        throw new ReconcileRefused(
            "las capas están en sistemas de coordenadas distintos",
            "as camadas estão em sistemas de coordenadas diferentes",
            "the layers are in different coordinate systems");
      }
      layers.add(MemberRows.readPlaces(store.features(), stored, asOf, progress));
    }
    Map<String, Double> options = new HashMap<>(kind.options());
    options.putAll(check.options());
    CheckRun run =
        new CheckRun(layers, cityArea(crs), options, registry.operation(crs, Crs.CRS84), progress);
    kind.run(run);
    progress.check();
    Check done =
        new Check(
            check.id(),
            check.kind(),
            check.layers(),
            check.options(),
            Check.State.DONE,
            null,
            run.count(),
            run.countUntold(),
            clock.instant(),
            head);
    tables.save(done, run.findings());
    return done;
  }

  private @Nullable Geometry cityArea(Crs crs) {
    Geometry area = catalogue.city().area();
    if (area == null) {
      return null;
    }
    byte[] wkb = Wkb.of(area);
    registry.operation(Crs.CRS84, crs).apply(wkb, 0);
    return Wkb.toGeometry(wkb, 0, wkb.length);
  }

  /** A page of the findings of the last run, by number. */
  public List<Finding> listFindings(long id, long after, int limit) {
    get(id);
    List<CheckFinding> page = tables.listFindings(id, after, limit);
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < page.size(); i++) {
      CheckFinding each = Objects.requireNonNull(page.get(i));
      findings.add(
          new Finding(
              after + i + 1,
              each.text(),
              each.lon(),
              each.lat(),
              each.bbox(),
              each.features().stream()
                  .map(one -> new Concerned(new LayerId(one.layer()), one.feature()))
                  .toList(),
              each.measure()));
    }
    return findings;
  }

  /** Forgets one with its findings. */
  public void delete(long id, String author) {
    synchronized (oneAtATime) {
      get(id);
      tables.delete(id);
      store.audit().append(author, "check-delete", "check " + id);
    }
  }
}
