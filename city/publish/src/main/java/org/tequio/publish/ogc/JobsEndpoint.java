package org.tequio.publish.ogc;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.http.Representation;
import org.tequio.publish.html.HtmlPage;
import org.tequio.publish.html.Link;
import org.tequio.publish.process.CityProcess;
import org.tequio.publish.process.JobProblems;
import org.tequio.publish.process.ProcessFile;
import org.tequio.publish.process.ProcessJob;
import org.tequio.publish.process.ProcessJobs;
import org.tequio.publish.process.ProcessOrder;

/**
 * The jobs of processes (OGC 18-062r2, 7.12 to 7.14, clauses 11 and 13). Who signed in sees their
 * own; a job that a stranger asked for is reached by its identifier, which cannot be guessed, and
 * never listed.
 */
final class JobsEndpoint {
  static final String ROOT = OgcEndpoint.ROOT + "/jobs";
  static final String RELATION = "http://www.opengis.net/def/rel/ogc/1.0/job-list";

  /** Following, ending and reading the result of work that one asked for. */
  static final Action FOLLOW = new Action("process.follow");

  private static final String RESULTS = "http://www.opengis.net/def/rel/ogc/1.0/results";

  private static final Parameter<String> JOB =
      Parameter.pathId(
          "job", "Identifier of a job.", new LocalText("un trabajo", "um trabalho", "a job"));
  private static final Parameter<String> OUTPUT =
      Parameter.pathId(
          "output",
          "What it made: " + ProcessesEndpoint.OUTPUT + ".",
          new LocalText("un resultado", "um resultado", "an output"));
  private static final Parameter<Integer> LIMIT =
      Parameter.integer("limit", "At most so many.", 1, 1_000, 100);
  private static final Parameter<List<String>> TYPE =
      texts("type", "Only of these kinds: process.");
  private static final Parameter<List<String>> PROCESS =
      texts("processID", "Only of these processes.");
  private static final Parameter<List<String>> STATUS = texts("status", "Only in these states.");
  private static final Parameter<Integer> MIN_DURATION =
      Parameter.integer(
          "minDuration", "Only that ran so many seconds or longer.", 0, Integer.MAX_VALUE, 0);
  private static final Parameter<Integer> MAX_DURATION =
      Parameter.integer(
          "maxDuration",
          "Only that ran so many seconds or shorter.",
          0,
          Integer.MAX_VALUE,
          Integer.MAX_VALUE);
  private static final List<Representation> FORMS =
      List.of(Representation.JSON, Representation.HTML);

  /** The largest file that stands within a document; a larger one is linked. */
  private static final long MOST_INLINE = 1 << 20;

  private final ProcessJobs jobs;
  private final Permissions permissions;

  JobsEndpoint(ProcessJobs jobs, Permissions permissions) {
    this.jobs = jobs;
    this.permissions = permissions;
  }

