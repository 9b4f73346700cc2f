package org.tequio.procedure.file;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.http.Action;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Reply;
import org.tequio.procedure.Retention;

/**
 * What would be archived and erased by a day, before it is: folios and dates, and nothing of whose
 * files they are.
 */
final class RetentionEndpoint {
  /** Looking at what retention does next. */
  private static final Action LOOK = new Action("case.retention");

  private static final Parameter<LocalDate> UNTIL =
      new Parameter<>(
          Parameter.Place.QUERY,
          "until",
          "What is due by this day; without it, today.",
          new LocalText("un día", "um dia", "a day"),
          Parameter.schema("string", "format", "date"),
          text -> {
            try {
              return Optional.of(LocalDate.parse(text));
            } catch (DateTimeException e) {
              return Optional.empty();
            }
          });

  private final CaseBook book;
  private final Permissions permissions;

  RetentionEndpoint(CaseBook book, Permissions permissions) {
    this.book = book;
    this.permissions = permissions;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/case-retention", "caseRetention", LOOK, this::list)
            .summary("Which files of an office would be archived or erased by a day; does nothing.")
            .with(CaseNames.OFFICE, UNTIL, CaseNames.AFTER, CaseNames.LIMIT)
            .answers("application/json", RetiringList.class));
  }

  record RetiringList(List<RetiringJson> items, @Nullable String next) {}

  /**
   * A file whose retention asks for a step.
   *
   * @param step {@code archive} or {@code erase}
   * @param on the day from which
   * @param erases what goes with an erasure
   * @param confirmed false where the rule is still to be confirmed: then nothing happens by itself
   */
  record RetiringJson(
      String folio,
      String procedure,
      String name,
      String state,
      String step,
      String on,
      List<String> erases,
      String reason,
      String law,
      boolean confirmed) {}

  private Reply list(Call call) {
    call.account();
    String office = call.query(CaseNames.OFFICE).orElse("");
    permissions.require(call, Permission.ofDepartment(LOOK, office));
    ZoneId zone = book.law().zone(office);
    Instant by =
        call.query(UNTIL)
            .map(day -> day.plusDays(1).atStartOfDay(zone).toInstant().minusMillis(1))
            .orElse(book.now());
    int limit = call.query(CaseNames.LIMIT).orElse(50);
    List<CaseTables.Entry> page =
        book.tables()
            .listRetiring(
                office,
                by,
                call.query(CaseNames.AFTER)
                    .map(InboxEndpoint::place)
                    .orElse(CaseTables.Place.FIRST),
                limit);
    return Reply.json(
        new RetiringList(
            page.stream().flatMap(entry -> json(call, entry, zone).stream()).toList(),
            page.size() == limit ? page.getLast().place().text() : null));
  }

  private Optional<RetiringJson> json(Call call, CaseTables.Entry entry, ZoneId zone) {
    CaseFile file = entry.file();
    return book.law().retention(file).map(rule -> json(call, entry, zone, file, rule));
  }

  private static RetiringJson json(
      Call call, CaseTables.Entry entry, ZoneId zone, CaseFile file, Retention rule) {
    CaseFile.Filing filing = file.getFiling();
    boolean erases = file.state() instanceof CaseState.Archived;
    return new RetiringJson(
        filing.folio(),
        file.procedure(),
        filing.terms().name().in(call.language()),
        file.state().wireName(),
        erases ? "erase" : "archive",
        Instant.ofEpochMilli(entry.place().due()).atZone(zone).toLocalDate().toString(),
        erases ? rule.erases().stream().map(Retention.Part::wireName).sorted().toList() : List.of(),
        rule.reason().in(call.language()),
        rule.basis().law(),
        rule.basis().confirmed());
  }
}
