package org.tequio.reconcile.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.LayerRecord;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.feature.Progress;
import org.tequio.http.Action;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Job;
import org.tequio.http.Jobs;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.reconcile.GroupItem;
import org.tequio.reconcile.GroupState;
import org.tequio.reconcile.Reconciliation;
import org.tequio.reconcile.ReconciliationKind;
import org.tequio.reconcile.Reconciliations;

/** Many versions of one thing: set up, compare, decide, choose authorities, publish. */
public final class ReconciliationsEndpoint {
  private static final Action MANAGE = new Action("reconcile.manage");
  private static final Parameter<Long> RECONCILIATION =
      Answers.number("reconciliation", "Number of a reconciliation.");
  private static final Parameter<Long> GROUP = Answers.number("group", "Number of a group.");
  private static final Parameter<String> STATE =
      Parameter.choice(
          "state", "Only groups in this state.", "matched", "doubtful", "settled", "single");
  private static final Parameter<String> LAYER =
      Parameter.text("layer", "Only groups with a feature of this layer.", LayerId.MAX_LENGTH);

  private final Reconciliations reconciliations;
  private final Catalogue catalogue;
  private final Permissions permissions;
  private final LayerOwners owners;
  private final Jobs jobs;

  /** Answers from these. */
  public ReconciliationsEndpoint(
      Reconciliations reconciliations, Catalogue catalogue, Permissions permissions, Jobs jobs) {
    this.reconciliations = reconciliations;
    this.catalogue = catalogue;
    this.permissions = permissions;
    this.owners = new LayerOwners(catalogue, permissions);
    this.jobs = jobs;
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    String one = "/api/reconciliations/{reconciliation}";
    return List.of(
        Endpoint.get("/api/reconciliations", "reconciliations", MANAGE, this::list)
            .summary("All reconciliations that one may see."),
        Endpoint.post("/api/reconciliations", "newReconciliation", MANAGE, this::create)
            .summary("Sets one up.")
            .takes("application/json", Draft.class),
        Endpoint.get(one, "reconciliation", MANAGE, this::one)
            .summary("One reconciliation.")
            .with(RECONCILIATION),
        Endpoint.put(one, "changeReconciliation", MANAGE, this::replace)
            .summary("Changes its title, keys and names, and adds layers at the end.")
            .with(RECONCILIATION)
            .takes("application/json", Draft.class),
        Endpoint.delete(one, "deleteReconciliation", MANAGE, this::delete)
            .summary("Forgets it; what it published stays.")
            .with(RECONCILIATION),
        Endpoint.post(one + "/run", "runReconciliation", MANAGE, this::run)
            .summary("Compares its layers.")
            .with(RECONCILIATION),
        Endpoint.get(one + "/groups", "reconciliationGroups", MANAGE, this::groups)
            .summary("What belongs together, side by side.")
            .with(RECONCILIATION, STATE, LAYER, Answers.AFTER, Answers.LIMIT),
        Endpoint.get(one + "/groups/{group}.geojson", "reconciliationGroup", MANAGE, this::shapes)
            .summary("The features of one group on the map.")
            .with(RECONCILIATION, GROUP),
        Endpoint.post(one + "/decisions", "decide", MANAGE, this::decide)
            .summary("Says which features are the same, and which are not; null takes it back.")
            .with(RECONCILIATION)
            .takes("application/json", Decisions.class),
        Endpoint.get(one + "/attributes", "reconciliationAttributes", MANAGE, this::attributes)
            .summary("What the layers say, and where they agree.")
            .with(RECONCILIATION),
        Endpoint.put(one + "/authority", "chooseAuthority", MANAGE, this::authority)
            .summary("Chooses whose word holds for each attribute and the geometry.")
            .with(RECONCILIATION)
            .takes("application/json", null),
        Endpoint.post(one + "/publish", "publishReconciliation", MANAGE, this::publish)
            .summary("Publishes the merged layer, the crosswalk and the provenance.")
            .with(RECONCILIATION));
  }

  record Draft(String title, @Nullable String kind, List<DraftMember> members) {}

