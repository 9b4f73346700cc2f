package org.tequio.procedure.file;

import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
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

/** What officers do with the files of their office; those of others do not exist for them. */
final class InboxEndpoint {
  private static final int LONGEST = 8000;
  private static final int MOST_YEARS = 100;

  private final CaseDesk desk;
  private final Attachments attachments;
  private final Officers officers;
  private final Absences absences;
  private final Permissions permissions;

  InboxEndpoint(
      CaseDesk desk,
      Attachments attachments,
      Officers officers,
      Absences absences,
      Permissions permissions) {
    this.desk = desk;
    this.attachments = attachments;
    this.officers = officers;
    this.absences = absences;
    this.permissions = permissions;
  }

  List<Endpoint> endpoints() {
    String one = "/api/inbox/{case}";
    return List.of(
        Endpoint.get("/api/inbox", "inbox", CaseNames.WORK, this::inbox)
            .summary("The files of an office, those that fall due first before others.")
            .with(
                CaseNames.OFFICE,
                CaseNames.STATE,
                CaseNames.OFFICER,
                CaseNames.AFTER,
                CaseNames.LIMIT)
            .answers("application/json", InboxList.class),
        Endpoint.get("/api/inbox-counts", "inboxCounts", CaseNames.WORK, this::counts)
            .summary("How many files an office has in each state.")
            .with(CaseNames.OFFICE)
            .answers("application/json", Map.class),
        Endpoint.get("/api/inbox-asked", "inboxAsked", CaseNames.WORK, this::asked)
            .summary("The open files of other offices that ask for an opinion.")
            .with(CaseNames.OFFICE, CaseNames.LIMIT)
            .answers("application/json", CasesEndpoint.CaseList.class),
        Endpoint.get("/api/inbox-officers", "inboxOfficers", CaseNames.WORK, this::officers)
            .summary("Who works in an office, for a file to be given to one of them.")
            .with(CaseNames.OFFICE)
            .answers("application/json", OfficerList.class),
        Endpoint.get(one, "inboxCase", CaseNames.WORK, this::get)
            .summary("One file.")
            .with(CaseNames.CASE)
            .answers("application/json", CaseView.CaseJson.class),
        Endpoint.get(one + "/history", "inboxHistory", CaseNames.WORK, this::history)
            .summary("Every step of a file, oldest first.")
            .with(CaseNames.CASE)
            .answers("application/json", CasesEndpoint.HistoryList.class),
        Endpoint.get(one + "/attachments", "inboxAttachments", CaseNames.WORK, this::attached)
            .summary("The files attached to a case.")
            .with(CaseNames.CASE)
            .answers("application/json", CasesEndpoint.AttachmentList.class),
        Endpoint.post(one + "/attachments", "attachInInbox", CaseNames.WORK, this::attach)
            .summary("Attaches a PDF, JPEG or PNG of at most 20 MiB.")
            .with(CaseNames.CASE, CaseNames.NAME)
            .takes("application/octet-stream", null)
            .answers("application/json", CasesEndpoint.AttachmentJson.class),
        Endpoint.get(
                one + "/attachments/{number}", "inboxAttachment", CaseNames.WORK, this::attachment)
            .summary("The bytes of an attached file.")
            .with(CaseNames.CASE, CaseNames.ATTACHMENT)
            .answers("application/octet-stream", null),
        verb(one, "assign", AssignJson.class, this::assign, "Gives a file to an officer."),
        verb(one, "ask", AskJson.class, this::ask, "Asks another office for its opinion."),
        verb(one, "opinion", OpinionJson.class, this::opine, "Gives the opinion asked for."),
        verb(one, "visit", VisitJson.class, this::visit, "Notes an inspection on the spot."),
        verb(one, "prevent", PreventJson.class, this::prevent, "Asks that it be completed."),
        Endpoint.post(one + "/note", "noteCase", CaseNames.WORK, this::note)
            .summary("Adds a note that stays inside the office; the applicant never sees it.")
            .with(CaseNames.CASE)
            .takes("application/json", NoteJson.class),
        verb(one, "archive", ArchiveJson.class, this::archive, "Puts an ended file away."));
  }

  private static Endpoint verb(
      String path, String verb, Class<?> body, Endpoint.Handler handler, String summary) {
    String id = verb + "Case";
    return Endpoint.post(path + "/" + verb, id, CaseNames.WORK, handler)
        .summary(summary)
        .with(CaseNames.CASE)
        .takes("application/json", body)
        .answers("application/json", CaseView.CaseJson.class);
  }