  private static Parameter<List<String>> texts(String name, String description) {
    return new Parameter<>(
        Parameter.Place.QUERY,
        name,
        description,
        new LocalText(
            "valores separados por comas",
            "valores separados por vírgulas",
            "values with commas between"),
        Parameter.schema("array", "items", Parameter.schema("string")),
        text -> text.length() > 1_000 ? Optional.empty() : Optional.of(List.of(text.split(","))));
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(ROOT, "getJobs", FOLLOW, this::list)
            .summary("The jobs that one has asked for, newest first.")
            .with(
                TYPE,
                PROCESS,
                STATUS,
                TimeSpan.DATETIME,
                MIN_DURATION,
                MAX_DURATION,
                LIMIT,
                Representation.F)
            .answers("application/json", JobList.class)
            .answers("text/html", null),
        Endpoint.get(ROOT + "/{job}", "getStatus", FOLLOW, this::one)
            .summary("How far a job is.")
            .with(JOB, Representation.F)
            .answers("application/json", StatusInfo.class)
            .answers("text/html", null),
        Endpoint.delete(ROOT + "/{job}", "dismiss", FOLLOW, this::dismiss)
            .summary("Ends a job, or throws its result away.")
            .with(JOB)
            .answers("application/json", StatusInfo.class),
        Endpoint.get(ROOT + "/{job}/results", "getResult", FOLLOW, this::results)
            .summary("What a job made: itself, or a document with its address, as was asked for.")
            .with(JOB)
            .answers("application/octet-stream", null)
            .answers("application/json", null),
        Endpoint.get(ROOT + "/{job}/results/{output}", "getResultFile", FOLLOW, this::file)
            .summary("What a job made; goes on where it was cut off (Range).")
            .with(JOB, OUTPUT)
            .answers("application/octet-stream", null));
  }

  record JobList(List<StatusInfo> jobs, List<Link> links) {}

  /**
   * A job as statusInfo.yaml has it.
   *
   * @param title what people call its process
   * @param bytes the size of what it made; null where there is nothing
   * @param expires when that will be gone; null where there is nothing
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record StatusInfo(
      String processID,
      String type,
      String jobID,
      String status,
      String title,
      String message,
      Instant created,
      @Nullable Instant started,
      @Nullable Instant finished,
      Instant updated,
      int progress,
      @Nullable Long bytes,
      @Nullable Instant expires,
      List<Link> links) {}

  static String path(ProcessJob job) {
    return ROOT + "/" + job.id();
  }

  static String filePath(ProcessJob job) {
    return path(job) + "/results/" + ProcessesEndpoint.OUTPUT;
  }

  private Reply list(Call call) {
    permissions.require(call, Permission.of(FOLLOW));
    String account = call.caller().account();
    List<ProcessJob> own =
        (account == null ? List.<ProcessJob>of() : jobs.listJobs(account))
            .stream()
                .filter(job -> isWanted(call, job))
                .limit(call.query(LIMIT).orElse(100))
                .toList();
    Language language = call.language();
    if (call.representation(FORMS).equals(Representation.JSON)) {
      return Reply.json(
          new JobList(
              own.stream().map(job -> info(call, job)).toList(), OgcEndpoint.self(call, ROOT)));
    }
    HtmlPage page =
        new HtmlPage(language, OgcTexts.JOBS.in(language), OgcEndpoint.trail(call))
            .lead(OgcTexts.JOBS_ABOUT.in(language))
            .table(List.of(OgcTexts.JOBS.in(language), "", "%"));
    for (ProcessJob job : own) {
      StatusInfo info = info(call, job);
      page.row()
          .cellLink(
              call.link(path(job), "f", "html", "lang", language.tag()),
              info.title + " " + info.created)
          .cell(info.message)
          .cell(info.progress);
    }
    return Reply.html(page.endTable().end());
  }

  private static boolean isWanted(Call call, ProcessJob job) {
    long seconds = seconds(job);
    return call.query(TYPE).map(types -> types.contains("process")).orElse(true)
        && call.query(PROCESS).map(ids -> ids.contains(job.process())).orElse(true)
        && call.query(STATUS).map(all -> all.contains(job.state().wireName())).orElse(true)
        && call.query(TimeSpan.DATETIME).map(span -> span.holds(job.created())).orElse(true)
        && call.query(MIN_DURATION).map(least -> seconds >= least).orElse(true)
        && call.query(MAX_DURATION).map(most -> seconds >= 0 && seconds <= most).orElse(true);
  }

  /** How long it ran, or has run; -1 where it did not begin. */
  private static long seconds(ProcessJob job) {
    Instant started = job.started();
    if (started == null) {
      return -1;
    }
    Instant finished = job.finished();
    return Duration.between(started, finished == null ? job.updated() : finished).toSeconds();
  }

  private ProcessJob mine(Call call) {
    permissions.require(call, Permission.of(FOLLOW));
    String id = call.path(JOB);
    return jobs.findJob(id)
        .filter(job -> job.owner() == null || job.owner().equals(call.caller().account()))
        .orElseThrow(() -> new ProblemException(JobProblems.noSuchJob(id)));
  }

  private Reply one(Call call) {
    ProcessJob job = mine(call);
    if (call.representation(FORMS).equals(Representation.JSON)) {
      return status(call, job);
    }
    Language language = call.language();
    StatusInfo info = info(call, job);
    HtmlPage page =
        new HtmlPage(
                language, info.title, OgcEndpoint.trail(call, OgcTexts.JOBS.in(language), ROOT))
            .lead(info.message)
            .links(
                info.links.stream()
                    .filter(link -> !link.rel().equals("self"))
                    .map(link -> new Link(link.href(), link.rel(), link.type(), link.title()))
                    .toList())
            .table(List.of());
    page.row().head("%").cell(info.progress);
    page.row().head(OgcTexts.CREATED.in(language)).cell(info.created);
    page.row().head(OgcTexts.FINISHED.in(language)).cell(info.finished);
    page.row().head(OgcTexts.EXPIRES.in(language)).cell(info.expires);
    return Reply.html(page.endTable().end());
  }

  private Reply dismiss(Call call) {
    return status(call, jobs.dismiss(mine(call)));
  }

  private Reply results(Call call) {
    return result(call, mine(call), "");
  }

  private Reply file(Call call) {
    ProcessJob job = mine(call);
    if (!call.path(OUTPUT).equals(ProcessesEndpoint.OUTPUT)) {
      throw new ProblemException(Problem.notFound(call.path(OUTPUT)));
    }
    return file(job);
  }

  /** The status document of a job. */
  Reply status(Call call, ProcessJob job) {
    return Reply.json(info(call, job)).with("Cache-Control", "no-store");
  }

  /**
   * What a job made, as was asked for.
   *
   * @param link what else the answer's header {@code Link} should say; empty for nothing
   * @throws ProblemException where it made nothing
   */
  Reply result(Call call, ProcessJob job, String link) {
    Reply result =
        switch (job.order().answer()) {
          case RAW -> file(job);
          case RAW_REFERENCE -> {
            made(job);
            yield Reply.empty();
          }
          case DOCUMENT -> document(job.bytes() > MOST_INLINE ? link(call, job) : inline(job));
          case DOCUMENT_REFERENCE -> document(link(call, job));
        };
    List<String> links = new ArrayList<>();
    if (!link.isEmpty()) {
      links.add(link);
    }
    if (job.order().answer() == ProcessOrder.Answer.RAW_REFERENCE) {
      links.add("<" + call.link(filePath(job)) + ">; rel=\"" + ProcessesEndpoint.OUTPUT + '"');
    }
    return links.isEmpty() ? result : result.with("Link", String.join(", ", links));
  }

  private static Reply document(Object output) {
    return Reply.json(Map.of(ProcessesEndpoint.OUTPUT, output)).with("Cache-Control", "no-store");
  }

  private Link link(Call call, ProcessJob job) {
    ProcessFile made = made(job);
    String name = String.valueOf(made.path().getFileName());
    return new Link(call.link(filePath(job)), "item", made.mediaType(), name);
  }

  /** A file within a document (qualifiedInputValue.yaml). */
  record QualifiedValue(byte[] value, String mediaType, String encoding) {}

  private QualifiedValue inline(ProcessJob job) {
    ProcessFile made = made(job);
    try {
      return new QualifiedValue(Files.readAllBytes(made.path()), made.mediaType(), "base64");
    } catch (NoSuchFileException e) {
      // Let go of in this very moment.
      throw new ProblemException(JobProblems.OUTDATED);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Reply file(ProcessJob job) {
    ProcessFile made = made(job);
    Path name = made.path().getFileName();
    return Reply.file(made.mediaType(), made.path(), job.id() + "-" + job.attempts())
        .with("Content-Disposition", "attachment; filename=\"" + name + '"')
        .with("Cache-Control", "private, no-cache");
  }

  private ProcessFile made(ProcessJob job) {
    Problem problem = job.problem();
    return switch (job.state()) {
      case ACCEPTED, RUNNING -> throw new ProblemException(JobProblems.NOT_READY);
      case DISMISSED -> throw new ProblemException(JobProblems.GONE);
      case FAILED -> throw new ProblemException(problem == null ? JobProblems.GONE : problem);
      case SUCCESSFUL ->
          jobs.findFile(job).orElseThrow(() -> new ProblemException(JobProblems.OUTDATED));
    };
  }

  private StatusInfo info(Call call, ProcessJob job) {
    Language language = call.language();
    boolean hasResult = job.state() == ProcessJob.State.SUCCESSFUL;
    Instant finished = job.finished();
    List<Link> links = new ArrayList<>(OgcEndpoint.self(call, path(job)));
    if (hasResult) {
      ProcessFile file = job.file();
      String media = file == null ? "application/octet-stream" : file.mediaType();
      links.add(
          new Link(
              call.link(path(job) + "/results"),
              RESULTS,
              isDocument(job) ? "application/json" : media,
              OgcTexts.RESULT.in(language)));
      links.add(
          new Link(
              call.link(filePath(job)),
              "enclosure",
              media,
              file == null ? "" : String.valueOf(file.path().getFileName())));
    }
    return new StatusInfo(
        job.process(),
        "process",
        job.id(),
        job.state().wireName(),
        jobs.findProcess(job.process())
            .map(CityProcess::title)
            .orElse(LocalText.same(job.process()))
            .in(language),
        message(job).in(language),
        job.created(),
        job.started(),
        finished,
        job.updated(),
        job.progress(),
        hasResult ? job.bytes() : null,
        hasResult && finished != null ? finished.plus(ProcessJobs.KEPT) : null,
        links);
  }

  private static boolean isDocument(ProcessJob job) {
    return switch (job.order().answer()) {
      case RAW, RAW_REFERENCE -> false;
      case DOCUMENT, DOCUMENT_REFERENCE -> true;
    };
  }

  private static LocalText message(ProcessJob job) {
    Problem problem = job.problem();
    return switch (job.state()) {
      case ACCEPTED -> OgcTexts.WAITING;
      case RUNNING -> job.step().isEmpty() ? OgcTexts.RUNNING : LocalText.same(job.step());
      case SUCCESSFUL -> OgcTexts.READY;
      case FAILED -> problem == null ? OgcTexts.RUNNING : problem.detail();
      case DISMISSED -> OgcTexts.DISMISSED;
    };
  }
}
