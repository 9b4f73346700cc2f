package org.tequio.harvest.web;

import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.feature.Progress;
import org.tequio.harvest.HarvestException;
import org.tequio.harvest.HarvestModule;
import org.tequio.harvest.HarvestRun;
import org.tequio.harvest.Offer;
import org.tequio.harvest.Source;
import org.tequio.harvest.SourceKind;
import org.tequio.harvest.SourceStatus;
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

/** Sources and their pulls. A department keeps its own; the administrators keep all. */
public final class SourcesEndpoint {
  /** Seeing, adding, changing, removing and pulling sources. */
  static final Action MANAGE = new Action("source.manage");

  private static final Parameter<LayerId> SOURCE =
      new Parameter<>(
          Parameter.Place.PATH,
          "source",
          "Identifier of a source.",
          new LocalText("un origen", "uma origem", "a source"),
          Parameter.schema("string"),
          text -> LayerId.isValid(text) ? Optional.of(new LayerId(text)) : Optional.empty());

  private final HarvestModule module;
  private final Permissions permissions;
  private final Jobs jobs;

  /** Answers for a module. */
  public SourcesEndpoint(HarvestModule module, Permissions permissions, Jobs jobs) {
    this.module = module;
    this.permissions = permissions;
    this.jobs = jobs;
  }

  /** The operations. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post("/api/sources/preview", "previewSource", MANAGE, this::preview)
            .summary("What an address offers, or in words why nothing can be pulled from it.")
            .takes("application/json", SourceJson.Look.class)
            .answers("application/json", SourceJson.Preview.class),
        Endpoint.get("/api/sources", "sources", MANAGE, this::list)
            .summary("The sources that one may see, and how they stand.")
            .answers("application/json", SourceJson.Items.class),
        Endpoint.post("/api/sources", "addSource", MANAGE, this::add)
            .summary("Adds a source; one with a rhythm is pulled at once.")
            .takes("application/json", SourceJson.Wanted.class)
            .answers("application/json", SourceJson.class),
        Endpoint.get("/api/sources/{source}", "source", MANAGE, this::one)
            .summary("One source and how it stands.")
            .with(SOURCE)
            .answers("application/json", SourceJson.class),
        Endpoint.put("/api/sources/{source}", "replaceSource", MANAGE, this::replace)
            .summary("Replaces a source.")
            .with(SOURCE)
            .takes("application/json", SourceJson.Wanted.class)
            .answers("application/json", SourceJson.class),
        Endpoint.delete("/api/sources/{source}", "removeSource", MANAGE, this::remove)
            .summary("Forgets a source; what came of it stays.")
            .with(SOURCE),
        Endpoint.post("/api/sources/{source}/run", "runSource", MANAGE, this::run)
            .summary("Pulls a source now.")
            .with(SOURCE),
        Endpoint.get("/api/sources/{source}/runs", "sourceRuns", MANAGE, this::runs)
            .summary("The pulls of a source, newest first, and what happened in each.")
            .with(SOURCE)
            .answers("application/json", SourceJson.Runs.class));
  }

  private Reply preview(Call call) throws IOException {
    permissions.requireSome(call, MANAGE);
    SourceJson.Look look = call.json(SourceJson.Look.class);
    String named = look.kind();
    SourceKind kind = named == null ? null : kind(named);
    try {
      Offer offer = module.preview(kind, look.address(), Progress.NONE);
      return Reply.json(new SourceJson.Preview(offer.kind().wireName(), offer.items(), null));
    } catch (HarvestException e) {
      String problem = e.text().in(call.language());
      return Reply.json(
          new SourceJson.Preview(kind == null ? null : kind.wireName(), List.of(), problem));
    }
  }

  private Reply list(Call call) {
    permissions.requireSome(call, MANAGE);
    List<SourceJson> items =
        module.listSources().stream()
            .filter(status -> permissions.allows(call, of(MANAGE, status.source().department())))
            .map(status -> SourceJson.of(status, call.language()))
            .toList();
    return Reply.json(new SourceJson.Items(items, null));
  }

  private Reply one(Call call) {
    return Reply.json(SourceJson.of(allowed(call, MANAGE), call.language()));
  }

  private Reply runs(Call call) {
    LayerId id = allowed(call, MANAGE).source().id();
    return Reply.json(
        new SourceJson.Runs(
            module.listRuns(id).stream()
                .map(run -> SourceJson.Run.of(run, call.language()))
                .toList(),
            null));
  }

  private Reply add(Call call) {
    SourceJson.Wanted wanted = call.json(SourceJson.Wanted.class);
    permissions.require(call, of(MANAGE, wanted.department()));
    Source source = module.add(source(LayerId.ofName(wanted.title()), wanted), isActive(wanted));
    SourceStatus status = module.findSource(source.id()).orElseThrow();
    return Reply.created("/api/sources/" + source.id(), SourceJson.of(status, call.language()));
  }

  private Reply replace(Call call) {
    SourceJson.Wanted wanted = call.json(SourceJson.Wanted.class);
    LayerId id = allowed(call, MANAGE).source().id();
    permissions.require(call, of(MANAGE, wanted.department()));
    module.replace(source(id, wanted), isActive(wanted));
    return Reply.json(SourceJson.of(module.findSource(id).orElseThrow(), call.language()));
  }

  private Reply remove(Call call) throws IOException {
    if (!module.remove(allowed(call, MANAGE).source().id())) {
      throw new ProblemException(busy());
    }
    return Reply.empty();
  }

  private Reply run(Call call) {
    Source source = allowed(call, MANAGE).source();
    Job job =
        jobs.start(
            call.account(),
            "harvest",
            LocalText.same(source.title()),
            progress -> {
              HarvestRun run =
                  module
                      .pull(source.id(), progress)
                      .orElseThrow(() -> new ProblemException(busy()));
              LocalText reason = run.reason();
              if (reason != null) {
                throw new ProblemException(failed(reason));
              }
              return SourceJson.Run.of(run, call.language());
            });
    return Jobs.accepted(call, job, Map.of());
  }

  private static Problem busy() {
    return Problem.of(
        409,
        "source-busy",
        new LocalText("Origen ocupado", "Origem ocupada", "Source busy"),
        new LocalText(
            "este origen se está trayendo en este momento",
            "esta origem está sendo trazida neste momento",
            "this source is being pulled right now"));
  }

  private static Problem failed(LocalText reason) {
    return Problem.of(
        502,
        "source-failed",
        new LocalText(
            "No se pudo traer el origen",
            "Não foi possível trazer a origem",
            "The source could not be pulled"),
        reason);
  }

  /** The source of the path, where the caller may do this with it. */
  private SourceStatus allowed(Call call, Action action) {
    LayerId id = call.path(SOURCE);
    Optional<SourceStatus> found = module.findSource(id);
    if (found.isEmpty()) {
      permissions.requireSome(call, action);
      throw new ProblemException(Problem.notFound(id.value()));
    }
    permissions.require(call, of(action, found.get().source().department()));
    return found.get();
  }

