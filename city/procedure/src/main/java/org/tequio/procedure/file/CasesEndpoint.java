package org.tequio.procedure.file;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.procedure.ProcedureId;

/** What applicants do with their own files; another's does not exist for them. */
final class CasesEndpoint {
  private final CaseDesk desk;
  private final Attachments attachments;
  private final Permissions permissions;
  private final boolean trial;

  /** With payments that take no money where {@code trial}. */
  CasesEndpoint(CaseDesk desk, Attachments attachments, Permissions permissions, boolean trial) {
    this.trial = trial;
    this.desk = desk;
    this.attachments = attachments;
    this.permissions = permissions;
  }

  List<Endpoint> endpoints() {
    String one = "/api/cases/{case}";
    return List.of(
        Endpoint.get("/api/cases", "cases", CaseNames.OWN, this::list)
            .summary("One's own case files.")
            .with(CaseNames.AFTER, CaseNames.LIMIT)
            .answers("application/json", CaseList.class),
        Endpoint.put(one, "saveCase", CaseNames.OWN, this::save)
            .summary("Saves a draft under an identifier of one's own choice; saving again is safe.")
            .with(CaseNames.CASE)
            .takes("application/json", DraftJson.class)
            .answers("application/json", CaseView.CaseJson.class),
        Endpoint.get(one, "case", CaseNames.OWN, this::get)
            .summary("One file: where it stands, when it falls due and why then.")
            .with(CaseNames.CASE)
            .answers("application/json", CaseView.CaseJson.class),
        Endpoint.delete(one, "deleteCase", CaseNames.OWN, this::delete)
            .summary("Throws a draft away.")
            .with(CaseNames.CASE),
        Endpoint.get(one + "/terms", "caseTerms", CaseNames.OWN, this::terms)
            .summary("What a filing made now would cost, and when it would fall due.")
            .with(CaseNames.CASE)
            .answers("application/json", TermsJson.class),
        Endpoint.post(one + "/file", "fileCase", CaseNames.OWN, this::file)
            .summary("Files a draft; where it has a fee, gives the reference to pay.")
            .with(CaseNames.CASE)
            .takes("application/json", VersionJson.class)
            .answers("application/json", CaseView.CaseJson.class),
        Endpoint.post(one + "/withdraw", "withdrawCase", CaseNames.OWN, this::withdraw)
            .summary("Takes a filing back.")
            .with(CaseNames.CASE)
            .takes("application/json", VersionJson.class)
            .answers("application/json", CaseView.CaseJson.class),
        Endpoint.post(one + "/answer", "answerCase", CaseNames.OWN, this::answer)
            .summary("Completes a file as the office asked.")
            .with(CaseNames.CASE)
            .takes("application/json", AnswerJson.class)
            .answers("application/json", CaseView.CaseJson.class),
        Endpoint.get(one + "/history", "caseHistory", CaseNames.OWN, this::history)
            .summary("Every step of a file, oldest first.")
            .with(CaseNames.CASE)
            .answers("application/json", HistoryList.class),
        Endpoint.get(one + "/attachments", "caseAttachments", CaseNames.OWN, this::attached)
            .summary("The files attached to a case.")
            .with(CaseNames.CASE)
            .answers("application/json", AttachmentList.class),
        Endpoint.post(one + "/attachments", "attachToCase", CaseNames.OWN, this::attach)
            .summary("Attaches a PDF, JPEG or PNG of at most 20 MiB; photos lose their location.")
            .with(CaseNames.CASE, CaseNames.NAME)
            .takes("application/octet-stream", null)
            .answers("application/json", AttachmentJson.class),
        Endpoint.get(
                one + "/attachments/{number}", "caseAttachment", CaseNames.OWN, this::attachment)
            .summary("The bytes of an attached file.")
            .with(CaseNames.CASE, CaseNames.ATTACHMENT)
            .answers("application/octet-stream", null),
        Endpoint.delete(
                one + "/attachments/{number}", "detachFromCase", CaseNames.OWN, this::detach)
            .summary("Takes a file from a draft.")
            .with(CaseNames.CASE, CaseNames.ATTACHMENT));
  }

  record DraftJson(String procedure, long version, Map<String, Object> inputs) {}

  record VersionJson(long version) {}

  record AnswerJson(long version, Map<String, Object> inputs) {}

  record CaseList(List<CaseView.CaseJson> items, @Nullable String next) {}

  record HistoryList(List<CaseView.HistoryJson> items) {}

  record AttachmentJson(long number, String name, String type, long bytes, String at) {}

  record AttachmentList(List<AttachmentJson> items) {}

  record TermsJson(
      String office,
      String fee,
      String currency,
      List<String> objections,
      CaseView.@Nullable DueJson due) {}

  private Reply list(Call call) {
    String account = own(call);
    int limit = call.query(CaseNames.LIMIT).orElse(50);
    List<CaseFile> page =
        desk.tables().listOf(account, call.query(CaseNames.AFTER).orElse(""), limit);
    return Reply.json(
        new CaseList(
            page.stream().map(file -> json(call, file)).toList(),
            page.size() == limit ? page.getLast().id() : null));
  }

  private String own(Call call) {
    String account = call.account();
    permissions.require(call, Permission.ofPerson(CaseNames.OWN, account));
    return account;
  }

  /** Another's file does not exist. */
  private CaseFile mine(Call call) {
    return mine(call, desk.tables(), permissions);
  }

