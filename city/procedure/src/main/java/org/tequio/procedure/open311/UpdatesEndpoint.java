package org.tequio.procedure.open311;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.http.Action;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.procedure.file.CaseFile;
import org.tequio.procedure.file.CaseFiles;
import org.tequio.procedure.file.CaseState;
import org.tequio.procedure.file.CaseStep;
import org.tequio.procedure.file.RequestTables;
import org.tequio.procedure.file.RequestTables.Request;
import org.tequio.procedure.file.ServiceReport;
import org.tequio.procedure.file.Verb;

/**
 * Updates of requests, in the form that others gave them beside GeoReport v2: what changed in a
 * time, and what whoever reported answers. To a request that the office says is done, {@code
 * status=closed} confirms it and {@code status=open} says that it is not done; anything else is a
 * remark for the office.
 */
final class UpdatesEndpoint {
  private static final String PATH = GeoReportEndpoint.ROOT + "/servicerequestupdates.{format}";
  private static final Duration LONGEST = Duration.ofDays(90);
  private static final int MOST = 1000;
  private static final Set<Verb> TOLD =
      Set.of(
          Verb.FILE,
          Verb.ASSIGN,
          Verb.PREVENT,
          Verb.FULFILL,
          Verb.CONFIRM,
          Verb.REOPEN,
          Verb.GRANT,
          Verb.REFUSE,
          Verb.WITHDRAW,
          Verb.FALL_SILENT,
          Verb.LAPSE);

  private final GeoReportEndpoint reports;
  private final CaseFiles files;
  private final Permissions permissions;
  private final Clock clock;

  UpdatesEndpoint(
      GeoReportEndpoint reports, CaseFiles files, Permissions permissions, Clock clock) {
    this.reports = reports;
    this.files = files;
    this.permissions = permissions;
    this.clock = clock;
  }

  List<Endpoint> endpoints() {
    return List.of(
        GeoReportEndpoint.described(
                Endpoint.get(
                    PATH,
                    "open311Updates",
                    Action.CITY_READ,
                    call -> {
                      permissions.require(call, Permission.READ_CITY);
                      return reports.inShape(call, this::list);
                    }))
            .summary("What changed of requests between start_date and end_date.")
            .with(GeoReportEndpoint.FORMAT),
        GeoReportEndpoint.described(
                Endpoint.post(
                    PATH,
                    "open311Update",
                    GeoReportEndpoint.REPORT,
                    call -> {
                      permissions.require(call, Permission.of(GeoReportEndpoint.REPORT));
                      return reports.inShape(call, this::take);
                    }))
            .takes("application/x-www-form-urlencoded", null)
            .summary("Confirms that a request is done, says that it is not, or adds a remark.")
            .with(GeoReportEndpoint.FORMAT));
  }

  private Reply list(Call call) {
    Map<String, String> arguments = call.queryTexts();
    Instant end = moment(arguments, "end_date", clock.instant());
    Instant start = moment(arguments, "start_date", end.minus(LONGEST));
    if (Duration.between(start, end).compareTo(LONGEST) > 0) {
      throw RequestForm.wrong("start_date", "≤ 90 d", arguments.getOrDefault("start_date", ""));
    }
    List<Map<String, @Nullable Object>> updates = new ArrayList<>();
    for (RequestTables.Step step : files.services().requests().steps(start, end, TOLD, MOST)) {
      updates.add(update(step, call));
    }
    return GeoReport.list("service_request_updates", "request_update", updates)
        .reply(call.path(GeoReportEndpoint.FORMAT));
  }

  private static Instant moment(Map<String, String> arguments, String name, Instant otherwise) {
    String text = arguments.getOrDefault(name, "").strip();
    return text.isEmpty()
        ? otherwise
        : Text.moment(text)
            .orElseThrow(() -> RequestForm.wrong(name, "2010-01-01T00:00:00Z", text));
  }

  private static Map<String, @Nullable Object> update(RequestTables.Step told, Call call) {
    CaseStep step = told.step();
    Map<String, @Nullable Object> update = new LinkedHashMap<>();
    update.put("update_id", step.number());
    update.put("service_request_id", told.folio());
    update.put("status", isOpenAfter(step.verb()) ? "open" : "closed");
    update.put("updated_datetime", Text.of(step.at()));
    update.put("description", text(step.verb()).in(call.language()));
    update.put("media_url", null);
    return update;
  }

