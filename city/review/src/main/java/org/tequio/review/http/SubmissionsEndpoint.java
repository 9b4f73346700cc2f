package org.tequio.review.http;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.LayerRecord;
import org.tequio.feature.Language;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.http.Call;
import org.tequio.http.Egress;
import org.tequio.http.Endpoint;
import org.tequio.http.Job;
import org.tequio.http.Jobs;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.review.DiffSummary;
import org.tequio.review.NewSubmission;
import org.tequio.review.SchemaChange;
import org.tequio.review.Submission;
import org.tequio.review.SubmissionRefused;
import org.tequio.review.SubmissionState.Verb;
import org.tequio.review.Submissions;
import org.tequio.review.tables.ReviewTables;
import org.tequio.review.upload.Uploads;

/** Handing in new versions of layers, and deciding on them. */
public final class SubmissionsEndpoint {
  private static final int LONGEST_COMMENT = 4000;

  private final Submissions submissions;
  private final ReviewTables tables;
  private final Uploads uploads;
  private final Catalogue catalogue;
  private final Egress egress;
  private final Jobs jobs;
  private final Permissions permissions;

  /** Answers from these. */
  public SubmissionsEndpoint(
      Submissions submissions,
      ReviewTables tables,
      Uploads uploads,
      Catalogue catalogue,
      Egress egress,
      Jobs jobs,
      Permissions permissions) {
    this.submissions = submissions;
    this.tables = tables;
    this.uploads = uploads;
    this.catalogue = catalogue;
    this.egress = egress;
    this.jobs = jobs;
    this.permissions = permissions;
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    List<Endpoint> all = new ArrayList<>();
    all.add(
        Endpoint.post("/api/submissions", "submit", Names.SUBMIT, this::create)
            .summary("Hands in a file, or an address to fetch it from, as a new version of layers.")
            .takes("application/json", NewSubmissionJson.class)
            .answers("application/json", null));
    all.add(
        Endpoint.get("/api/submissions", "submissions", Names.SUBMIT, this::list)
            .summary("Submissions, newest first.")
            .with(
                Names.STATE, Names.OF_LAYER, Names.DEPARTMENT, Names.MINE, Names.AFTER, Names.LIMIT)
            .answers("application/json", SubmissionList.class));
    all.add(
        Endpoint.get("/api/submissions/{submission}", "submission", Names.SUBMIT, this::one)
            .summary("One submission: what it changes, and what can be done with it.")
            .with(Names.SUBMISSION)
            .answers("application/json", SubmissionJson.class));
    all.add(
        Endpoint.post(
                "/api/submissions/{submission}/recheck",
                "recheckSubmission",
                Names.SUBMIT,
                this::recheck)
            .summary("Checks it again, against what is published now.")
            .with(Names.SUBMISSION)
            .answers("application/json", null));
    for (Verb verb : Verb.values()) {
      switch (verb) {
        case SUBMIT, WITHDRAW, APPROVE, REQUEST_CHANGES, REJECT -> all.add(verb(verb));
        case SETTLE, RECHECK -> {} // have bodies or jobs of their own
      }
    }
    all.add(
        Endpoint.get(
                "/api/submissions/{submission}/comments", "comments", Names.SUBMIT, this::comments)
            .summary("What was said of it, oldest first.")
            .with(Names.SUBMISSION)
            .answers("application/json", CommentList.class));
    all.add(
        Endpoint.post(
                "/api/submissions/{submission}/comments", "comment", Names.SUBMIT, this::comment)
            .summary("Says something of it.")
            .with(Names.SUBMISSION)
            .takes("application/json", NewComment.class)
            .answers("application/json", CommentJson.class));
    return all;
  }

  private Endpoint verb(Verb verb) {
    String name = verb.wireName();
    return Endpoint.post(
            "/api/submissions/{submission}/" + name,
            "submission"
                + name.substring(0, 1).toUpperCase(java.util.Locale.ROOT)
                + name.substring(1).replace("-", ""),
            verb.isReviewers() ? Names.REVIEW : Names.SUBMIT,
            call -> act(call, verb))
        .summary("Moves it on its way.")
        .with(Names.SUBMISSION)
        .takes("application/json", Note.class)
        .answers("application/json", SubmissionJson.class);
  }