  static CaseFile mine(Call call, CaseTables tables, Permissions permissions) {
    call.account();
    CaseFile file = tables.find(call.path(CaseNames.CASE)).orElse(null);
    permissions.require(
        call, Permission.ofPerson(CaseNames.OWN, file == null ? "" : file.applicant()));
    if (file == null) {
      throw new ProblemException(Problem.notFound(call.path()));
    }
    return file;
  }

  private CaseView.CaseJson json(Call call, CaseFile file) {
    return CaseView.json(file, desk.due(file), trial, call.language());
  }

  private Reply save(Call call) {
    String account = own(call);
    String id = call.path(CaseNames.CASE);
    CaseFile there = desk.tables().find(id).orElse(null);
    if (there != null && !there.applicant().equals(account)) {
      throw new ProblemException(Problem.notFound(call.path()));
    }
    DraftJson draft = call.json(DraftJson.class);
    if (!ProcedureId.isValid(draft.procedure())) {
      throw new ProblemException(
          Problem.invalidBody(
              new LocalText(
                  "'procedure' no es un trámite",
                  "'procedure' não é um serviço",
                  "'procedure' is not a procedure")));
    }
    return refusable(
        () ->
            Reply.json(
                json(
                    call,
                    desk.save(id, draft.version(), account, draft.procedure(), draft.inputs()))));
  }

  private Reply get(Call call) {
    return Reply.json(json(call, mine(call)));
  }

  private Reply delete(Call call) {
    CaseFile file = mine(call);
    return refusable(
        () -> {
          desk.delete(file.id());
          return Reply.empty();
        });
  }

  private Reply terms(Call call) {
    CaseFile file = mine(call);
    return refusable(
        () -> {
          FilingTerms terms = desk.getTerms(file.procedure(), file.inputs());
          return Reply.json(
              new TermsJson(
                  terms.office(),
                  java.math.BigDecimal.valueOf(terms.cents(), 2).toPlainString(),
                  terms.currency(),
                  terms.objections().stream().map(text -> text.in(call.language())).toList(),
                  desk.dueIfFiledNow(terms)
                      .map(due -> CaseView.json(due, call.language()))
                      .orElse(null)));
        });
  }

  private Reply file(Call call) {
    CaseFile file = mine(call);
    long version = call.json(VersionJson.class).version();
    return refusable(() -> Reply.json(json(call, desk.file(file.id(), version, call.account()))));
  }

  private Reply withdraw(Call call) {
    CaseFile file = mine(call);
    long version = call.json(VersionJson.class).version();
    return refusable(
        () -> Reply.json(json(call, desk.withdraw(file.id(), version, call.account()))));
  }

  private Reply answer(Call call) {
    CaseFile file = mine(call);
    AnswerJson answer = call.json(AnswerJson.class);
    return refusable(
        () ->
            Reply.json(
                json(
                    call,
                    desk.answer(file.id(), answer.version(), call.account(), answer.inputs()))));
  }

  private Reply history(Call call) {
    return Reply.json(
        new HistoryList(CaseView.json(desk.tables().history(mine(call).id()), false)));
  }

  // ---- attachments

  private Reply attached(Call call) {
    return listed(attachments, mine(call).id());
  }

  static Reply listed(Attachments attachments, String id) {
    return Reply.json(
        new AttachmentList(attachments.list(id).stream().map(CasesEndpoint::json).toList()));
  }

  private static AttachmentJson json(Attachments.Attachment one) {
    return new AttachmentJson(
        one.number(), one.name(), one.type(), one.bytes(), one.at().toString());
  }

  private Reply attach(Call call) throws IOException {
    return attach(call, attachments, mine(call).id(), false);
  }

  static Reply attach(Call call, Attachments attachments, String id, boolean byOffice)
      throws IOException {
    String name = call.query(CaseNames.NAME).orElse("file");
    byte[] bytes;
    try (var body = call.body(Attachments.MAX_BYTES)) {
      bytes = body.readAllBytes();
    }
    try {
      return Reply.json(json(attachments.add(id, call.account(), byOffice, name, bytes)))
          .status(201);
    } catch (CaseRefused e) {
      throw new ProblemException(Problem.conflict(e));
    }
  }

  private Reply attachment(Call call) throws IOException {
    return bytes(call, attachments, mine(call).id());
  }

  /** Shown by no browser as anything but what its content is, and kept by no cache between. */
  static Reply bytes(Call call, Attachments attachments, String id) throws IOException {
    Attachments.Attachment one =
        attachments
            .find(id, call.path(CaseNames.ATTACHMENT))
            .orElseThrow(() -> new ProblemException(Problem.notFound(call.path())));
    byte[] bytes;
    try (var in = attachments.open(one)) {
      bytes = in.readAllBytes();
    }
    String ascii = one.name().replaceAll("[^A-Za-z0-9._ -]", "_");
    return Reply.bytes(one.type(), bytes)
        .with("Content-Disposition", "attachment; filename=\"" + ascii + "\"")
        .with("Cache-Control", "private, no-store")
        .with("X-Content-Type-Options", "nosniff");
  }

  private Reply detach(Call call) {
    CaseFile file = mine(call);
    long number = call.path(CaseNames.ATTACHMENT);
    return refusable(
        () -> {
          attachments.remove(file.id(), number);
          return Reply.empty();
        });
  }

  /** What is refused for the state of things is a 409. */
  static Reply refusable(java.util.function.Supplier<Reply> work) {
    try {
      return work.get();
    } catch (CaseRefused e) {
      throw new ProblemException(Problem.conflict(e));
    }
  }
}