  record OfficerList(List<OfficerJson> officers) {}

  record OfficerJson(String id, String name) {}

  record InboxList(List<CaseView.CaseJson> items, @Nullable String next) {}

  record AssignJson(long version, String officer) {}

  record AskJson(long version, String office, String question, boolean pauses) {}

  record OpinionJson(long version, String office, boolean favourable, String text) {}

  record VisitJson(
      long version,
      String note,
      @Nullable Double longitude,
      @Nullable Double latitude,
      List<Long> photos) {}

  record PreventJson(long version, String what) {}

  record NoteJson(String text) {}

  record ArchiveJson(long version, int years) {}

  // ---- lists

  private String office(Call call) {
    call.account();
    String office = call.query(CaseNames.OFFICE).orElse("");
    permissions.require(call, Permission.ofDepartment(CaseNames.WORK, office));
    return office;
  }

  private Reply inbox(Call call) {
    String office = office(call);
    int limit = call.query(CaseNames.LIMIT).orElse(50);
    List<CaseTables.Entry> page =
        desk.tables()
            .inbox(
                office,
                call.query(CaseNames.STATE).orElse(null),
                call.query(CaseNames.OFFICER)
                    .map(officer -> before(office, officer))
                    .orElse(List.of()),
                call.query(CaseNames.AFTER).map(InboxEndpoint::place).orElse(null),
                limit);
    CaseTables.@Nullable Place last = page.size() == limit ? page.getLast().place() : null;
    return Reply.json(
        new InboxList(
            page.stream().map(entry -> json(call, entry.file())).toList(),
            last == null ? null : last.text()));
  }

  /** An officer, and those for whom this one stands in today. */
  private List<String> before(String office, String officer) {
    List<String> all = new ArrayList<>(List.of(officer));
    all.addAll(absences.coveredBy(office, officer, desk.today(office)));
    return all;
  }

  static CaseTables.Place place(String text) {
    int dot = text.indexOf('.');
    if (dot < 1 || !text.substring(0, dot).matches("-?[0-9]{1,18}|" + CaseTables.NEVER)) {
      throw new ProblemException(
          Problem.invalidParameter(
              CaseNames.AFTER.name(),
              new LocalText(
                  "el 'next' de la página anterior",
                  "o 'next' da página anterior",
                  "the 'next' of the page before"),
              text));
    }
    return new CaseTables.Place(Long.parseLong(text.substring(0, dot)), text.substring(dot + 1));
  }

  private Reply counts(Call call) {
    return Reply.json(desk.tables().count(office(call)));
  }

  private Reply officers(Call call) {
    String office = office(call);
    return Reply.json(
        new OfficerList(
            officers.list(office).stream()
                .map(person -> new OfficerJson(person.id(), person.name()))
                .toList()));
  }

  private Reply asked(Call call) {
    String office = office(call);
    return Reply.json(
        new CasesEndpoint.CaseList(
            desk.tables().listAsked(office, call.query(CaseNames.LIMIT).orElse(50)).stream()
                .map(file -> json(call, file))
                .toList(),
            null));
  }

  private CaseView.CaseJson json(Call call, CaseFile file) {
    return CaseView.json(file, desk.due(file), false, call.language());
  }

  // ---- one file

  /** A file of the caller's office. */
  CaseFile own(Call call) {
    return of(call, false);
  }

  /** The same, or one about which the caller's office was asked. */
  CaseFile seen(Call call) {
    return of(call, true);
  }

  private CaseFile of(Call call, boolean asked) {
    call.account();
    CaseFile file = desk.tables().find(call.path(CaseNames.CASE)).orElse(null);
    CaseFile.Filing filing = file == null ? null : file.filing();
    String office = filing == null ? "" : filing.terms().office();
    if (asked && file != null && !mayWork(call, office)) {
      office =
          file.opinions().stream()
              .map(CaseFile.Opinion::office)
              .filter(one -> mayWork(call, one))
              .findFirst()
              .orElse(office);
    }
    permissions.require(call, Permission.ofDepartment(CaseNames.WORK, office));
    if (file == null || filing == null) {
      throw new ProblemException(Problem.notFound(call.path()));
    }
    return file;
  }

  private boolean mayWork(Call call, String office) {
    return permissions.allows(call, Permission.ofDepartment(CaseNames.WORK, office));
  }

  private Reply get(Call call) {
    return Reply.json(json(call, seen(call)));
  }

