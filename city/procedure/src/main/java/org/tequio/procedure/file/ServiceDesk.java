package org.tequio.procedure.file;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.tequio.feature.LocalText;
import org.tequio.procedure.LonLat;
import org.tequio.procedure.ServiceTerms;

/**
 * What people report to the city, and what they answer when it says that it is done. A report is
 * filed whole in one transaction, its photos and all; one of what was reported before is counted
 * with it, and nothing that it says is lost. Thread-safe.
 */
public final class ServiceDesk {
  /** How long contacts are kept after a request was closed. */
  private static final Duration CONTACTS_KEPT = Duration.ofDays(90);

  private final CaseBook book;
  private final CaseDesk desk;
  private final Attachments attachments;
  private final RequestTables requests;

  ServiceDesk(CaseBook book, CaseDesk desk, Attachments attachments, RequestTables requests) {
    this.book = book;
    this.desk = desk;
    this.attachments = attachments;
    this.requests = requests;
  }

  /** The tables, for lists. */
  public RequestTables requests() {
    return requests;
  }

  /**
   * Takes a report. The same report sent again is taken once.
   *
   * @throws CaseRefused where it cannot be filed, or a photo is none
   */
  public ServiceReport.Receipt report(ServiceReport report) throws IOException {
    FilingTerms terms = desk.getTerms(report.service(), report.inputs());
    if (!terms.objections().isEmpty()) {
      throw new CaseRefused("not-to-be-filed", CaseDesk.joined(terms.objections()));
    }
    ServiceTerms service = terms.service();
    if (service == null || terms.cents() > 0) {
      throw new CaseRefused(
          "no-service-request",
          new LocalText(
              "eso no se pide por un reporte",
              "isso não se pede por um informe",
              "this is not asked for by a report"));
    }
    List<Attachments.Prepared> photos = new ArrayList<>();
    for (ServiceReport.Photo photo : report.photos()) {
      photos.add(attachments.prepare(photo.name(), photo.bytes()));
    }
    ServiceReport.Receipt receipt =
        book.tables()
            .database()
            .write(connection -> take(connection, report, terms, service, photos));
    book.tell();
    return receipt;
  }

  private ServiceReport.Receipt take(
      Connection connection,
      ServiceReport report,
      FilingTerms terms,
      ServiceTerms service,
      List<Attachments.Prepared> photos)
      throws SQLException {
    Instant now = book.now();
    CaseFile draft =
        CaseFile.draft(
            UUID.randomUUID().toString(), report.service(), report.account(), report.inputs());
    String content =
        CaseBook.content(draft, photos.stream().map(Attachments.Prepared::sha256).toList());
    Optional<CaseFile> twin = twin(connection, draft, content);
    if (twin.isPresent()) {
      return new ServiceReport.Receipt(twin.get(), false);
    }
    Optional<CaseFile> before = before(connection, report, service);
    if (before.isPresent()) {
      join(connection, before.get(), report, photos, now);
      return new ServiceReport.Receipt(before.get(), true);
    }
    CaseFile filed = book.filed(connection, draft, terms, now, content, null);
    book.insert(connection, filed, now, report.account());
    RequestTables.describe(connection, filed.id(), report);
    RequestTables.addReport(connection, filed.id(), report.account(), now, "", report.contact());
    for (Attachments.Prepared photo : photos) {
      attachments.insert(connection, filed.id(), photo, report.account());
    }
    return new ServiceReport.Receipt(filed, false);
  }

  private static Optional<CaseFile> twin(Connection connection, CaseFile draft, String content)
      throws SQLException {
    Optional<String> folio =
        CaseTables.findTwin(connection, draft.applicant(), content, draft.id());
    return folio.isEmpty() ? Optional.empty() : CaseTables.findByFolio(connection, folio.get());
  }

  private static Optional<CaseFile> before(
      Connection connection, ServiceReport report, ServiceTerms terms) throws SQLException {
    LonLat place = report.place();
    Double within = terms.joinsWithinMeters();
    if (report.apart() || place == null || within == null) {
      return Optional.empty();
    }
    return RequestTables.near(connection, report.service(), place, within).stream()
        .map(RequestTables.Request::file)
        .findFirst();
  }

  // Whoever works on the file may go on: a further report is no new version.
  private void join(
      Connection connection,
      CaseFile file,
      ServiceReport report,
      List<Attachments.Prepared> photos,
      Instant now)
      throws SQLException {
    Object said = report.inputs().get("description");
    boolean isNew =
        RequestTables.addReport(
            connection,
            file.id(),
            report.account(),
            now,
            said instanceof String text ? text : "",
            report.contact());
    for (Attachments.Prepared photo : photos) {
      attachments.insert(connection, file.id(), photo, report.account());
    }
    Verb verb = isNew ? Verb.JOIN : Verb.REMARK;
    CaseTables.insertStep(connection, file, now, now, report.account(), verb, "", null);
  }

  /** Counts somebody with an open request that they have seen, too. */
  public CaseFile join(String id, String account, String text, Map<String, String> contact) {
    CaseFile joined =
        book.tables()
            .database()
            .write(
                connection -> {
                  CaseFile file = CaseTables.find(connection, id).orElseThrow(CaseBook::gone);
                  requireOpenRequest(file);
                  Instant now = book.now();
                  boolean isNew =
                      RequestTables.addReport(connection, id, account, now, text, contact);
                  Verb verb = isNew ? Verb.JOIN : Verb.REMARK;
                  CaseTables.insertStep(connection, file, now, now, account, verb, "", null);
                  return file;
                });
    book.tell();
    return joined;
  }

  /** Whoever reported adds something to an open request. */
  public CaseFile remark(String id, String account, String text) {
    return join(id, account, text, Map.of());
  }

  private static void requireOpenRequest(CaseFile file) {
    if (!(file.state() instanceof CaseState.Open) || file.getFiling().terms().service() == null) {
      throw CaseRefused.wrongState(file.state());
    }
  }

  /** Whoever reported says that it is done. */
  public CaseFile confirm(String id, String account) {
    return answer(id, account, Verb.CONFIRM, "");
  }

  /** Whoever reported says that it is not done: the officer has it again. */
  public CaseFile reopen(String id, String account, String why) {
    return answer(id, account, Verb.REOPEN, why);
  }

  private CaseFile answer(String id, String account, Verb verb, String note) {
    book.advance(id);
    long version = book.tables().find(id).orElseThrow(CaseBook::gone).version();
    return book.step(
        id,
        version,
        account,
        verb,
        note,
        (connection, before, now) -> {
          if (!(before.state() instanceof CaseState.Fulfilled done)) {
            throw CaseRefused.wrongState(before.state());
          }
          return before.in(
              verb == Verb.CONFIRM
                  ? new CaseState.Granted(now, done.officer(), done.reasons())
                  : new CaseState.UnderReview(done.officer()));
        });
  }

  /** Forgets how to reach those who reported what has long been closed. */
  void forgetContacts() {
    Instant before = book.now().minus(CONTACTS_KEPT);
    book.tables()
        .database()
        .write(
            connection -> {
              RequestTables.forgetContacts(connection, before);
              return true;
            });
  }
}
