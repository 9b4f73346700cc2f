package org.tequio.procedure.paper;

import java.util.List;
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
import org.tequio.procedure.file.CaseFile;
import org.tequio.procedure.paper.PaperJson.PaperList;

/** The papers of case files, for the applicant and for the office. */
public final class CasePapersEndpoint {
  private static final Action OWN = new Action("case.own");
  private static final Action WORK = new Action("case.work");
  private static final Parameter<String> CASE =
      Parameter.pathId(
          "case",
          "Identifier of a case file.",
          new LocalText("un expediente", "um processo", "a case file"));

  private final CasePapers papers;
  private final Papers register;
  private final Permissions permissions;
  private final PaperSite site;

  /** Answers from these. */
  public CasePapersEndpoint(
      CasePapers papers, Papers register, Permissions permissions, PaperSite site) {
    this.papers = papers;
    this.register = register;
    this.permissions = permissions;
    this.site = site;
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/cases/{case}/papers", "casePapers", OWN, this::own)
            .summary("The signed papers of one's file: its receipt, and what it ended in.")
            .with(CASE)
            .answers("application/json", PaperList.class),
        Endpoint.get("/api/inbox/{case}/papers", "inboxPapers", WORK, this::work)
            .summary("The signed papers of a file of one's office.")
            .with(CASE)
            .answers("application/json", PaperList.class));
  }

  private Reply own(Call call) {
    call.account();
    CaseFile file = papers.find(call.path(CASE)).orElse(null);
    permissions.require(call, Permission.ofPerson(OWN, file == null ? "" : file.applicant()));
    return list(call, file);
  }

  private Reply work(Call call) {
    call.account();
    CaseFile file = papers.find(call.path(CASE)).orElse(null);
    CaseFile.Filing filing = file == null ? null : file.filing();
    permissions.require(
        call, Permission.ofDepartment(WORK, filing == null ? "" : filing.terms().office()));
    return list(call, file);
  }

  private Reply list(Call call, @org.jspecify.annotations.Nullable CaseFile file) {
    if (file == null) {
      throw new ProblemException(Problem.notFound(call.path()));
    }
    try {
      return Reply.json(
              new PaperList(
                  papers.list(file, call.language(), site.of(call)).stream()
                      .map(paper -> PaperJson.of(paper, register.now(), call.language()))
                      .toList()))
          .with("Cache-Control", "private, no-store");
    } catch (PaperRefused e) {
      throw new ProblemException(Problem.conflict(e));
    }
  }
}