  private Reply history(Call call) {
    CaseFile file = seen(call);
    boolean internal = mayWork(call, file.getFiling().terms().office());
    return Reply.json(
        new CasesEndpoint.HistoryList(CaseView.json(desk.tables().history(file.id()), internal)));
  }

  private Reply note(Call call) {
    CaseFile file = own(call);
    String text = said(call.json(NoteJson.class).text());
    return CasesEndpoint.refusable(
        () -> {
          desk.note(file.id(), call.account(), text);
          return Reply.empty();
        });
  }

  private Reply attached(Call call) {
    return CasesEndpoint.listed(attachments, seen(call).id());
  }

  private Reply attachment(Call call) throws IOException {
    return CasesEndpoint.bytes(call, attachments, seen(call).id());
  }

  private Reply attach(Call call) throws IOException {
    return CasesEndpoint.attach(call, attachments, own(call).id(), true);
  }

  // ---- steps

  Reply done(Call call, java.util.function.Supplier<CaseFile> step) {
    return CasesEndpoint.refusable(() -> Reply.json(json(call, step.get())));
  }

  private Reply assign(Call call) {
    CaseFile file = own(call);
    AssignJson body = call.json(AssignJson.class);
    officers.require(body.officer(), file.getFiling().terms().office());
    return done(call, () -> desk.assign(file.id(), body.version(), call.account(), body.officer()));
  }

  private Reply ask(Call call) {
    CaseFile file = own(call);
    AskJson body = call.json(AskJson.class);
    String question = said(body.question());
    if (!desk.hasOffice(body.office())) {
      throw new ProblemException(
          Problem.invalidBody(
              new LocalText(
                  "no hay tal oficina", "não há tal repartição", "there is no such office")));
    }
    return done(
        call,
        () ->
            desk.ask(
                file.id(), body.version(), call.account(), body.office(), question, body.pauses()));
  }

  private Reply opine(Call call) {
    CaseFile file = seen(call);
    OpinionJson body = call.json(OpinionJson.class);
    if (!mayWork(call, body.office())) {
      throw new ProblemException(Problem.notFound(call.path()));
    }
    String text = said(body.text());
    return done(
        call,
        () ->
            desk.opine(
                file.id(), body.version(), call.account(), body.office(), body.favourable(), text));
  }

  private Reply visit(Call call) {
    CaseFile file = own(call);
    VisitJson body = call.json(VisitJson.class);
    String note = said(body.note());
    if (!isOnEarth(body.longitude(), 180) || !isOnEarth(body.latitude(), 90)) {
      throw new ProblemException(
          Problem.invalidBody(
              new LocalText(
                  "el lugar no está en la Tierra",
                  "o lugar não está na Terra",
                  "the place is not on Earth")));
    }
    return done(
        call,
        () ->
            desk.visit(
                file.id(),
                body.version(),
                call.account(),
                note,
                body.longitude(),
                body.latitude(),
                body.photos()));
  }

  private static boolean isOnEarth(@Nullable Double degrees, double most) {
    return degrees == null || Math.abs(degrees) <= most;
  }

  private Reply prevent(Call call) {
    CaseFile file = own(call);
    PreventJson body = call.json(PreventJson.class);
    String what = said(body.what());
    return done(call, () -> desk.prevent(file.id(), body.version(), call.account(), what));
  }

  private Reply archive(Call call) {
    CaseFile file = own(call);
    ArchiveJson body = call.json(ArchiveJson.class);
    if (body.years() < 1 || body.years() > MOST_YEARS) {
      throw new ProblemException(
          Problem.invalidBody(
              new LocalText(
                  "se guarda de 1 a 100 años",
                  "guarda-se de 1 a 100 anos",
                  "it is kept for 1 to 100 years")));
    }
    LocalDate until = LocalDate.ofInstant(desk.now(), ZoneOffset.UTC).plusYears(body.years());
    return done(call, () -> desk.archive(file.id(), body.version(), call.account(), until));
  }

  /** What an officer says must be said, and has its length. */
  static String said(String text) {
    String stripped = text.strip();
    if (stripped.isEmpty() || stripped.length() > LONGEST) {
      throw new ProblemException(
          Problem.invalidBody(
              new LocalText(
                  "se espera un texto de hasta " + LONGEST + " caracteres",
                  "espera-se um texto de até " + LONGEST + " caracteres",
                  "wanted a text of at most " + LONGEST + " characters")));
    }
    return stripped;
  }
}