  private static boolean isOpenAfter(Verb verb) {
    return switch (verb) {
      case CONFIRM, GRANT, REFUSE, WITHDRAW, FALL_SILENT, LAPSE, ARCHIVE, ERASE -> false;
      case ORDER,
          FILE,
          ASSIGN,
          ASK,
          OPINE,
          VISIT,
          PREVENT,
          ANSWER,
          FULFILL,
          REOPEN,
          JOIN,
          REMARK,
          REMIND,
          NOTE,
          PAYMENT_ASIDE ->
          true;
    };
  }

  private static LocalText text(Verb verb) {
    return switch (verb) {
      case FILE -> new LocalText("Se reportó.", "Foi informada.", "It was reported.");
      case ASSIGN ->
          new LocalText("Alguien la atiende.", "Alguém a atende.", "Somebody works on it.");
      case PREVENT ->
          new LocalText(
              "La oficina pidió más datos.",
              "A repartição pediu mais dados.",
              "The office asked for more.");
      case FULFILL ->
          new LocalText(
              "La oficina dice que quedó hecha.",
              "A repartição diz que está feita.",
              "The office says it is done.");
      case CONFIRM, GRANT -> new LocalText("Quedó hecha.", "Está feita.", "It is done.");
      case REOPEN ->
          new LocalText(
              "Quien reportó dice que no quedó hecha.",
              "Quem informou diz que não está feita.",
              "Whoever reported says it is not done.");
      case REFUSE ->
          new LocalText(
              "Se cerró sin hacerse.",
              "Foi encerrada sem ser feita.",
              "Closed without being done.");
      case WITHDRAW ->
          new LocalText(
              "Quien reportó la retiró.",
              "Quem informou a retirou.",
              "Whoever reported withdrew it.");
      case ORDER,
          ASK,
          OPINE,
          VISIT,
          ANSWER,
          FALL_SILENT,
          LAPSE,
          JOIN,
          REMARK,
          REMIND,
          PAYMENT_ASIDE,
          NOTE,
          ARCHIVE,
          ERASE ->
          new LocalText("Cambió.", "Mudou.", "It changed.");
    };
  }

  // ---- whoever reported answers

  private Reply take(Call call) throws IOException {
    RequestForm form = RequestForm.of(call);
    reports.requireJurisdiction(form.find("jurisdiction_id").orElse(""));
    String account = reports.account(call, form);
    Request found = reports.getRequest(form.required("service_request_id"));
    CaseFile file = found.file();
    boolean isTheirs =
        !account.equals(ServiceReport.ANYONE) && account.equals(file.applicant())
            || form.find("token").filter(file.id()::equals).isPresent();
    if (!isTheirs) {
      throw new ProblemException(
          Problem.of(
              403,
              "not-the-reporter",
              new LocalText("No autorizado", "Não autorizado", "Forbidden"),
              new LocalText(
                  "solo quien reportó puede responder: con su cuenta, su api_key o su token",
                  "só quem informou pode responder: com a sua conta, api_key ou token",
                  "only whoever reported may answer: with their account, api_key or token")));
    }
    answer(file, file.applicant(), form);
    List<CaseStep> history = files.desk().tables().history(file.id());
    Map<String, @Nullable Object> told = new LinkedHashMap<>();
    told.put("update_id", history.getLast().number());
    return GeoReport.list("service_request_updates", "request_update", List.of(told))
        .reply(call.path(GeoReportEndpoint.FORMAT))
        .with("Cache-Control", "no-store");
  }

  private void answer(CaseFile file, String account, RequestForm form) {
    String status = form.find("status").orElse("").toLowerCase(Locale.ROOT);
    String text = form.description().orElse("");
    boolean isAsked = file.state() instanceof CaseState.Fulfilled;
    if (isAsked && status.equals("closed")) {
      files.services().confirm(file.id(), account);
    } else if (isAsked && status.equals("open")) {
      files.services().reopen(file.id(), account, text);
    } else if (!text.isEmpty()) {
      files.services().remark(file.id(), account, text);
    } else {
      throw RequestForm.wrong("description", "…", "");
    }
  }
}
