package org.tequio.publish.ogc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.http.Action;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.http.Representation;
import org.tequio.publish.html.HtmlPage;
import org.tequio.publish.html.Link;
import org.tequio.publish.process.CityProcess;
import org.tequio.publish.process.JobProblems;
import org.tequio.publish.process.ProcessInput;
import org.tequio.publish.process.ProcessJob;
import org.tequio.publish.process.ProcessJobs;
import org.tequio.publish.process.ProcessOrder;
import org.tequio.publish.process.References;

/** OGC API – Processes Part 1 (OGC 18-062r2): what there is to ask for, and asking for it. */
public final class ProcessesEndpoint {
  static final String ROOT = OgcEndpoint.ROOT + "/processes";
  static final String RELATION = "http://www.opengis.net/def/rel/ogc/1.0/processes";

  /** Asking a process to do its work. */
  public static final Action RUN = new Action("process.run");

  /** The name of the one thing that each process makes. */
  static final String OUTPUT = "file";

  private static final String EXECUTE = "http://www.opengis.net/def/rel/ogc/1.0/execute";

  /** How long a request waits for a result. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Parameter<String> PROCESS =
      Parameter.pathId(
          "process",
          "Identifier of a process.",
          new LocalText("un proceso", "um processo", "a process"));
  private static final Parameter<Integer> LIMIT =
      Parameter.integer("limit", "At most so many.", 1, 1_000, 100);
  private static final List<Representation> FORMS =
      List.of(Representation.JSON, Representation.HTML);

  private final ProcessJobs jobs;
  private final JobsEndpoint answers;
  private final Permissions permissions;
  private final References references;

  /**
   * Answers from these.
   *
   * @param references reads inputs that come by their address
   */
  public ProcessesEndpoint(ProcessJobs jobs, References references, Permissions permissions) {
    this.jobs = jobs;
    this.references = references;
    this.permissions = permissions;
    this.answers = new JobsEndpoint(jobs, permissions);
  }

  List<Endpoint> endpoints() {
    List<Endpoint> all = new ArrayList<>();
    all.add(
        Endpoint.get(ROOT, "getProcesses", Action.CITY_READ, this::list)
            .summary("What can be asked for that takes longer than a request.")
            .with(LIMIT, Representation.F)
            .answers("application/json", ProcessList.class)
            .answers("text/html", null));
    all.add(
        Endpoint.get(ROOT + "/{process}", "getProcessDescription", Action.CITY_READ, this::one)
            .summary("One process: what it wants to know and what it makes.")
            .with(PROCESS, Representation.F)
            .answers("application/json", ProcessDescription.class)
            .answers("text/html", null));
    all.add(
        Endpoint.post(ROOT + "/{process}/execution", "execute", RUN, this::execute)
            .summary(
                "Asks a process; with 'Prefer: respond-async' the answer is a job to be followed.")
            .with(PROCESS)
            .takes("application/json", Execute.class)
            .answers("application/json", JobsEndpoint.StatusInfo.class)
            .answers("application/octet-stream", null));
    all.addAll(answers.endpoints());
    return all;
  }

  record ProcessList(List<ProcessSummary> processes, List<Link> links) {}

  record ProcessSummary(
      String id,
      String title,
      String description,
      String version,
      List<String> jobControlOptions,
      List<String> outputTransmission,
      List<Link> links) {}

  record ProcessDescription(
      String id,
      String title,
      String description,
      String version,
      List<String> jobControlOptions,
      List<String> outputTransmission,
      Map<String, InputDescription> inputs,
      Map<String, OutputDescription> outputs,
      List<Link> links) {}

  record InputDescription(
      String title, String description, int minOccurs, int maxOccurs, Map<String, Object> schema) {}

  record OutputDescription(String title, Map<String, Object> schema) {}

  /**
   * An order as it comes (execute.yaml).
   *
   * @param outputs which are wanted; there is one, and it is always made
   * @param response raw or document
   */
  record Execute(
      @Nullable Map<String, Object> inputs,
      @Nullable Map<String, Output> outputs,
      @Nullable String response) {
    Execute {
      if (response != null && !List.of("raw", "document").contains(response)) {
        throw new IllegalArgumentException("response: raw | document");
      }
      if (outputs != null && !List.of(OUTPUT).containsAll(outputs.keySet())) {
        throw new IllegalArgumentException("outputs: " + OUTPUT);
      }
    }

    ProcessOrder.Answer answer() {
      boolean reference =
          Optional.ofNullable(outputs)
              .map(wanted -> wanted.get(OUTPUT))
              .filter(output -> "reference".equals(output.transmissionMode))
              .isPresent();
      if ("document".equals(response)) {
        return reference ? ProcessOrder.Answer.DOCUMENT_REFERENCE : ProcessOrder.Answer.DOCUMENT;
      }
      return reference ? ProcessOrder.Answer.RAW_REFERENCE : ProcessOrder.Answer.RAW;
    }
  }

  /**
   * How an output is wanted.
   *
   * @param transmissionMode value or reference
   */
  record Output(@Nullable Map<String, Object> format, @Nullable String transmissionMode) {
    Output {
      if (transmissionMode != null && !TRANSMISSION.contains(transmissionMode)) {
        throw new IllegalArgumentException("transmissionMode: value | reference");
      }
    }
  }