  record NewSubmissionJson(
      @Nullable String layer,
      String department,
      @Nullable String upload,
      @Nullable String url,
      @Nullable String message) {}

  record Note(@Nullable String note) {}

  record NewComment(String text) {}

  record CommentJson(String id, String at, Map<String, String> author, String text) {}

  record CommentList(List<CommentJson> items) {}

  record SubmissionList(List<SubmissionJson> items, @Nullable String next) {}

  record NamedJson(String id, String name) {}

  record TitledJson(String id, String title) {}

  record AlarmJson(String code, String text) {}

  record LayerChangeJson(
      String layer,
      String title,
      String outcome,
      long count,
      Map<String, Long> summary,
      List<SchemaChange> schema,
      List<AlarmJson> alarms) {}

  record SubmissionJson(
      String id,
      String title,
      NamedJson department,
      @Nullable TitledJson layer,
      NamedJson author,
      String state,
      String created,
      String updated,
      String message,
      String source,
      @Nullable Long revision,
      @Nullable Long baseRevision,
      @Nullable List<LayerChangeJson> layers,
      Submission.FindingTotals findings,
      boolean mayAutoPublish,
      List<String> reasons,
      List<String> may) {}

  private SubmissionJson json(Submission submission, Call call, boolean whole) {
    Language language = call.language();
    LayerId layer = submission.layer();
    List<LayerChangeJson> layers =
        submission.layers().stream().map(change -> json(change, language)).toList();
    return new SubmissionJson(
        Long.toString(submission.id()),
        layer == null ? submission.source() : title(layer, language),
        new NamedJson(submission.department().id(), submission.department().name()),
        layer == null ? null : new TitledJson(layer.value(), title(layer, language)),
        new NamedJson(submission.author().id(), submission.author().name()),
        submission.state().wireName(),
        submission.created().toString(),
        submission.updated().toString(),
        submission.message(),
        submission.source(),
        submission.revision() == 0 ? null : submission.revision(),
        submission.layers().stream()
            .map(Submission.LayerChange::basis)
            .max(Long::compare)
            .filter(basis -> basis > 0)
            .orElse(null),
        whole ? layers : null,
        submission.findings(),
        submission.mayAutoPublish(),
        submission.reasons().stream().map(reason -> reason.in(language)).toList(),
        submission.state().verbs().stream()
            .filter(verb -> may(call, verb, submission))
            .map(Verb::wireName)
            .sorted()
            .toList());
  }

  private LayerChangeJson json(Submission.LayerChange change, Language language) {
    DiffSummary sum = change.summary();
    Map<String, Long> summary = new LinkedHashMap<>();
    summary.put("added", sum.added());
    summary.put("removed", sum.removed());
    summary.put("geometry", sum.geometry());
    summary.put("attributes", sum.attributes());
    summary.put("both", sum.both());
    summary.put("unchanged", sum.unchanged());
    summary.put("doubtful", change.doubtful());
    return new LayerChangeJson(
        change.layer().value(),
        title(change.layer(), language),
        change.outcome(),
        change.count(),
        summary,
        change.schema(),
        change.alarms().stream()
            .map(alarm -> new AlarmJson(alarm.code(), alarm.text().in(language)))
            .toList());
  }

  private String title(LayerId layer, Language language) {
    return catalogue
        .findLayer(layer)
        .map(record -> record.title().in(language))
        .orElse(layer.value());
  }

  private boolean may(Call call, Verb verb, Submission submission) {
    return permissions.allows(
        call,
        Permission.ofDepartment(
            verb.isReviewers() ? Names.REVIEW : Names.SUBMIT, submission.department().id()));
  }

  private Reply create(Call call) throws IOException {
    String account = call.account();
    NewSubmissionJson wanted = call.json(NewSubmissionJson.class);
    LayerId layer = layer(wanted.layer());
    String department =
        Optional.ofNullable(layer)
            .flatMap(catalogue::findLayer)
            .map(LayerRecord::department)
            .orElseGet(() -> known(wanted.department()));
    permissions.require(
        call, Permission.ofDepartment(Names.SUBMIT, LayerId.ofName(department).value()));
    if ((wanted.upload() == null) == (wanted.url() == null)) {
      throw new ProblemException(
          Problem.invalidBody(
              new LocalText(
                  "se esperaba 'upload' o 'url'",
                  "esperava-se 'upload' ou 'url'",
                  "wanted either 'upload' or 'url'")));
    }
    String message = wanted.message() == null ? "" : wanted.message();
    String name = call.caller().name();
    return wanted.upload() != null
        ? uploaded(call, wanted.upload(), layer, department, account, name, message)
        : fetched(call, String.valueOf(wanted.url()), layer, department, account, name, message);
  }

