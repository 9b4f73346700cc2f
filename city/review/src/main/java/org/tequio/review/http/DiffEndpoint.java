package org.tequio.review.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.CheckedImport;
import org.tequio.catalogue.CheckedImports;
import org.tequio.catalogue.DoubtfulMatch;
import org.tequio.catalogue.LayerFinding;
import org.tequio.catalogue.LayerRecord;
import org.tequio.feature.Feature;
import org.tequio.feature.FeatureId;
import org.tequio.feature.Language;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.feature.Progress;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.review.DiffSummary;
import org.tequio.review.SchemaChange;
import org.tequio.review.Submission;
import org.tequio.review.Submissions;
import org.tequio.review.diff.ChangeKind;
import org.tequio.review.diff.DiffShelf;
import org.tequio.review.diff.LayerDiff;
import org.tequio.storage.AsOf;
import org.tequio.storage.FeatureStore;
import org.tequio.storage.StoredLayer;

/** What is different: between a submission and the map, and between two states of a layer. */
public final class DiffEndpoint {
  /** Changes that are looked at for one map; more are said to be missing. */
  private static final int MOST_ON_A_MAP = 20_000;

  private final Submissions submissions;
  private final CheckedImports imports;
  private final DiffShelf diffs;
  private final Catalogue catalogue;
  private final FeatureStore store;
  private final Permissions permissions;
  private final ChangeView view;

