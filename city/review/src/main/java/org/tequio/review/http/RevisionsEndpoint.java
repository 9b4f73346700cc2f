package org.tequio.review.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.LayerRecord;
import org.tequio.feature.Feature;
import org.tequio.feature.FeatureId;
import org.tequio.feature.Field;
import org.tequio.feature.Language;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.feature.Progress;
import org.tequio.http.Action;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.identity.People;
import org.tequio.identity.Person;
import org.tequio.review.DiffSummary;
import org.tequio.review.diff.DiffShelf;
import org.tequio.review.diff.LayerDiff;
import org.tequio.storage.AsOf;
import org.tequio.storage.CityStore;
import org.tequio.storage.EditConflict;
import org.tequio.storage.FeatureStore;
import org.tequio.storage.Revision;

/** The city's past: its revisions, what each changed, the history of one feature; and undo. */
public final class RevisionsEndpoint {
  private final CityStore store;
  private final Catalogue catalogue;
  private final DiffShelf diffs;
  private final People people;
  private final Permissions permissions;
  private final ChangeView view;
  private volatile Touched touched = new Touched(-1, Map.of(), Map.of());

  /** Answers from these. */
  public RevisionsEndpoint(
      CityStore store,
      Catalogue catalogue,
      DiffShelf diffs,
      People people,
      Permissions permissions) {
    this.store = store;
    this.catalogue = catalogue;
    this.diffs = diffs;
    this.people = people;
    this.permissions = permissions;
    this.view = new ChangeView(catalogue, store.features());
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/revisions", "revisions", Names.SUBMIT, this::list)
            .summary("Who changed what and when, newest first.")
            .with(Names.OF_LAYER, Names.BEFORE, Names.LIMIT)
            .answers("application/json", RevisionList.class),
        Endpoint.get("/api/revisions/{revision}/diff", "revisionDiff", Names.SUBMIT, this::diffOf)
            .summary("What one revision changed in one layer.")
            .with(Names.REVISION, Names.OF_LAYER, Names.KIND, Names.AFTER, Names.LIMIT)
            .answers("application/json", DiffEndpoint.ChangeList.class),
        Endpoint.post("/api/revisions/{revision}/undo", "undoRevision", Names.UNDO, this::undo)
            .summary("Takes one revision back, as a new revision.")
            .with(Names.REVISION)
            .takes("application/json", SubmissionsEndpoint.Note.class)
            .answers("application/json", Undone.class),
        Endpoint.get(
                "/api/layers/{layer}/features/{feature}/history",
                "featureHistory",
                Action.LAYER_READ,
                this::history)
            .summary("Everything that happened to one feature, oldest first; public fields only.")
            .with(Parameter.LAYER, Names.FEATURE)
            .answers("application/json", History.class));
  }

  record Undone(long revision) {}

  record RevisionJson(
      long number,
      String instant,
      String author,
      String source,
      String message,
      List<String> layers,
      boolean undoable) {}

  record RevisionList(List<RevisionJson> items, @Nullable String next) {}

  // Everyone may read it: it says what kind of change it was, not whose account made it.
  record VersionJson(
      long revision,
      String instant,
      String author,
      String message,
      @Nullable Map<String, @Nullable Object> feature,
      List<ChangeView.FieldJson> fields) {}

  record History(List<VersionJson> items) {}

  /** Which layers each revision touched, and the newest revision of each layer. */
  private record Touched(
      long head, Map<Long, TreeSet<LayerId>> layers, Map<LayerId, Long> newest) {}

  private Touched touched() {
    FeatureStore features = store.features();
    long head = features.headRevision();
    Touched known = touched;
    if (known.head == head) {
      return known;
    }
    Map<Long, TreeSet<LayerId>> layers = new TreeMap<>();
    Map<LayerId, Long> newest = new HashMap<>();
    for (LayerRecord layer : catalogue.listLayers()) {
      for (Revision revision : features.listRevisions(Optional.of(layer.id()), Integer.MAX_VALUE)) {
        layers.computeIfAbsent(revision.number(), number -> new TreeSet<>()).add(layer.id());
        newest.merge(layer.id(), revision.number(), Math::max);
      }
    }
    Touched now = new Touched(head, layers, newest);
    touched = now;
    return now;
  }

  private Reply list(Call call) {
    String account = call.account();
    permissions.require(call, Permission.ofPerson(Names.SUBMIT, account));
    int limit = call.query(Names.LIMIT).orElse(50);
    long before = call.query(Names.BEFORE).filter(number -> number > 0).orElse(Long.MAX_VALUE);
    Touched known = touched();
    call.query(Names.OF_LAYER).ifPresent(layer -> requireSeen(call, layer));
    List<RevisionJson> items = new ArrayList<>();
    for (Revision revision :
        store.features().listRevisions(call.query(Names.OF_LAYER), Integer.MAX_VALUE)) {
      TreeSet<LayerId> layers = known.layers.getOrDefault(revision.number(), new TreeSet<>());
      List<LayerId> seen = layers.stream().filter(layer -> maySee(call, layer)).toList();
      if (revision.number() < before && (layers.isEmpty() || !seen.isEmpty())) {
        items.add(json(revision, layers, seen, known, call.language()));
      }
      if (items.size() == limit) {
        break;
      }
    }
    return Reply.json(
        new RevisionList(
            items, items.size() < limit ? null : Long.toString(items.getLast().number())));
  }

  /**
   * Whether a layer exists for the caller: one that is not public, or not any more in the
   * catalogue, for those only who may read what its department keeps to itself.
   */
  private boolean maySee(Call call, LayerId layer) {
    Optional<LayerRecord> known = catalogue.findLayer(layer);
    return known.filter(LayerRecord::isPublic).isPresent()
        || permissions.allows(
            call,
            known
                .map(LayerRecord::department)
                .map(name -> LayerId.ofName(name).value())
                .map(department -> Permission.ofDepartment(Names.READ_INTERNAL, department))
                .orElse(Permission.of(Names.READ_INTERNAL)));
  }

  private void requireSeen(Call call, LayerId layer) {
    if (!maySee(call, layer)) {
      throw new ProblemException(Problem.notFound(layer.value()));
    }
  }

  private RevisionJson json(
      Revision revision,
      Set<LayerId> layers,
      List<LayerId> seen,
      Touched known,
      Language language) {
    boolean undoable =
        !layers.isEmpty()
            && layers.stream()
                .allMatch(layer -> known.newest.getOrDefault(layer, 0L) == revision.number());
    return new RevisionJson(
        revision.number(),
        revision.instant().toString(),
        authorOf(revision.note().author()),
        revision.note().source(),
        UndoMessage.in(revision.note(), language),
        seen.stream().map(LayerId::value).toList(),
        undoable);
  }

  /** The person's name; a command, an outside source or an account that is gone stays as it is. */
  private String authorOf(String account) {
    return people.findPerson(account).map(Person::name).orElse(account);
  }

  private Reply diffOf(Call call) throws IOException {
    String account = call.account();
    permissions.require(call, Permission.ofPerson(Names.SUBMIT, account));
    long number = call.path(Names.REVISION);
    LayerId layer =
        call.query(Names.OF_LAYER)
            .or(
                () ->
                    touched().layers.getOrDefault(number, new TreeSet<>()).stream()
                        .filter(one -> maySee(call, one))
                        .findFirst())
            .orElseThrow(() -> new ProblemException(Problem.notFound(Long.toString(number))));
    requireSeen(call, layer);
    int limit = call.query(Names.LIMIT).orElse(50);
    LayerDiff diff;
    try {
      diff =
          diffs.diff(
              layer,
              number == 1 ? null : new AsOf.AtRevision(number - 1),
              new AsOf.AtRevision(number),
              Progress.NONE);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.notFound(Long.toString(number)));
    }
    List<ChangeView.ChangeJson> items =
        view.page(
            diff,
            Names.kind(call.query(Names.KIND)).orElse(null),
            call.query(Names.AFTER).orElse(0L),
            limit,
            call.language());
    DiffSummary summary = diff.summary();
    return Reply.json(
        new DiffEndpoint.ChangeList(
            layer.value(),
            summary,
            diff.schema(),
            items,
            items.size() < limit ? null : items.getLast().n()));
  }

  private Reply undo(Call call) {
    String account = call.account();
    permissions.require(call, Permission.of(Names.UNDO));
    long number = call.path(Names.REVISION);
    String note = SubmissionsEndpoint.note(call);
    try {
      Revision made = store.undo(number, UndoMessage.note(account, number, note));
      store.audit().append(account, "undo", "revision " + number + " by " + made.number());
      return Reply.json(new Undone(made.number())).status(201);
    } catch (EditConflict e) {
      throw new ProblemException(
          Problem.conflict(
              "undo-conflict",
              new LocalText(
                  "la capa '" + e.layer() + "' cambió después; deshaga primero lo más reciente",
                  "a camada '" + e.layer() + "' mudou depois; desfaça primeiro o mais recente",
                  "layer '" + e.layer() + "' was changed later; undo what is newer first")));
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.notFound(Long.toString(number)));
    }
  }

  private Reply history(Call call) {
    permissions.require(call, Permission.READ_LAYER);
    LayerId id = call.path(Parameter.LAYER);
    LayerRecord layer =
        catalogue
            .findLayer(id)
            .filter(LayerRecord::isPublic)
            .orElseThrow(() -> new ProblemException(Problem.notFound(id.value())));
    List<VersionJson> items = new ArrayList<>();
    Feature last = null;
    for (FeatureStore.FeatureVersion version :
        store.features().listVersions(id, new FeatureId(call.path(Names.FEATURE)))) {
      Feature now = version.feature().orElse(null);
      Revision revision = version.revision();
      items.add(
          new VersionJson(
              revision.number(),
              revision.instant().toString(),
              revision.note().source(),
              UndoMessage.in(revision.note(), call.language()),
              now == null ? null : geoJson(now, layer),
              last == null || now == null ? List.of() : changed(last, now, layer, call)));
      last = now == null ? last : now;
    }
    if (items.isEmpty()) {
      throw new ProblemException(Problem.notFound(call.path()));
    }
    return Reply.json(new History(items));
  }

  private Map<String, @Nullable Object> geoJson(Feature feature, LayerRecord layer) {
    Map<String, @Nullable Object> properties = new TreeMap<>();
    feature
        .properties()
        .forEach(
            (name, value) -> {
              if (isOpen(name, layer)) {
                properties.put(name, ChangeView.plain(value));
              }
            });
    return GeoJson.feature(view.toDegrees(feature.geometry(), layer.crs()), properties);
  }

  /** A field that the layer has no more is open only where nothing closed it. */
  private static boolean isOpen(String name, LayerRecord layer) {
    return layer.schema().findField(name).map(layer::isOpen).orElse(false);
  }

  private static List<ChangeView.FieldJson> changed(
      Feature was, Feature is, LayerRecord layer, Call call) {
    List<ChangeView.FieldJson> fields = new ArrayList<>();
    for (Field field : layer.schema().fields()) {
      Object before = was.properties().get(field.name());
      Object after = is.properties().get(field.name());
      if (layer.isOpen(field) && !java.util.Objects.equals(before, after)) {
        fields.add(
            new ChangeView.FieldJson(
                field.name(),
                field.label().in(call.language()),
                ChangeView.plain(before),
                ChangeView.plain(after),
                false));
      }
    }
    return fields;
  }
}
