package org.tequio.reconcile.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.tequio.catalogue.Catalogue;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
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
import org.tequio.reconcile.Check;
import org.tequio.reconcile.Checks;

/** What should hold across layers: set up, run, look at the findings. */
public final class ChecksEndpoint {
  private static final Action RUN = new Action("check.run");
  private static final int MOST_ON_THE_MAP = 20_000;
  private static final Parameter<Long> CHECK = Answers.number("check", "Number of a check.");
  private static final GeometryFactory FACTORY = new GeometryFactory();

  private final Checks checks;
  private final Permissions permissions;
  private final LayerOwners owners;
  private final Jobs jobs;

  /** Answers from these. */
  public ChecksEndpoint(Checks checks, Catalogue catalogue, Permissions permissions, Jobs jobs) {
    this.checks = checks;
    this.permissions = permissions;
    this.owners = new LayerOwners(catalogue, permissions);
    this.jobs = jobs;
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    String one = "/api/checks/{check}";
    return List.of(
        Endpoint.get("/api/checks", "checks", RUN, this::list)
            .summary("All checks that one may see, and the kinds there are."),
        Endpoint.post("/api/checks", "newCheck", RUN, this::create)
            .summary("Sets one up.")
            .takes("application/json", Draft.class),
        Endpoint.post(one + "/run", "runCheck", RUN, this::run).summary("Runs it.").with(CHECK),
        Endpoint.get(one + "/findings", "checkFindings", RUN, this::findings)
            .summary("What its last run told.")
            .with(CHECK, Answers.AFTER, Answers.LIMIT),
        Endpoint.get(one + ".geojson", "checkMap", RUN, this::map)
            .summary("What its last run told, on the map.")
            .with(CHECK),
        Endpoint.delete(one, "deleteCheck", RUN, this::delete)
            .summary("Forgets it with its findings.")
            .with(CHECK));
  }

  record Draft(String kind, List<String> layers, @Nullable Map<String, Double> options) {}

  private Reply list(Call call) {
    permissions.require(call, Permission.ofPerson(RUN, call.account()));
    Map<String, @Nullable Object> page =
        Answers.page(
            checks.list().stream()
                .filter(each -> owners.allow(call, RUN, each.layers()))
                .map(each -> document(each, call))
                .toList(),
            null);
    page.put("kinds", checks.kinds().stream().map(kind -> document(kind, call)).toList());
    return Reply.json(page);
  }

  private Check owned(Call call) {
    Optional<Check> found = checks.find(call.path(CHECK));
    owners.require(call, RUN, found.map(Check::layers).orElse(List.of()));
    return found.orElseThrow(() -> new ProblemException(Problem.notFound(call.path())));
  }

  private Reply create(Call call) {
    Draft draft = call.json(Draft.class);
    List<LayerId> layers = new ArrayList<>();
    for (String layer : draft.layers) {
      if (!LayerId.isValid(layer)) {
        throw new ProblemException(
            Problem.invalidBody(
                new LocalText(
                    "'layers': se esperaban capas",
                    "'layers': esperavam-se camadas",
                    "'layers': wanted layers")));
      }
      layers.add(new LayerId(layer));
    }
    owners.require(call, RUN, layers);
    Map<String, Double> options = draft.options == null ? Map.of() : draft.options;
    Check made = Answers.told(() -> checks.create(draft.kind, layers, options, call.account()));
    return Reply.created("/api/checks/" + made.id(), document(made, call));
  }

  private Reply run(Call call) {
    Check check = owned(call);
    LocalText title = title(check);
    Job job =
        jobs.start(
            call.account(),
            "check-run",
            title,
            progress -> {
              Check done = Answers.told(() -> checks.run(check.id(), progress));
              Map<String, Object> result = new LinkedHashMap<>();
              result.put("check", Long.toString(done.id()));
              result.put("count", done.count() == null ? 0 : done.count());
              return result;
            });
    return Jobs.accepted(call, job, Map.of());
  }

  private LocalText title(Check check) {
    return checks.kinds().stream()
        .filter(kind -> kind.kind().equals(check.kind()))
        .findFirst()
        .orElseThrow()
        .title();
  }

  private Reply findings(Call call) {
    Check check = owned(call);
    int limit = call.query(Answers.LIMIT).orElse(100);
    List<Checks.Finding> findings =
        checks.listFindings(check.id(), call.query(Answers.AFTER).orElse(0), limit);
    String next = findings.size() < limit ? null : Long.toString(findings.getLast().number());
    return Reply.json(
        Answers.page(findings.stream().map(each -> document(each, call)).toList(), next));
  }

  private Reply map(Call call) {
    Check check = owned(call);
    List<Map<String, @Nullable Object>> features = new ArrayList<>();
    for (Checks.Finding finding : checks.listFindings(check.id(), 0, MOST_ON_THE_MAP)) {
      features.add(
          Answers.feature(
              FACTORY.createPoint(new Coordinate(finding.lon(), finding.lat())),
              document(finding, call)));
    }
    return Reply.json("application/geo+json", Answers.collection(features));
  }

  private Reply delete(Call call) {
    Check check = owned(call);
    checks.delete(check.id(), call.account());
    return Reply.empty();
  }

  private static Map<String, Object> document(Checks.Finding finding, Call call) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("n", finding.number());
    document.put("text", finding.text().in(call.language()));
    document.put("lon", finding.lon());
    document.put("lat", finding.lat());
    document.put("bbox", finding.bbox());
    document.put(
        "features",
        finding.features().stream()
            .map(
                one ->
                    Map.of("layer", one.layer().value(), "feature", Long.toString(one.feature())))
            .toList());
    document.put("measure", finding.measure());
    return document;
  }

  private Map<String, @Nullable Object> document(Check check, Call call) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("id", Long.toString(check.id()));
    document.put("kind", check.kind());
    document.put("title", title(check).in(call.language()));
    document.put("layers", check.layers().stream().map(LayerId::value).toList());
    document.put("options", check.options());
    document.put("state", check.state().wireName());
    LocalText problem = check.problem();
    document.put("problem", problem == null ? null : problem.in(call.language()));
    document.put("count", check.count());
    document.put("untold", check.untold());
    document.put("checked", check.checked() == null ? null : check.checked().toString());
    document.put("revision", check.revision());
    return document;
  }

  private static Map<String, Object> document(Checks.Kind kind, Call call) {
    return Map.of(
        "kind",
        kind.kind(),
        "title",
        kind.title().in(call.language()),
        "question",
        kind.question().in(call.language()),
        "roles",
        kind.roles().stream()
            .map(
                role ->
                    Map.of(
                        "title",
                        role.title().in(call.language()),
                        "dimension",
                        role.dimension(),
                        "optional",
                        role.optional()))
            .toList(),
        "options",
        kind.options());
  }
}