  /** Answers from these. */
  public DiffEndpoint(
      Submissions submissions,
      CheckedImports imports,
      DiffShelf diffs,
      Catalogue catalogue,
      FeatureStore store,
      Permissions permissions) {
    this.submissions = submissions;
    this.imports = imports;
    this.diffs = diffs;
    this.catalogue = catalogue;
    this.store = store;
    this.permissions = permissions;
    this.view = new ChangeView(catalogue, store);
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
                "/api/submissions/{submission}/diff",
                "submissionDiff",
                Names.SUBMIT,
                this::ofSubmission)
            .summary("What a submission changes, feature by feature.")
            .with(Names.SUBMISSION, Names.OF_LAYER, Names.KIND, Names.AFTER, Names.LIMIT)
            .answers("application/json", ChangeList.class),
        Endpoint.get(
                "/api/submissions/{submission}/diff.geojson",
                "submissionDiffMap",
                Names.SUBMIT,
                this::mapOfSubmission)
            .summary("What a submission changes, as a map: each side of each change.")
            .with(Names.SUBMISSION, Names.OF_LAYER, Names.BBOX, Names.LIMIT)
            .answers("application/geo+json", null),
        Endpoint.get(
                "/api/submissions/{submission}/findings",
                "submissionFindings",
                Names.SUBMIT,
                this::findings)
            .summary("What the check of a submission saw.")
            .with(Names.SUBMISSION)
            .answers("application/json", FindingsView.FindingList.class),
        Endpoint.post(
                "/api/submissions/{submission}/matches",
                "settleMatches",
                Names.SUBMIT,
                this::settle)
            .summary("Says of doubtful pairs whether they are one feature.")
            .with(Names.SUBMISSION)
            .takes("application/json", Matches.class)
            .answers("application/json", null),
        Endpoint.get("/api/layers/{layer}/diff", "layerDiff", Names.SUBMIT, this::ofLayer)
            .summary("What is different between two states of a layer.")
            .with(
                org.tequio.http.Parameter.LAYER,
                Names.FROM,
                Names.TO,
                Names.KIND,
                Names.AFTER,
                Names.LIMIT)
            .answers("application/json", ChangeList.class),
        Endpoint.get(
                "/api/layers/{layer}/diff.geojson", "layerDiffMap", Names.SUBMIT, this::mapOfLayer)
            .summary("The same as a map.")
            .with(org.tequio.http.Parameter.LAYER, Names.FROM, Names.TO, Names.BBOX, Names.LIMIT)
            .answers("application/geo+json", null));
  }

  record ChangeList(
      String layer,
      DiffSummary summary,
      List<SchemaChange> schema,
      List<ChangeView.ChangeJson> items,
      @Nullable String next) {}

  record PairJson(String before, @Nullable String after, boolean same) {}

  record Matches(String layer, List<PairJson> pairs) {}

  private Submission get(Call call) {
    Submission found = submissions.find(call.path(Names.SUBMISSION)).orElse(null);
    permissions.require(
        call, Permission.ofDepartment(Names.SUBMIT, found == null ? "" : found.department().id()));
    if (found == null) {
      throw new ProblemException(Problem.notFound(call.path()));
    }
    return found;
  }

  private LayerDiff diff(Submission submission, Optional<LayerId> asked) throws IOException {
    Submission.LayerChange change =
        submission.layers().stream()
            .filter(one -> asked.isEmpty() || one.layer().equals(asked.get()))
            .findFirst()
            .orElseThrow(
                () ->
                    new ProblemException(
                        Problem.notFound(asked.map(LayerId::value).orElse("layer"))));
    AsOf before = change.basis() == 0 ? null : new AsOf.AtRevision(change.basis());
    if (submission.revision() > 0) {
      return between(change.layer(), before, new AsOf.AtRevision(submission.revision()));
    }
    if (submission.checked() == 0) {
      throw new ProblemException(
          Problem.conflict(
              "nothing-waits",
              new LocalText(
                  "de este envío ya no queda nada que comparar",
                  "deste envio já não resta nada a comparar",
                  "nothing of this submission is left to compare")));
    }
    return between(change.layer(), before, new AsOf.Waiting(change.version()));
  }

  private LayerDiff between(LayerId layer, @Nullable AsOf before, AsOf after) throws IOException {
    try {
      return diffs.diff(layer, before, after, Progress.NONE);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.notFound(layer.value()));
    }
  }

  private Reply ofSubmission(Call call) throws IOException {
    Submission submission = get(call);
    LayerDiff diff = diff(submission, call.query(Names.OF_LAYER));
    if (call.query(Names.KIND).filter("doubtful"::equals).isPresent()) {
      return Reply.json(doubtful(submission, diff, call));
    }
    return Reply.json(page(diff, call));
  }

  private ChangeList page(LayerDiff diff, Call call) throws IOException {
    int limit = call.query(Names.LIMIT).orElse(50);
    List<ChangeView.ChangeJson> items =
        view.page(
            diff,
            Names.kind(call.query(Names.KIND)).orElse(null),
            call.query(Names.AFTER).orElse(0L),
            limit,
            call.language());
    return new ChangeList(
        diff.layer().value(),
        diff.summary(),
        diff.schema(),
        items,
        items.size() < limit ? null : items.getLast().n());
  }

  private ChangeList doubtful(Submission submission, LayerDiff diff, Call call) {
    int limit = call.query(Names.LIMIT).orElse(50);
    int after = (int) Math.min(Integer.MAX_VALUE, call.query(Names.AFTER).orElse(0L));
    List<Submissions.DoubtfulPair> all = submissions.listDoubts(submission.id(), diff.layer());
    List<ChangeView.ChangeJson> items = new ArrayList<>();
    for (int i = after; i < all.size() && items.size() < limit; i++) {
      DoubtfulMatch match = all.get(i).match();
      boolean isOne = Boolean.TRUE.equals(all.get(i).same());
      ChangeView.ChangeJson change =
          view.change(
              diff,
              "doubtful",
              Integer.toString(i + 1),
              match.before(),
              isOne ? match.before() : match.after(),
              call.language());
      items.add(
          new ChangeView.ChangeJson(
              change.n(),
              change.kind(),
              change.before(),
              change.after(),
              change.fields(),
              change.movedMeters(),
              change.areaChangeM2(),
              Math.round(match.score() * 1000) / 1000.0,
              evidence(match, all.get(i).same(), call.language())));
    }
    int end = after + items.size();
    return new ChangeList(
        diff.layer().value(),
        diff.summary(),
        diff.schema(),
        items,
        end < all.size() ? Integer.toString(end) : null);
  }

  /** Why two features may be one, in a sentence. */
  static String evidence(DoubtfulMatch match, @Nullable Boolean same, Language language) {
    String meters = Double.isNaN(match.meters()) ? "?" : number(match.meters());
    String equal = match.equal() + "/" + match.compared();
    String sizes = number(match.sizeBefore()) + " → " + number(match.sizeAfter());
    LocalText key =
        match.keyDiffers()
            ? new LocalText("; la clave es otra", "; a chave é outra", "; the key is another")
            : LocalText.same("");
    LocalText settled =
        same == null
            ? LocalText.same("")
            : same
                ? new LocalText(
                    "; decidido: el mismo", "; decidido: o mesmo", "; settled: the same")
                : new LocalText("; decidido: otro", "; decidido: outro", "; settled: another");
    return new LocalText(
                "centros a " + meters + " m, tamaño " + sizes + ", " + equal + " atributos iguales",
                "centros a " + meters + " m, tamanho " + sizes + ", " + equal + " atributos iguais",
                "centres "
                    + meters
                    + " m apart, size "
                    + sizes
                    + ", "
                    + equal
                    + " attributes equal")
            .in(language)
        + key.in(language)
        + settled.in(language);
  }

  private static String number(double value) {
    return Double.toString(Math.round(value * 10) / 10.0);
  }

  private Reply mapOfSubmission(Call call) throws IOException {
    Submission submission = get(call);
    return map(diff(submission, call.query(Names.OF_LAYER)), call);
  }

  private Reply map(LayerDiff diff, Call call) throws IOException {
    int limit = call.query(Names.LIMIT).orElse(500);
    double[] box = call.query(Names.BBOX).orElse(null);
    Envelope wanted = box == null ? null : new Envelope(box[0], box[2], box[1], box[3]);
    List<Map<String, @Nullable Object>> features = new ArrayList<>();
    List<LayerDiff.Entry> entries = diff.list(null, 0, MOST_ON_A_MAP + 1);
    boolean whole = entries.size() <= MOST_ON_A_MAP;
    for (LayerDiff.Entry entry : entries) {
      if (features.size() >= 2 * limit) {
        whole = false;
        break;
      }
      if (entry.kind() != ChangeKind.ADDED) {
        side(diff, diff.before(), entry, "before", wanted, features);
      }
      if (entry.kind() != ChangeKind.REMOVED && entry.kind() != ChangeKind.ATTRIBUTES) {
        side(diff, diff.after(), entry, "after", wanted, features);
      }
    }
    Map<String, Object> collection = new LinkedHashMap<>();
    collection.put("type", "FeatureCollection");
    collection.put("complete", whole);
    collection.put("features", features);
    return Reply.json("application/geo+json", collection);
  }

  private void side(
      LayerDiff diff,
      LayerDiff.@Nullable State state,
      LayerDiff.Entry entry,
      String side,
      @Nullable Envelope wanted,
      List<Map<String, @Nullable Object>> into) {
    if (state == null) {
      return;
    }
    Geometry geometry =
        store
            .findFeature(diff.layer(), new FeatureId(entry.id()), state.asOf())
            .map(Feature::geometry)
            .map(shape -> view.toDegrees(shape, state.stored().crs()))
            .orElse(null);
    if (geometry == null || wanted != null && !wanted.intersects(geometry.getEnvelopeInternal())) {
      return;
    }
    Map<String, @Nullable Object> properties = new LinkedHashMap<>();
    properties.put("n", Long.toString(entry.id()));
    properties.put("kind", entry.kind().wireName());
    properties.put("side", side);
    into.add(GeoJson.feature(geometry, properties));
  }

  private Reply findings(Call call) {
    Submission submission = get(call);
    Optional<CheckedImport> checked = imports.find(submission.checked());
    List<LayerFinding> found =
        submission.revision() > 0
            ? catalogue.listFindings().stream()
                .filter(one -> one.revision() == submission.revision())
                .toList()
            : checked.map(CheckedImport::findings).orElse(List.of());
    Map<LayerId, AsOf> states = new HashMap<>();
    checked.ifPresent(
        waiting -> waiting.layers().forEach(each -> states.put(each.layer(), each.version())));
    List<FindingsView.FindingJson> items = new ArrayList<>();
    for (LayerFinding one : found) {
      LayerId layer = one.layer();
      items.add(
          layer == null
              ? FindingsView.json(one, Optional.empty(), field -> false, call.language())
              : FindingsView.json(
                  one,
                  store
                      .findLayer(layer, states.getOrDefault(layer, AsOf.NOW))
                      .map(StoredLayer::schema),
                  view.openFields(layer),
                  call.language()));
    }
    return Reply.json(new FindingsView.FindingList(items));
  }

  private Reply settle(Call call) throws IOException {
    Submission submission = get(call);
    Matches body = call.json(Matches.class);
    if (!LayerId.isValid(body.layer())) {
      throw new ProblemException(Problem.notFound(body.layer()));
    }
    LayerId layer = new LayerId(body.layer());
    Submission after =
        SubmissionsEndpoint.refusable(
            () ->
                submissions.settle(
                    submission.id(),
                    layer,
                    body.pairs().stream()
                        .map(
                            pair ->
                                new Submissions.Pair(
                                    Long.parseLong(pair.before()),
                                    pair.after() == null ? 0 : Long.parseLong(pair.after()),
                                    pair.same()))
                        .toList()));
    long open = after.layers().stream().mapToLong(Submission.LayerChange::doubtful).sum();
    return Reply.json(Map.of("submission", Long.toString(after.id()), "doubtful", open));
  }

  private LayerDiff layerDiff(Call call) throws IOException {
    LayerId layer = call.path(org.tequio.http.Parameter.LAYER);
    String department = catalogue.findLayer(layer).map(LayerRecord::department).orElse(null);
    permissions.require(
        call,
        department == null
            ? Permission.of(Names.SUBMIT)
            : Permission.ofDepartment(Names.SUBMIT, LayerId.ofName(department).value()));
    return between(layer, call.required(Names.FROM), call.query(Names.TO).orElse(AsOf.NOW));
  }

  private Reply ofLayer(Call call) throws IOException {
    return Reply.json(page(layerDiff(call), call));
  }

  private Reply mapOfLayer(Call call) throws IOException {
    return map(layerDiff(call), call);
  }
}
