package org.tequio.procedure.paper;

import java.io.IOException;
import java.util.List;
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
import org.tequio.procedure.Procedures;
import org.tequio.procedure.paper.PaperJson.FindingJson;
import org.tequio.procedure.paper.PaperJson.PaperList;
import org.tequio.procedure.paper.PaperJson.PaperWhole;
import org.tequio.procedure.paper.PaperJson.RevokeJson;
import org.tequio.procedure.paper.PaperJson.VerificationJson;
import org.tequio.procedure.rule.CompiledProcedure;
import org.tequio.procedure.rule.Entries;
import org.tequio.procedure.web.ProceduresEndpoint;

/**
 * Papers over HTTP: asked for, read by those whose they are, revoked by the office, and verified by
 * everyone. Another's paper does not exist, except that whoever has its code may know that it was
 * issued and whether it holds.
 */
public final class PapersEndpoint {
  private static final Action ASK = new Action("paper.ask");
  private static final Action READ = new Action("paper.read");
  private static final Action OWN = new Action("paper.own");
  private static final Action REVOKE = new Action("paper.revoke");
  private static final Action WORK = new Action("case.work");

  private static final long MOST_BYTES = 20L << 20;
  private static final int MOST_LISTED = 500;
  private static final int LONGEST_REASON = 2_000;

  private static final Parameter<PaperCode> CODE =
      new Parameter<>(
          Parameter.Place.PATH,
          "code",
          "The code that stands on a paper, as it is read or typed.",
          new LocalText("un código de verificación", "um código de verificação", "a paper's code"),
          Parameter.schema("string"),
          PaperCode::find);

  private final Papers papers;
  private final Procedures procedures;
  private final Permissions permissions;
  private final PaperSite site;

  /** Answers from these. */
  public PapersEndpoint(
      Papers papers, Procedures procedures, Permissions permissions, PaperSite site) {
    this.papers = papers;
    this.procedures = procedures;
    this.permissions = permissions;
    this.site = site;
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    String result = "/api/results/{code}";
    return List.of(
        Endpoint.post("/api/procedures/{procedure}/paper", "procedurePaper", ASK, this::issue)
            .summary("Makes a signed PDF of what the map answers; the same asked twice is one.")
            .with(ProceduresEndpoint.PROCEDURE)
            .takes("application/json", PaperJson.Order.class)
            .answers("application/json", VerificationJson.class),
        Endpoint.get("/api/results", "results", OWN, this::mine)
            .summary("One's own papers, the newest first.")
            .answers("application/json", PaperList.class),
        Endpoint.get(result, "result", READ, this::whole)
            .summary("A paper, whole, for those whose it is and their office.")
            .with(CODE)
            .answers("application/json", PaperWhole.class),
        Endpoint.get(result + "/pdf", "resultPdf", READ, this::pdf)
            .summary("The signed PDF of a paper, for those whose it is and their office.")
            .with(CODE)
            .answers("application/pdf", null),
        Endpoint.post(result + "/revoke", "revokeResult", REVOKE, this::revoke)
            .summary("Revokes a paper of one's office; everyone who verifies it reads why.")
            .with(CODE)
            .takes("application/json", RevokeJson.class)
            .answers("application/json", VerificationJson.class),
        Endpoint.get("/api/verify/{code}", "verifyCode", Action.CITY_READ, this::verify)
            .summary("Whether a paper was issued here and still holds; nothing personal.")
            .with(CODE)
            .answers("application/json", VerificationJson.class),
        Endpoint.post("/api/verify", "verifyFile", Action.CITY_READ, this::examine)
            .summary("Whether a PDF is genuine, was altered, or is none of this city's.")
            .takes("application/pdf", null)
            .answers("application/json", FindingJson.class));
  }