  record DraftMember(String layer, @Nullable String key, @Nullable String name) {}

  record Decisions(List<DecisionItem> items) {}

  record DecisionItem(
      long n, List<DecidedMember> members, @Nullable Boolean same, @Nullable String note) {}

  record DecidedMember(String layer, long feature) {}

  private Reply list(Call call) {
    permissions.require(call, Permission.ofPerson(MANAGE, call.account()));
    List<Map<String, @Nullable Object>> own =
        reconciliations.list().stream()
            .filter(each -> owners.allow(call, MANAGE, each.layers()))
            .map(each -> document(each, call))
            .toList();
    return Reply.json(Answers.page(own, null));
  }

  private Reconciliation managed(Call call) {
    long id = call.path(RECONCILIATION);
    Optional<Reconciliation> found = reconciliations.find(id);
    owners.require(call, MANAGE, found.map(Reconciliation::layers).orElse(List.of()));
    return found.orElseThrow(() -> new ProblemException(Problem.notFound(call.path())));
  }

  private Reply create(Call call) {
    Draft draft = call.json(Draft.class);
    List<Reconciliation.Member> members = members(draft);
    owners.require(call, MANAGE, members.stream().map(Reconciliation.Member::layer).toList());
    ReconciliationKind kind =
        draft.kind == null
            ? ReconciliationKind.CROSSWALK
            : ReconciliationKind.find(draft.kind)
                .orElseThrow(() -> invalid("kind", "crosswalk, join"));
    Reconciliation made =
        Answers.told(() -> reconciliations.create(draft.title, kind, members, call.account()));
    return Reply.created("/api/reconciliations/" + made.id(), document(made, call));
  }

  private static List<Reconciliation.Member> members(Draft draft) {
    List<Reconciliation.Member> members = new ArrayList<>();
    for (DraftMember member : draft.members) {
      members.add(new Reconciliation.Member(layer(member.layer), member.key, member.name));
    }
    return members;
  }

  private static LayerId layer(String id) {
    if (!LayerId.isValid(id)) {
      throw invalid("layer", "a layer id");
    }
    return new LayerId(id);
  }

  private static ProblemException invalid(String member, String wanted) {
    return new ProblemException(
        Problem.invalidBody(
            new LocalText(
                "'" + member + "': se esperaba " + wanted,
                "'" + member + "': esperava-se " + wanted,
                "'" + member + "': wanted " + wanted)));
  }

  private Reply one(Call call) {
    return Reply.json(document(managed(call), call));
  }

  private Reply replace(Call call) {
    Reconciliation before = managed(call);
    Draft draft = call.json(Draft.class);
    List<Reconciliation.Member> members = members(draft);
    owners.require(call, MANAGE, members.stream().map(Reconciliation.Member::layer).toList());
    Reconciliation after =
        Answers.told(
            () -> reconciliations.replace(before.id(), draft.title, members, call.account()));
    return Reply.json(document(after, call));
  }

  private Reply delete(Call call) {
    Reconciliation gone = managed(call);
    reconciliations.delete(gone.id(), call.account());
    return Reply.empty();
  }

  private Reply run(Call call) {
    Reconciliation each = managed(call);
    return job(
        call,
        "reconcile-run",
        new LocalText(
            "Comparar: " + each.title(), "Comparar: " + each.title(), "Compare: " + each.title()),
        progress -> reconciliations.run(each.id(), progress));
  }

  private Reply publish(Call call) {
    Reconciliation each = managed(call);
    String author = call.account();
    return job(
        call,
        "reconcile-publish",
        new LocalText(
            "Publicar: " + each.title(), "Publicar: " + each.title(), "Publish: " + each.title()),
        progress -> reconciliations.publish(each.id(), author, progress));
  }

  /** Work on a reconciliation. */
  @FunctionalInterface
  private interface Work {
    Reconciliation run(Progress progress);
  }