  private static final List<String> MODES = List.of("sync-execute", "async-execute", "dismiss");
  private static final List<String> TRANSMISSION = List.of("value", "reference");
  private static final String VERSION = "1.0.0";

  private Reply list(Call call) {
    permissions.require(call, Permission.READ_CITY);
    Language language = call.language();
    List<CityProcess> all = jobs.processes().stream().limit(call.query(LIMIT).orElse(100)).toList();
    if (call.representation(FORMS).equals(Representation.JSON)) {
      return Reply.json(
          new ProcessList(
              all.stream().map(process -> summary(call, process)).toList(),
              OgcEndpoint.self(call, ROOT)));
    }
    HtmlPage page =
        new HtmlPage(language, OgcTexts.PROCESSES.in(language), OgcEndpoint.trail(call))
            .lead(OgcTexts.PROCESSES_ABOUT.in(language))
            .table(List.of(OgcTexts.PROCESSES.in(language), ""));
    for (CityProcess process : all) {
      page.row()
          .cellLink(
              call.link(ROOT + "/" + process.id(), "f", "html", "lang", language.tag()),
              process.title().in(language))
          .cell(process.description().in(language));
    }
    return Reply.html(page.endTable().end());
  }

  private ProcessSummary summary(Call call, CityProcess process) {
    Language language = call.language();
    String path = ROOT + "/" + process.id();
    List<Link> links = new ArrayList<>(OgcEndpoint.self(call, path));
    links.add(
        new Link(
            call.link(path + "/execution"),
            EXECUTE,
            "application/json",
            process.title().in(language)));
    return new ProcessSummary(
        process.id(),
        process.title().in(language),
        process.description().in(language),
        VERSION,
        MODES,
        TRANSMISSION,
        links);
  }

  private Reply one(Call call) {
    permissions.require(call, Permission.READ_CITY);
    Language language = call.language();
    CityProcess process = process(call);
    Map<String, InputDescription> inputs = new LinkedHashMap<>();
    for (ProcessInput input : process.inputs()) {
      inputs.put(
          input.id(),
          new InputDescription(
              input.title().in(language),
              input.description().in(language),
              input.minOccurs(),
              input.maxOccurs(),
              input.schema()));
    }
    if (call.representation(FORMS).equals(Representation.JSON)) {
      ProcessSummary summary = summary(call, process);
      return Reply.json(
          new ProcessDescription(
              summary.id,
              summary.title,
              summary.description,
              VERSION,
              MODES,
              TRANSMISSION,
              inputs,
              Map.of(
                  OUTPUT,
                  new OutputDescription(OgcTexts.RESULT.in(language), process.outputSchema())),
              summary.links));
    }
    HtmlPage page =
        new HtmlPage(
                language,
                process.title().in(language),
                OgcEndpoint.trail(call, OgcTexts.PROCESSES.in(language), ROOT))
            .lead(process.description().in(language))
            .links(
                List.of(
                    new Link(
                        call.link(ROOT + "/" + process.id(), "f", "json"),
                        "alternate",
                        "application/json",
                        OgcTexts.AS_JSON.in(language))))
            .table(List.of("", "", "JSON Schema"));
    inputs.forEach(
        (name, input) ->
            page.row()
                .head(name + (input.minOccurs > 0 ? " *" : ""))
                .cell(input.description)
                .cell(input.schema));
    return Reply.html(page.endTable().end());
  }

  private CityProcess process(Call call) {
    String id = call.path(PROCESS);
    return jobs.findProcess(id)
        .orElseThrow(() -> new ProblemException(JobProblems.noSuchProcess(id)));
  }

  private Reply execute(Call call) {
    permissions.require(call, Permission.of(RUN));
    CityProcess process = process(call);
    Execute asked = call.json(Execute.class);
    ProcessOrder order =
        new ProcessOrder(
            ProcessOrder.inputs(process, asked.inputs, references),
            call.language(),
            call.base(),
            asked.answer());
    ProcessJob job = started(process, order, call, References.named(asked.inputs));
    if (prefersAsync(call)) {
      return answers
          .status(call, job)
          .status(201)
          .with("Location", call.link(JobsEndpoint.path(job)))
          .with("Preference-Applied", "respond-async");
    }
    ProcessJob last = jobs.await(job, PATIENCE);
    if (!last.state().isFinal()) {
      jobs.dismiss(last);
      throw new ProblemException(JobProblems.TAKES_LONG);
    }
    return answers.result(
        call, last, "<" + call.link(JobsEndpoint.path(job)) + ">; rel=\"monitor\"");
  }

  private ProcessJob started(
      CityProcess process, ProcessOrder order, Call call, Optional<String> reference) {
    String account = call.caller().account();
    try {
      return jobs.start(process, order, account, account == null ? call.address() : account);
    } catch (ProblemException e) {
      // What is wrong with a value would be told with parts of it.
      if (reference.isPresent() && e.problem().status() == 400) {
        throw References.unfit(reference.get());
      }
      throw e;
    }
  }

  /** RFC 7240, 4.1. */
  private static boolean prefersAsync(Call call) {
    for (String one : call.header("Prefer").orElse("").split("[,;]")) {
      if (one.strip().toLowerCase(Locale.ROOT).equals("respond-async")) {
        return true;
      }
    }
    return false;
  }
}