  private Reply issue(Call call) {
    permissions.require(call, Permission.of(ASK));
    CompiledProcedure procedure =
        procedures
            .findCompiled(call.path(ProceduresEndpoint.PROCEDURE))
            .orElseThrow(() -> new ProblemException(Problem.notFound(call.path())));
    PaperJson.Order order = call.json(PaperJson.Order.class);
    try {
      Paper paper =
          papers.issue(
              procedure, order.inputs(), call.caller().account(), call.language(), site.of(call));
      return Reply.created("/api/results/" + paper.face().code(), json(paper, call.language()));
    } catch (Entries.Refused e) {
      throw new ProblemException(Problem.invalidBody(ProceduresEndpoint.reasons(e.reasons())));
    } catch (PaperRefused e) {
      throw new ProblemException(
          e.kind().equals("sign-in-first") ? Permissions.signInFirst() : Problem.conflict(e));
    }
  }

  private VerificationJson json(Paper paper, Language language) {
    return PaperJson.of(paper, papers.now(), language);
  }

  private Reply mine(Call call) {
    String account = call.account();
    permissions.require(call, Permission.ofPerson(OWN, account));
    return Reply.json(
            new PaperList(
                papers.tables().listOf(account, MOST_LISTED).stream()
                    .map(paper -> json(paper, call.language()))
                    .toList()))
        .with("Cache-Control", "private, no-store");
  }

  /** A paper that the caller may read whole; any other does not exist. */
  private Paper readable(Call call) {
    permissions.require(call, Permission.of(READ));
    Paper paper = papers.find(call.path(CODE)).orElse(null);
    if (paper != null) {
      String owner = paper.owner();
      boolean mayRead =
          paper.isOpen()
              || owner != null && owner.equals(call.caller().account())
              || permissions.allows(call, Permission.ofDepartment(WORK, paper.face().office()));
      if (mayRead) {
        return paper;
      }
    }
    throw new ProblemException(Problem.notFound(call.path()));
  }

  private Reply whole(Call call) {
    Paper paper = readable(call);
    return Reply.json(
            PaperJson.whole(paper, papers.body(paper).orElse(null), papers.now(), call.language()))
        .with("Cache-Control", "private, no-store");
  }

  private Reply pdf(Call call) throws IOException {
    Paper paper = readable(call);
    if (paper.forgotten()) {
      throw new ProblemException(Problem.notFound(call.path()));
    }
    byte[] bytes;
    try (var in = papers.open(paper)) {
      bytes = in.readAllBytes();
    }
    return Reply.bytes("application/pdf", bytes)
        .with(
            "Content-Disposition",
            "attachment; filename=\""
                + paper.face().folio().replaceAll("[^A-Z0-9-]", "")
                + ".pdf\"")
        .with("Cache-Control", "private, no-store")
        .with("X-Content-Type-Options", "nosniff");
  }

  private Reply revoke(Call call) {
    call.account();
    Paper paper = papers.find(call.path(CODE)).orElse(null);
    permissions.require(
        call, Permission.ofDepartment(REVOKE, paper == null ? "" : paper.face().office()));
    if (paper == null) {
      throw new ProblemException(Problem.notFound(call.path()));
    }
    String reason = call.json(RevokeJson.class).reason().strip();
    if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
      throw new ProblemException(
          Problem.invalidBody(
              new LocalText(
                  "se esperaba el motivo, de hasta " + LONGEST_REASON + " caracteres",
                  "esperava-se o motivo, de até " + LONGEST_REASON + " caracteres",
                  "wanted the reason, of at most " + LONGEST_REASON + " characters")));
    }
    return Reply.json(
        json(papers.revoke(paper.face().code(), call.account(), reason), call.language()));
  }

  // ---- everyone

  private Reply verify(Call call) {
    permissions.require(call, Permission.READ_CITY);
    Paper paper =
        papers
            .find(call.path(CODE))
            .orElseThrow(() -> new ProblemException(Problem.notFound(call.path())));
    return Reply.json(json(paper, call.language())).with("Cache-Control", "no-store");
  }

  private Reply examine(Call call) throws IOException {
    permissions.require(call, Permission.READ_CITY);
    byte[] file;
    try (var body = call.body(MOST_BYTES)) {
      file = body.readAllBytes();
    }
    return Reply.json(
            PaperJson.of(
                papers.examine(file), PaperPress.sha256(file), papers.now(), call.language()))
        .with("Cache-Control", "no-store");
  }
}