  private static Permission of(Action action, String department) {
    return Permission.ofDepartment(action, LayerId.ofName(department).value());
  }

  private static boolean isActive(SourceJson.Wanted wanted) {
    Boolean active = wanted.active();
    return active == null || active;
  }

  private static Source source(LayerId id, SourceJson.Wanted wanted) {
    List<String> names = wanted.names();
    String layer = wanted.layer();
    try {
      return new Source(
          id,
          wanted.title(),
          kind(wanted.kind()),
          wanted.address(),
          names == null ? List.of() : names,
          wanted.department(),
          layer == null ? null : new LayerId(layer),
          every(wanted.every()),
          options(wanted.options()));
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          Problem.invalidBody(LocalText.same(String.valueOf(e.getMessage()))));
    }
  }

  private static @Nullable Duration every(@Nullable String text) {
    try {
      return text == null ? null : Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new ProblemException(
          Problem.invalidBody(
              new LocalText(
                  "'every': se esperaba una duración como P1D o PT6H",
                  "'every': esperava-se uma duração como P1D ou PT6H",
                  "'every': wanted a duration such as P1D or PT6H")));
    }
  }

  private static Source.Options options(SourceJson.@Nullable Options given) {
    if (given == null) {
      return Source.Options.STANDARD;
    }
    Integer pageSize = given.pageSize();
    Boolean emptyAllowed = given.emptyAllowed();
    return new Source.Options(
        pageSize == null ? 0 : pageSize, given.sortBy(), emptyAllowed != null && emptyAllowed);
  }

  private static SourceKind kind(String name) {
    return SourceKind.findByWireName(name)
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.invalidBody(
                        new LocalText(
                            "'kind': no existe '" + name + "'",
                            "'kind': não existe '" + name + "'",
                            "'kind': there is no '" + name + "'"))));
  }
}
