package org.tequio.procedure.term;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.procedure.Appeal;
import org.tequio.procedure.Basis;
import org.tequio.procedure.Retention;
import org.tequio.procedure.Term;
import org.tequio.procedure.term.OfficeCalendar.Closed;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Reads the file {@code offices.yaml} of a pack, whose form is {@code
 * packs/base/offices.schema.json}. What it refuses is named by its place in the file.
 */
public final class OfficesFile {
  private final String file;

  private OfficesFile(String file) {
    this.file = file;
  }

  /**
   * Reads one.
   *
   * @param file its name, for what is said when it is wrong
   * @throws IllegalArgumentException naming the place and what was wanted
   */
  public static Offices read(String file, String yaml) {
    try {
      return read(file, YAMLMapper.shared().readTree(yaml));
    } catch (JacksonException e) {
      throw new IllegalArgumentException(file + ": " + e.getOriginalMessage(), e);
    }
  }

  /**
   * Reads one that is parsed already.
   *
   * @throws IllegalArgumentException naming the place and what was wanted
   */
  public static Offices read(String file, JsonNode root) {
    return new OfficesFile(file).offices(root);
  }

  private Offices offices(JsonNode root) {
    members(root, "", "calendars", "offices", "appeals", "retentions", "texts");
    Map<String, OfficeCalendar> calendars = new LinkedHashMap<>();
    each(
        root,
        "calendars",
        "",
        (node, at) -> {
          OfficeCalendar calendar = calendar(node, at);
          if (calendars.put(calendar.id(), calendar) != null) {
            throw wrong(at, "there are two calendars '" + calendar.id() + "'");
          }
        });
    OfficeRules rules = new OfficeRules();
    List<Office> offices = new ArrayList<>();
    if (root.has("appeals")) {
      each(root, "appeals", "", (node, at) -> rules.appeals.add(scoped(node, at, this::appeal)));
    }
    if (root.has("retentions")) {
      each(
          root,
          "retentions",
          "",
          (node, at) -> rules.retentions.add(scoped(node, at, this::retention)));
    }
    if (root.has("texts")) {
      each(root, "texts", "", (node, at) -> rules.texts.add(scoped(node, at, this::officeText)));
    }
    each(root, "offices", "", (node, at) -> offices.add(office(node, at, calendars, rules)));
    rules.requireOffices(offices.stream().map(Office::id).toList());
    return new Offices(offices);
  }

  /** What stands beside the offices and holds in some of them or in all. */
  private final class OfficeRules {
    private final List<Scoped<Appeal>> appeals = new ArrayList<>();
    private final List<Scoped<Retention>> retentions = new ArrayList<>();
    private final List<Scoped<OfficeText>> texts = new ArrayList<>();

    private <T> List<OfProcedures<T>> of(List<Scoped<T>> all, String office) {
      return all.stream()
          .filter(one -> one.offices.isEmpty() || one.offices.contains(office))
          .sorted(
              Comparator.comparing((Scoped<T> one) -> one.what.procedures().isEmpty())
                  .thenComparing(one -> one.offices.isEmpty()))
          .map(one -> one.what)
          .toList();
    }

    private void requireOffices(List<String> known) {
      Stream.<List<? extends Scoped<?>>>of(appeals, retentions, texts)
          .flatMap(List::stream)
          .forEach(
              one -> {
                for (String office : one.offices()) {
                  if (!known.contains(office)) {
                    throw wrong(
                        one.at() + "/offices", "wanted one of " + known + ", got '" + office + "'");
                  }
                }
              });
    }
  }

  /** A rule with where it holds; {@code offices} empty for all. */
  private record Scoped<T>(String at, OfProcedures<T> what, Set<String> offices) {}

  private <T> Scoped<T> scoped(JsonNode node, String at, BiFunction<JsonNode, String, T> reader) {
    return new Scoped<>(
        at,
        new OfProcedures<>(reader.apply(node, at), words(node, "procedures", at)),
        words(node, "offices", at));
  }

  private Appeal appeal(JsonNode node, String at) {
    members(node, at, "name", "before", "amount", "unit", "basis", "offices", "procedures");
    return built(
        at,
        () ->
            new Appeal(
                localText(node, "name", at),
                localText(node, "before", at),
                node.has("amount")
                    ? new Term(
                        number(node, "amount", at),
                        word(Term.Unit.values(), text(node, "unit", at), at + "/unit"))
                    : null,
                basis(node, at)));
  }

