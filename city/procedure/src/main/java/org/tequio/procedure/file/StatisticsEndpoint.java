package org.tequio.procedure.file;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
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
import org.tequio.identity.People;
import org.tequio.identity.Person;

/**
 * How punctual offices are, as open data, and what lies before their officers, for the office.
 * Where few files were ended the numbers are held back: one's neighbours know who filed.
 */
final class StatisticsEndpoint {
  /** Fewer files than this in a month tell of people. */
  private static final int FEW = 5;

  private static final Parameter<YearMonth> FROM = month("from", "The first month, as 2026-01.");
  private static final Parameter<YearMonth> TO = month("to", "The last month.");
  private static final Parameter<String> FORM =
      Parameter.choice("f", "Form of the answer.", "json", "csv");

  private final OfficeStatistics statistics;
  private final People people;
  private final Permissions permissions;
  private final Clock clock;

  StatisticsEndpoint(
      OfficeStatistics statistics, People people, Permissions permissions, Clock clock) {
    this.statistics = statistics;
    this.people = people;
    this.permissions = permissions;
    this.clock = clock;
  }

  private static Parameter<YearMonth> month(String name, String description) {
    return new Parameter<>(
        Parameter.Place.QUERY,
        name,
        description,
        new LocalText("un mes como 2026-01", "um mês como 2026-01", "a month such as 2026-01"),
        Parameter.schema("string", "pattern", "^[0-9]{4}-[0-9]{2}$"),
        text -> {
          try {
            return text.length() == 7 ? Optional.of(YearMonth.parse(text)) : Optional.empty();
          } catch (DateTimeParseException e) {
            return Optional.empty();
          }
        });
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
                "/api/office-statistics", "officeStatistics", Action.CITY_READ, this::published)
            .summary("How many files each office ended in each month, and how many in time.")
            .with(FROM, TO, FORM)
            .answers("application/json", StatisticsList.class)
            .answers("text/csv", null),
        Endpoint.get("/api/inbox-workload", "inboxWorkload", CaseNames.WORK, this::workload)
            .summary("How many open files each officer of an office has, and how many are late.")
            .with(CaseNames.OFFICE)
            .answers("application/json", LoadList.class));
  }

  record StatisticsList(List<StatisticJson> items) {}

  /** Of a month with few files all numbers are null, and {@code few} says why. */
  record StatisticJson(
      String office,
      String procedure,
      String month,
      boolean few,
      @Nullable Long ended,
      @Nullable Long inTime,
      @Nullable Long late,
      @Nullable Long untimed,
      @Nullable Long meanDays) {}

  record LoadList(List<LoadJson> items) {}

  record LoadJson(@Nullable String officer, @Nullable String name, long open, long late) {}

  private Reply published(Call call) {
    permissions.require(call, Permission.READ_CITY);
    YearMonth now = YearMonth.now(clock.withZone(ZoneOffset.UTC));
    YearMonth to = call.query(TO).orElse(now);
    YearMonth from = call.query(FROM).orElse(to.minusMonths(11));
    List<StatisticJson> rows =
        statistics.list(from.toString(), to.toString()).stream()
            .map(StatisticsEndpoint::json)
            .toList();
    return call.query(FORM).filter("csv"::equals).isPresent()
        ? csv(rows)
        : Reply.json(new StatisticsList(rows));
  }

  private static StatisticJson json(OfficeStatistics.Row row) {
    return row.ended() < FEW
        ? new StatisticJson(
            row.office(), row.procedure(), row.month(), true, null, null, null, null, null)
        : new StatisticJson(
            row.office(),
            row.procedure(),
            row.month(),
            false,
            row.ended(),
            row.inTime(),
            row.late(),
            row.untimed(),
            Math.round(row.meanHours() / 24));
  }

  // Identifiers and numbers only: no text that a spreadsheet could run.
  private static Reply csv(List<StatisticJson> rows) {
    List<String> lines = new ArrayList<>();
    lines.add("office,procedure,month,few,ended,in_time,late,untimed,mean_days");
    for (StatisticJson row : rows) {
      lines.add(
          String.join(
              ",",
              row.office,
              row.procedure,
              row.month,
              Boolean.toString(row.few),
              said(row.ended),
              said(row.inTime),
              said(row.late),
              said(row.untimed),
              said(row.meanDays)));
    }
    return Reply.text(
        "text/csv; charset=utf-8",
        (String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  private static String said(@Nullable Long number) {
    return number == null ? "" : number.toString();
  }

  private Reply workload(Call call) {
    call.account();
    String office = call.query(CaseNames.OFFICE).orElse("");
    permissions.require(call, Permission.ofDepartment(CaseNames.WORK, office));
    return Reply.json(
        new LoadList(
            statistics.workload(office, clock.instant()).stream().map(this::json).toList()));
  }

  private LoadJson json(OfficeStatistics.Load load) {
    String officer = load.officer();
    String name =
        officer == null ? null : people.findPerson(officer).map(Person::name).orElse(null);
    return new LoadJson(officer, name, load.open(), load.late());
  }
}