  private static @Nullable LayerId layer(@Nullable String id) {
    if (id == null) {
      return null;
    }
    if (!LayerId.isValid(id)) {
      throw new ProblemException(Problem.notFound(id));
    }
    return new LayerId(id);
  }

  /** The name of the department with this identifier, as its layers have it. */
  private String known(String department) {
    if (department.isBlank()) {
      throw new ProblemException(
          Problem.invalidBody(
              new LocalText(
                  "falta 'department'", "falta 'department'", "'department' is missing")));
    }
    String id = LayerId.ofName(department).value();
    return catalogue.listLayers().stream()
        .map(LayerRecord::department)
        .filter(name -> name != null && LayerId.ofName(name).value().equals(id))
        .findFirst()
        .orElse(department);
  }

  private Reply uploaded(
      Call call,
      String id,
      @Nullable LayerId layer,
      String department,
      String account,
      String name,
      String message)
      throws IOException {
    Uploads.Upload upload = uploads.whole(id, account);
    Submission submission =
        refusable(
            () ->
                submissions.create(
                    new NewSubmission(
                        uploads.file(upload),
                        upload.name(),
                        layer,
                        department,
                        account,
                        name,
                        message)));
    uploads.delete(upload);
    return checking(call, submission, account);
  }

  /** What is fetched becomes a submission when it has arrived. */
  private Reply fetched(
      Call call,
      String url,
      @Nullable LayerId layer,
      String department,
      String account,
      String name,
      String message) {
    URI address;
    try {
      address = URI.create(url.strip());
      Egress.check(address, egress.rules());
    } catch (Egress.Refused e) {
      throw new ProblemException(Problem.invalidBody(e.why()));
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          Problem.invalidBody(
              new LocalText(
                  "'url' no es una dirección", "'url' não é um endereço", "'url' is no address")));
    }
    Job job =
        jobs.start(
            account,
            "submission-check",
            LocalText.same(url),
            progress -> {
              progress.step(url, 0, 0);
              Path folder = Files.createTempDirectory("tequio-fetched");
              Path file = folder.resolve(fileName(address));
              try (Egress.Answer answer = egress.get(address, Map.of())) {
                if (answer.status() != 200) {
                  throw new ProblemException(notFetched(url, "HTTP " + answer.status()));
                }
                answer.saveTo(file);
                Submission submission =
                    refusable(
                        () ->
                            submissions.create(
                                new NewSubmission(
                                    file, url, layer, department, account, name, message)));
                return checked(submission.id(), progress);
              } catch (Egress.Refused e) {
                throw new ProblemException(Problem.invalidBody(e.why()));
              } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(folder);
              }
            });
    return Jobs.accepted(call, job, Map.of());
  }

  private static String fileName(URI address) {
    String path = address.getPath() == null ? "" : address.getPath();
    return org.tequio.http.FileName.harmless(path);
  }

  private static Problem notFetched(String url, String why) {
    return Problem.of(
        422,
        "not-fetched",
        new LocalText("No se pudo traer", "Não foi possível buscar", "Could not be fetched"),
        new LocalText(
            url + " respondió " + why, url + " respondeu " + why, url + " answered " + why));
  }

  private Reply checking(Call call, Submission submission, String account) {
    Job job =
        jobs.start(
            account,
            "submission-check",
            LocalText.same(submission.source()),
            progress -> checked(submission.id(), progress));
    return Jobs.accepted(call, job, Map.of("submission", json(submission, call, true)));
  }

  private Map<String, Object> checked(long id, org.tequio.feature.Progress progress)
      throws IOException {
    Submission done = refusable(() -> submissions.check(id, progress));
    return Map.of("submission", Long.toString(id), "state", done.state().wireName());
  }

  private Reply recheck(Call call) {
    String account = call.account();
    Submission submission = get(call, Names.SUBMIT);
    return checking(call, submission, account);
  }

  private Reply list(Call call) {
    String account = call.account();
    boolean mine = call.query(Names.MINE).orElse("false").equals("true");
    int limit = call.query(Names.LIMIT).orElse(50);
    Optional<String> department = call.query(Names.DEPARTMENT);
    permissions.require(
        call,
        mine
            ? Permission.ofPerson(Names.SUBMIT, account)
            : department
                .map(id -> Permission.ofDepartment(Names.SUBMIT, id))
                .orElseGet(() -> Permission.ofPerson(Names.SUBMIT, account)));
    long before = call.query(Names.AFTER).filter(after -> after > 0).orElse(Long.MAX_VALUE);
    List<SubmissionJson> items = new ArrayList<>();
    String next = null;
    while (items.size() < limit && next == null) {
      List<Submission> page =
          submissions.list(
              call.query(Names.STATE).orElse(null),
              department.orElse(null),
              call.query(Names.OF_LAYER).orElse(null),
              mine ? account : null,
              before,
              limit);
      for (Submission one : page) {
        before = one.id();
        // Those of other departments are not shown, and not counted either.
        if (items.size() < limit && may(call, Verb.SUBMIT, one)) {
          items.add(json(one, call, false));
        }
        if (items.size() == limit) {
          next = Long.toString(before);
          break;
        }
      }
      if (page.size() < limit) {
        break;
      }
    }
    return Reply.json(new SubmissionList(items, next));
  }

  private Reply one(Call call) {
    return Reply.json(json(get(call, Names.SUBMIT), call, true));
  }

  /** A submission of another department does not exist. */
  private Submission get(Call call, org.tequio.http.Action action) {
    Submission found = submissions.find(call.path(Names.SUBMISSION)).orElse(null);
    permissions.require(
        call, Permission.ofDepartment(action, found == null ? "" : found.department().id()));
    if (found == null) {
      throw new ProblemException(Problem.notFound(call.path()));
    }
    return found;
  }

  private Reply act(Call call, Verb verb) throws IOException {
    String account = call.account();
    Submission submission = get(call, verb.isReviewers() ? Names.REVIEW : Names.SUBMIT);
    String note = note(call);
    requireShort(note);
    Submission after =
        refusable(
            () -> submissions.act(submission.id(), verb, account, call.caller().name(), note));
    return Reply.json(json(after, call, true));
  }

  /** What is said along with it; a request without a body says nothing. */
  static String note(Call call) {
    if (call.header("Content-Type").isEmpty()) {
      return "";
    }
    return Optional.ofNullable(call.json(Note.class).note()).orElse("");
  }

  private static void requireShort(String text) {
    if (text.length() > LONGEST_COMMENT) {
      throw new ProblemException(Problem.tooLarge(LONGEST_COMMENT));
    }
  }

  private Reply comments(Call call) {
    Submission submission = get(call, Names.SUBMIT);
    return Reply.json(
        new CommentList(
            tables.listComments(submission.id()).stream().map(SubmissionsEndpoint::json).toList()));
  }

  private static CommentJson json(ReviewTables.Comment comment) {
    return new CommentJson(
        Long.toString(comment.id()),
        comment.at().toString(),
        Map.of("id", comment.author(), "name", comment.authorName()),
        comment.text());
  }

  private Reply comment(Call call) {
    String account = call.account();
    Submission submission = get(call, Names.SUBMIT);
    String text = call.json(NewComment.class).text().strip();
    requireShort(text);
    if (text.isEmpty()) {
      throw new ProblemException(
          Problem.invalidBody(
              new LocalText(
                  "el comentario está vacío", "o comentário está vazio", "the comment is empty")));
    }
    return Reply.json(
            json(
                tables.comment(
                    submission.id(), java.time.Instant.now(), account, call.caller().name(), text)))
        .status(201);
  }

  /** Work that may be refused for the state of things. */
  @FunctionalInterface
  interface Refusable<T> {
    T run() throws IOException;
  }

  /** What is refused becomes a 409. */
  static <T> T refusable(Refusable<T> work) throws IOException {
    try {
      return work.run();
    } catch (SubmissionRefused e) {
      throw new ProblemException(Problem.conflict(e));
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          Problem.invalidBody(LocalText.same(String.valueOf(e.getMessage()))));
    }
  }
}