  private Retention retention(JsonNode node, String at) {
    members(
        node,
        at,
        "archive-after",
        "erase-after",
        "keeps",
        "reason",
        "basis",
        "offices",
        "procedures");
    Set<Retention.Part> keeps = EnumSet.noneOf(Retention.Part.class);
    if (node.has("keeps")) {
      each(
          node,
          "keeps",
          at,
          (one, place) -> keeps.add(word(Retention.Part.values(), one.asString(""), place)));
    }
    return built(
        at,
        () ->
            new Retention(
                parsed(node, "archive-after", at, Period::parse),
                parsed(node, "erase-after", at, Period::parse),
                keeps,
                localText(node, "reason", at),
                basis(node, at)));
  }

  private OfficeText officeText(JsonNode node, String at) {
    members(node, at, "id", "act", "title", "text", "offices");
    return new OfficeText(
        text(node, "id", at),
        word(OfficeText.Act.values(), text(node, "act", at), at + "/act"),
        localText(node, "title", at),
        localText(node, "text", at));
  }

  private Set<String> words(JsonNode node, String name, String at) {
    Set<String> words = new TreeSet<>();
    if (node.has(name)) {
      each(node, name, at, (one, place) -> words.add(one.asString("")));
    }
    return words;
  }

  private Office office(
      JsonNode node, String at, Map<String, OfficeCalendar> calendars, OfficeRules rules) {
    members(node, at, "id", "prefix", "calendar", "names");
    String wanted = text(node, "calendar", at);
    OfficeCalendar calendar = calendars.get(wanted);
    if (calendar == null) {
      throw wrong(
          at + "/calendar", "wanted one of " + calendars.keySet() + ", got '" + wanted + "'");
    }
    List<Office.Name> names = new ArrayList<>();
    each(
        node,
        "names",
        at,
        (name, place) -> {
          members(name, place, "name", "since", "until");
          names.add(
              new Office.Name(
                  text(name, "name", place),
                  date(name, "since", place),
                  date(name, "until", place)));
        });
    String id = text(node, "id", at);
    return built(
        at,
        () ->
            new Office(
                id,
                text(node, "prefix", at),
                names,
                calendar,
                rules.of(rules.appeals, id),
                rules.of(rules.retentions, id),
                rules.of(rules.texts, id).stream().map(OfProcedures::value).toList()));
  }

  private OfficeCalendar calendar(JsonNode node, String at) {
    members(
        node,
        at,
        "id",
        "zone",
        "weekdays",
        "opens",
        "closes",
        "receives",
        "ends",
        "basis",
        "holidays",
        "suspensions");
    Set<DayOfWeek> weekdays = EnumSet.noneOf(DayOfWeek.class);
    each(
        node,
        "weekdays",
        at,
        (day, place) -> weekdays.add(word(DayOfWeek.values(), day.asString(""), place)));
    List<Holiday> holidays = new ArrayList<>();
    each(node, "holidays", at, (holiday, place) -> holidays.add(holiday(holiday, place)));
    List<Suspension> suspensions = new ArrayList<>();
    if (node.has("suspensions")) {
      each(node, "suspensions", at, (one, place) -> suspensions.add(suspension(one, place)));
    }
    return built(
        at,
        () ->
            new OfficeCalendar(
                text(node, "id", at),
                parsed(node, "zone", at, ZoneId::of),
                weekdays,
                parsed(node, "opens", at, LocalTime::parse),
                parsed(node, "closes", at, LocalTime::parse),
                word(Closed.values(), text(node, "receives", at), at + "/receives"),
                word(Closed.values(), text(node, "ends", at), at + "/ends"),
                holidays,
                suspensions,
                basis(node, at)));
  }

  private Holiday holiday(JsonNode node, String at) {
    members(node, at, "name", "on", "since", "until", "basis");
    return new Holiday(
        localText(node, "name", at),
        rule(child(node, "on", at), at + "/on"),
        date(node, "since", at),
        date(node, "until", at),
        basis(node, at));
  }

  private DayRule rule(JsonNode node, String at) {
    if (node.has("easter")) {
      members(node, at, "easter");
      return new DayRule.Easter(number(node, "easter", at));
    }
    if (node.has("date")) {
      members(node, at, "date");
      return new DayRule.Once(parsed(node, "date", at, LocalDate::parse));
    }
    int month = number(node, "month", at);
    if (node.has("nth")) {
      members(node, at, "month", "nth", "weekday");
      return built(
          at,
          () ->
              new DayRule.NthWeekday(
                  Month.of(month),
                  number(node, "nth", at),
                  word(DayOfWeek.values(), text(node, "weekday", at), at + "/weekday")));
    }
    members(node, at, "month", "day", "first", "every");
    int first = node.has("first") ? number(node, "first", at) : 2000;
    int every = node.has("every") ? number(node, "every", at) : 1;
    return built(
        at, () -> new DayRule.Fixed(MonthDay.of(month, number(node, "day", at)), first, every));
  }