  private Reply job(Call call, String kind, LocalText title, Work work) {
    Job job =
        jobs.start(
            call.account(),
            kind,
            title,
            progress ->
                Map.of(
                    "reconciliation", Long.toString(Answers.told(() -> work.run(progress)).id())));
    return Jobs.accepted(call, job, Map.of());
  }

  private Reply groups(Call call) {
    Reconciliation each = managed(call);
    int limit = call.query(Answers.LIMIT).orElse(100);
    List<GroupItem> items =
        reconciliations.listGroups(
            each.id(),
            call.query(STATE).flatMap(GroupState::find),
            call.query(LAYER).map(ReconciliationsEndpoint::layer),
            call.query(Answers.AFTER).orElse(0),
            limit);
    String next = items.size() < limit ? null : Long.toString(items.getLast().number());
    return Reply.json(
        Answers.page(items.stream().map(item -> document(item, call)).toList(), next));
  }

  private static Map<String, @Nullable Object> document(GroupItem item, Call call) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("n", item.number());
    document.put("state", item.state().wireName());
    document.put("score", item.score());
    List<Map<String, @Nullable Object>> members = new ArrayList<>();
    for (GroupItem.Member member : item.members()) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("layer", member.layer().value());
      one.put("feature", Long.toString(member.feature()));
      one.put("key", member.key());
      one.put("name", member.name());
      one.put("bbox", Answers.bbox(member.bbox()));
      one.put("areaM2", member.areaM2());
      members.add(one);
    }
    document.put("members", members);
    document.put(
        "evidence",
        item.evidence().stream()
            .map(
                reason ->
                    Map.of(
                        "kind",
                        reason.kind(),
                        "text",
                        reason.text().in(call.language()),
                        "score",
                        reason.score()))
            .toList());
    List<Map<String, @Nullable Object>> differences = new ArrayList<>();
    for (GroupItem.Difference difference : item.differences()) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("attribute", difference.attribute());
      one.put("values", byLayer(difference.values()));
      one.put("meters", difference.meters());
      one.put("areaM2", difference.areaM2());
      differences.add(one);
    }
    document.put("differences", differences);
    GroupItem.Decision decision = item.decision();
    document.put("same", decision == null ? null : decision.same());
    document.put("note", decision == null ? null : decision.note());
    return document;
  }

  private static @Nullable Map<String, String> byLayer(@Nullable Map<LayerId, String> values) {
    if (values == null) {
      return null;
    }
    Map<String, String> named = new LinkedHashMap<>();
    values.forEach((layer, value) -> named.put(layer.value(), value));
    return named;
  }

  private Reply shapes(Call call) {
    Reconciliation each = managed(call);
    List<Map<String, @Nullable Object>> features =
        reconciliations.shapes(each.id(), call.path(GROUP)).stream()
            .map(
                shape ->
                    Answers.feature(
                        shape.geometry(),
                        Map.of(
                            "layer",
                            shape.layer().value(),
                            "feature",
                            Long.toString(shape.feature()))))
            .toList();
    if (features.isEmpty()) {
      throw new ProblemException(Problem.notFound(call.path()));
    }
    return Reply.json("application/geo+json", Answers.collection(features));
  }

  private Reply decide(Call call) {
    Reconciliation each = managed(call);
    Decisions decisions = call.json(Decisions.class);
    List<Reconciliations.Verdict> verdicts = new ArrayList<>();
    for (DecisionItem item : decisions.items) {
      String note = item.note == null ? "" : item.note;
      if (note.length() > 2000) {
        throw invalid("note", "2000 characters at most");
      }
      verdicts.add(
          new Reconciliations.Verdict(
              item.n,
              item.members.stream()
                  .map(
                      member ->
                          new Reconciliations.DecidedFeature(layer(member.layer), member.feature))
                  .toList(),
              item.same,
              note));
    }
    Reconciliation after =
        Answers.told(() -> reconciliations.decide(each.id(), verdicts, call.account()));
    return Reply.json(document(after, call));
  }

  private Reply attributes(Call call) {
    Reconciliation each = managed(call);
    Reconciliation.Found found = each.found();
    List<Map<String, Object>> items = new ArrayList<>();
    if (found != null) {
      for (Reconciliation.Attribute attribute : found.attributes()) {
        Map<String, String> fields = new LinkedHashMap<>();
        Map<String, Long> missing = new LinkedHashMap<>();
        for (int member = 0; member < each.members().size(); member++) {
          String field = attribute.fields().get(member);
          if (field != null) {
            fields.put(each.layers().get(member).value(), field);
            missing.put(each.layers().get(member).value(), attribute.missing().get(member));
          }
        }
        items.add(
            Map.of(
                "attribute",
                attribute.name(),
                "label",
                attribute.label().in(call.language()),
                "fields",
                fields,
                "agree",
                attribute.agree(),
                "differ",
                attribute.differ(),
                "missing",
                missing));
      }
    }
    return Reply.json(Answers.page(items, null));
  }

  private Reply authority(Call call) {
    Reconciliation each = managed(call);
    Map<String, LayerId> chosen = new LinkedHashMap<>();
    Map<?, ?> body = call.json(Map.class);
    body.forEach((attribute, layer) -> chosen.put(attribute.toString(), layer(layer.toString())));
    Reconciliation after =
        Answers.told(() -> reconciliations.chooseAuthority(each.id(), chosen, call.account()));
    return Reply.json(document(after, call));
  }

  private Map<String, @Nullable Object> document(Reconciliation each, Call call) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("id", Long.toString(each.id()));
    document.put("title", each.title());
    document.put("kind", each.kind().wireName());
    List<Map<String, @Nullable Object>> members = new ArrayList<>();
    boolean whole = true;
    for (Reconciliation.Member member : each.members()) {
      Optional<LayerRecord> layer = catalogue.findLayer(member.layer());
      whole &= layer.isPresent();
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("layer", member.layer().value());
      one.put("title", layer.map(found -> found.title().in(call.language())).orElse(null));
      one.put("key", member.key());
      one.put("name", member.name());
      members.add(one);
    }
    document.put("members", members);
    document.put("state", each.state().wireName());
    LocalText problem = each.problem();
    document.put("problem", problem == null ? null : problem.in(call.language()));
    document.put("counts", counts(each));
    document.put("comparisons", comparisons(each, call));
    Map<String, String> authority = new LinkedHashMap<>();
    if (whole) {
      reconciliations
          .authority(each)
          .forEach((attribute, layer) -> authority.put(attribute, layer.value()));
    }
    document.put("authority", authority);
    document.put("chosen", List.copyOf(each.authority().keySet()));
    document.put("merged", id(each.merged()));
    document.put("crosswalk", id(each.crosswalk()));
    document.put("provenance", id(each.provenance()));
    document.put("updated", each.updated().toString());
    return document;
  }

  private static @Nullable String id(@Nullable LayerId layer) {
    return layer == null ? null : layer.value();
  }

  private Map<String, Object> counts(Reconciliation each) {
    Map<String, Object> counts = new LinkedHashMap<>();
    reconciliations
        .countByState(each)
        .forEach((state, count) -> counts.put(state.wireName(), count));
    counts.remove(GroupState.SINGLE.wireName());
    Map<String, Long> only = new LinkedHashMap<>();
    Reconciliation.Found found = each.found();
    if (found != null) {
      for (int member = 0; member < found.singles().size(); member++) {
        only.put(each.layers().get(member).value(), found.singles().get(member));
      }
      counts.put("unresolved", found.unresolved());
    }
    counts.put("onlyIn", only);
    return counts;
  }

  private static List<Map<String, Object>> comparisons(Reconciliation each, Call call) {
    Reconciliation.Found found = each.found();
    if (found == null) {
      return List.of();
    }
    return found.comparisons().stream()
        .map(
            comparison ->
                Map.<String, Object>of(
                    "layers",
                    List.of(
                        each.layers().get(comparison.first()).value(),
                        each.layers().get(comparison.second()).value()),
                    "keys",
                    comparison.keys().in(call.language()),
                    "names",
                    comparison.names()))
        .toList();
  }
}
