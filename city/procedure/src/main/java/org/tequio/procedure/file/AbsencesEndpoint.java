package org.tequio.procedure.file;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.identity.Person;

/** The absences of an office and who stands in; its officers enter them, also for each other. */
final class AbsencesEndpoint {
  private static final int LONGEST_YEARS = 3;

  private static final Parameter<Long> NUMBER =
      new Parameter<>(
          Parameter.Place.PATH,
          "number",
          "Number of an absence.",
          new LocalText("un número", "um número", "a number"),
          Parameter.schema("integer"),
          text ->
              text.matches("[1-9][0-9]{0,15}")
                  ? Optional.of(Long.valueOf(text))
                  : Optional.empty());

  private final Absences absences;
  private final CaseDesk desk;
  private final Officers officers;
  private final Permissions permissions;

  AbsencesEndpoint(Absences absences, CaseDesk desk, Officers officers, Permissions permissions) {
    this.absences = absences;
    this.desk = desk;
    this.officers = officers;
    this.permissions = permissions;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/office-absences", "officeAbsences", CaseNames.WORK, this::list)
            .summary("Who of an office is or will be absent, and who stands in.")
            .with(CaseNames.OFFICE)
            .answers("application/json", AbsenceList.class),
        Endpoint.post("/api/office-absences", "addOfficeAbsence", CaseNames.WORK, this::add)
            .summary("Enters an absence with its stand-in; it begins and ends by itself.")
            .takes("application/json", NewJson.class)
            .answers("application/json", AbsenceJson.class),
        Endpoint.post(
                "/api/office-absences/{number}/end", "endOfficeAbsence", CaseNames.WORK, this::end)
            .summary("The officer is back: ends an absence today, or takes back one to come.")
            .with(NUMBER));
  }

  record NewJson(String office, String officer, String standIn, String from, String until) {}

  /** Who is or will be away; {@code today} is the office's day, wherever its people sit. */
  record AbsenceList(String today, List<AbsenceJson> items) {}

  /** An absence: days are those of the office, both inclusive; {@code now} while it lasts. */
  record AbsenceJson(
      long number,
      String officer,
      @Nullable String name,
      String standIn,
      @Nullable String standInName,
      String from,
      String until,
      boolean now) {}

  private Reply list(Call call) {
    call.account();
    String office = call.query(CaseNames.OFFICE).orElse("");
    permissions.require(call, Permission.ofDepartment(CaseNames.WORK, office));
    LocalDate today = desk.today(office);
    return Reply.json(
        new AbsenceList(
            today.toString(),
            absences.list(office, today).stream().map(one -> json(one, today)).toList()));
  }

  private Reply add(Call call) {
    call.account();
    NewJson body = call.json(NewJson.class);
    permissions.require(call, Permission.ofDepartment(CaseNames.WORK, body.office()));
    officers.require(body.officer(), body.office());
    officers.require(body.standIn(), body.office());
    LocalDate today = desk.today(body.office());
    LocalDate from = day(body.from());
    LocalDate until = day(body.until());
    if (until.isBefore(from)
        || until.isBefore(today)
        || until.isAfter(from.plusYears(LONGEST_YEARS))) {
      throw new ProblemException(
          Problem.invalidBody(
              new LocalText(
                  "el último día no es antes del primero ni de hoy, ni tres años después",
                  "o último dia não é antes do primeiro nem de hoje, nem três anos depois",
                  "the last day is neither before the first or today, nor three years later")));
    }
    return CasesEndpoint.refusable(
        () ->
            Reply.json(
                    json(
                        absences.add(
                            body.office(),
                            body.officer(),
                            body.standIn(),
                            from,
                            until,
                            call.account(),
                            desk.now()),
                        today))
                .status(201));
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new ProblemException(
          Problem.invalidBody(
              new LocalText(
                  "se espera un día como 2026-12-24",
                  "espera-se um dia como 2026-12-24",
                  "wanted a day such as 2026-12-24")));
    }
  }

  private Reply end(Call call) {
    call.account();
    Absences.Absence found = absences.find(call.path(NUMBER)).orElse(null);
    permissions.require(
        call, Permission.ofDepartment(CaseNames.WORK, found == null ? "" : found.office()));
    if (found == null) {
      throw new ProblemException(Problem.notFound(call.path()));
    }
    absences.end(found, desk.today(found.office()), call.account());
    return Reply.empty();
  }

  private AbsenceJson json(Absences.Absence one, LocalDate today) {
    return new AbsenceJson(
        one.number(),
        one.officer(),
        officers.find(one.officer()).map(Person::name).orElse(null),
        one.standIn(),
        officers.find(one.standIn()).map(Person::name).orElse(null),
        one.from().toString(),
        one.until().toString(),
        one.touches(today, today));
  }
}