  private Suspension suspension(JsonNode node, String at) {
    members(node, at, "from", "to", "reason", "publication", "published", "procedures");
    Set<String> procedures = words(node, "procedures", at);
    return built(
        at,
        () ->
            new Suspension(
                parsed(node, "from", at, LocalDate::parse),
                parsed(node, "to", at, LocalDate::parse),
                localText(node, "reason", at),
                text(node, "publication", at),
                parsed(node, "published", at, LocalDate::parse),
                procedures));
  }

  private Basis basis(JsonNode parent, String at) {
    JsonNode node = child(parent, "basis", at);
    String place = at + "/basis";
    members(node, place, "law", "source", "noted", "confirmed");
    return new Basis(
        text(node, "law", place),
        node.has("source") ? text(node, "source", place) : null,
        date(node, "noted", place),
        child(node, "confirmed", place).asBoolean());
  }

  // ---- the pieces

  /** Sees one element of a list and its place. */
  @FunctionalInterface
  private interface Element {
    void see(JsonNode node, String at);
  }

  private void each(JsonNode parent, String name, String at, Element element) {
    JsonNode list = child(parent, name, at);
    if (!list.isArray()) {
      throw wrong(at + "/" + name, "wanted a list");
    }
    for (int i = 0; i < list.size(); i++) {
      element.see(list.get(i), at + "/" + name + "/" + i);
    }
  }

  private void members(JsonNode node, String at, String... known) {
    if (!node.isObject()) {
      throw wrong(at, "wanted " + String.join(", ", known));
    }
    for (String name : node.propertyNames()) {
      if (!List.of(known).contains(name)) {
        throw wrong(at, "there is no '" + name + "' here; wanted: " + String.join(", ", known));
      }
    }
  }

  private JsonNode child(JsonNode node, String name, String at) {
    JsonNode child = node.get(name);
    if (child == null || child.isNull()) {
      throw wrong(at, "'" + name + "' is missing");
    }
    return child;
  }

  private String text(JsonNode node, String name, String at) {
    JsonNode child = child(node, name, at);
    if (!child.isString() || child.asString().isBlank()) {
      throw wrong(at + "/" + name, "wanted a text");
    }
    return child.asString();
  }

  private int number(JsonNode node, String name, String at) {
    JsonNode child = child(node, name, at);
    if (!child.isInt()) {
      throw wrong(at + "/" + name, "wanted a whole number");
    }
    return child.asInt();
  }

  private LocalText localText(JsonNode parent, String name, String at) {
    JsonNode node = child(parent, name, at);
    String place = at + "/" + name;
    members(node, place, "es", "pt", "en");
    return new LocalText(text(node, "es", place), text(node, "pt", place), text(node, "en", place));
  }

  private @Nullable LocalDate date(JsonNode node, String name, String at) {
    return node.has(name) ? parsed(node, name, at, LocalDate::parse) : null;
  }

  private <T> T parsed(JsonNode node, String name, String at, Function<String, T> parser) {
    String text = text(node, name, at);
    try {
      return parser.apply(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          file + at + "/" + name + ": it cannot be read: '" + text + "'", e);
    }
  }

  /** The constant whose name in the file is this word. */
  private <T extends Enum<T>> T word(T[] values, String text, String at) {
    List<String> known = new ArrayList<>();
    for (T value : values) {
      String name = value.name().toLowerCase(Locale.ROOT).replace('_', '-');
      if (name.equals(text)) {
        return value;
      }
      known.add(name);
    }
    throw wrong(at, "wanted one of " + String.join(", ", known) + ", got '" + text + "'");
  }

  /** Makes a value; what it refuses by itself is said with its place. */
  @FunctionalInterface
  private interface Making<T> {
    T make();
  }

  private <T> T built(String at, Making<T> making) {
    try {
      return making.make();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(file + at + ": " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      String said = String.valueOf(e.getMessage());
      throw said.startsWith(file) ? e : new IllegalArgumentException(file + at + ": " + said, e);
    }
  }

  private IllegalArgumentException wrong(String at, String what) {
    return new IllegalArgumentException(file + at + ": " + what);
  }
}
