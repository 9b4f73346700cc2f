package org.tequio.catalogue.intake;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.FieldType;
import org.tequio.feature.Finding;
import org.tequio.feature.FindingCode;
import org.tequio.feature.Findings;
import org.tequio.feature.Mojibake;

/**
 * What becomes of one column, decided after all its values were seen: its type, what its values are
 * converted to, and what has to be said about it. Not thread-safe.
 */
final class ColumnPlan {
  /** The share of a column that may be unreadable before the column is text instead. */
  private static final double STRAYS = 0.02;

  private static final long ENOUGH = 50;

  private final ColumnProfile profile;
  private final FieldType type;
  private final boolean dropSuppressed;
  private final boolean dropNotKnown;
  private final boolean dropSentinels;
  private final boolean repair;
  private final boolean monthFirst;
  private final boolean asIs;
  private final boolean mixedDates;
  private final Tally unreadable = new Tally();
  private final Tally repaired = new Tally();
  private final Tally nul = new Tally();
  private final List<SpooledLayer.SetAsideRow> setAside = new ArrayList<>();

  private ColumnPlan(ColumnProfile profile, Choice choice, boolean repair) {
    this.profile = profile;
    this.type = choice.type;
    this.mixedDates = choice.mixedDates;
    this.monthFirst = profile.count(TextKind.DATE_MONTH_FIRST) > 0;
    this.repair = repair && profile.repairable.count() > 0;
    boolean text = type == FieldType.TEXT;
    boolean numbersInText = text && amounts(profile) * 2 > profile.present();
    dropSuppressed = profile.count(TextKind.SUPPRESSED) > 0;
    dropNotKnown =
        (!text || numbersInText)
            && (profile.count(TextKind.NOT_KNOWN) > 0 || profile.notFinite() > 0);
    dropSentinels = profile.hasSentinels() && (!text || numbersInText);
    asIs =
        text
            && !dropSuppressed
            && !dropNotKnown
            && !dropSentinels
            && !this.repair
            && profile.count(TextKind.BLANK) == 0;
  }

  /** Decides over a column. */
  static ColumnPlan of(ColumnProfile profile, boolean repairMojibake) {
    return new ColumnPlan(profile, choose(profile), repairMojibake);
  }

  private record Choice(FieldType type, boolean mixedDates) {
    static Choice of(FieldType type) {
      return new Choice(type, false);
    }
  }

  private static long amounts(ColumnProfile p) {
    return p.integers()
        + p.decimals()
        + p.count(TextKind.INTEGER)
        + p.count(TextKind.DECIMAL)
        + p.count(TextKind.DECIMAL_COMMA);
  }

  private static Choice choose(ColumnProfile p) {
    return p.field().typed() ? typed(p) : untyped(p);
  }

  private static Choice typed(ColumnProfile p) {
    FieldType declared = p.field().type();
    return switch (declared) {
      // A whole-number field that holds fractions is a field of fractions.
      case INTEGER ->
          Choice.of(
              p.decimals() > 0 || p.count(TextKind.DECIMAL) > 0
                  ? FieldType.DECIMAL
                  : mostly(p, amounts(p), FieldType.INTEGER));
      case DECIMAL -> Choice.of(mostly(p, amounts(p), FieldType.DECIMAL));
      case BOOLEAN -> Choice.of(mostly(p, p.truths() + p.count(TextKind.TRUTH), FieldType.BOOLEAN));
      case DATE -> Choice.of(mostly(p, p.dates() + dateTexts(p), FieldType.DATE));
      case INSTANT ->
          Choice.of(mostly(p, p.instants() + p.count(TextKind.INSTANT), FieldType.INSTANT));
      case TEXT -> new Choice(FieldType.TEXT, hasMixedDates(p));
    };
  }

  /** The declared type, unless most values contradict it: then nothing may be lost, so text. */
  private static FieldType mostly(ColumnProfile p, long fitting, FieldType declared) {
    long known = p.present() - p.count(TextKind.SUPPRESSED) - p.count(TextKind.NOT_KNOWN);
    return fitting * 2 < known ? FieldType.TEXT : declared;
  }

  private static long dateTexts(ColumnProfile p) {
    return p.count(TextKind.DATE_ISO)
        + p.count(TextKind.DATE_DAY_FIRST)
        + p.count(TextKind.DATE_MONTH_FIRST)
        + p.count(TextKind.DATE_EITHER);
  }

  private static Choice untyped(ColumnProfile p) {
    long known =
        p.present() - p.count(TextKind.SUPPRESSED) - p.count(TextKind.NOT_KNOWN) - p.notFinite();
    if (known <= 0) {
      return Choice.of(FieldType.TEXT);
    }
    long amounts = amounts(p);
    long commas = p.count(TextKind.DECIMAL_COMMA);
    boolean clear =
        commas == 0 || p.count(TextKind.DECIMAL) + p.decimals() == 0 && !p.isCommaUnclear();
    if (clear && p.count(TextKind.CODE) == 0 && nearly(amounts, known)) {
      boolean whole = p.decimals() + p.count(TextKind.DECIMAL) + commas == 0;
      return Choice.of(whole ? FieldType.INTEGER : FieldType.DECIMAL);
    }
    if (nearly(p.truths() + p.count(TextKind.TRUTH), known)) {
      return Choice.of(FieldType.BOOLEAN);
    }
    if (hasMixedDates(p)) {
      return new Choice(FieldType.TEXT, true);
    }
    if (nearly(p.dates() + dateTexts(p), known)) {
      return Choice.of(FieldType.DATE);
    }
    if (nearly(p.instants() + p.count(TextKind.INSTANT), known)) {
      return Choice.of(FieldType.INSTANT);
    }
    return Choice.of(FieldType.TEXT);
  }

  private static boolean nearly(long fitting, long known) {
    return fitting == known || known >= ENOUGH && known - fitting <= known * STRAYS && fitting > 0;
  }

  private static boolean hasMixedDates(ColumnProfile p) {
    long iso = p.count(TextKind.DATE_ISO) + p.dates();
    long day = p.count(TextKind.DATE_DAY_FIRST);
    long month = p.count(TextKind.DATE_MONTH_FIRST);
    long either = p.count(TextKind.DATE_EITHER);
    long instants = p.count(TextKind.INSTANT) + p.instants();
    int forms =
        (iso > 0 ? 1 : 0)
            + (day > 0 || either > 0 && month == 0 ? 1 : 0)
            + (month > 0 ? 1 : 0)
            + (instants > 0 ? 1 : 0);
    long all = iso + day + month + either + instants;
    return forms > 1 && all * 10 >= p.present() * 8;
  }

  FieldType type() {
    return type;
  }

  ColumnProfile profile() {
    return profile;
  }

  /** The value as it is stored. */
  @Nullable Object convert(@Nullable Object value, long row) {
    if (value == null) {
      return null;
    }
    if (value instanceof String text) {
      String told = text.indexOf('\0') < 0 ? text : withoutNul(text, row);
      return asIs ? told : text(told, row);
    }
    return switch (type) {
      case TEXT -> value instanceof Double number ? plain(number) : value.toString();
      case INTEGER ->
          value instanceof Long number && !(dropSentinels && ColumnProfile.isSentinel(number))
              ? number
              : value instanceof Long ? null : unfit(value, row);
      case DECIMAL -> decimal(value, row);
      case BOOLEAN -> value instanceof Boolean ? value : unfit(value, row);
      case DATE -> value instanceof LocalDate ? value : unfit(value, row);
      case INSTANT -> value instanceof Instant ? value : unfit(value, row);
    };
  }

  private @Nullable Object decimal(Object value, long row) {
    double number;
    switch (value) {
      case Double d -> number = d;
      case Long n -> number = n;
      default -> {
        return unfit(value, row);
      }
    }
    if (!Double.isFinite(number)
        || dropSentinels
            && number == Math.rint(number)
            && ColumnProfile.isSentinel((long) number)) {
      return null;
    }
    return number;
  }

  /** Text of a number without an exponent or a needless fraction. */
  private static String plain(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }

  private @Nullable Object text(String text, long row) {
    TextKind kind = TextKind.of(text);
    if (kind == TextKind.BLANK
        || kind == TextKind.SUPPRESSED && dropSuppressed
        || kind == TextKind.NOT_KNOWN && dropNotKnown
        || kind == TextKind.INTEGER
            && dropSentinels
            && ColumnProfile.isSentinel(Long.parseLong(text.strip()))) {
      return null;
    }
    try {
      return switch (type) {
        case TEXT -> repair ? repaired(text, row) : text;
        case INTEGER -> kind == TextKind.INTEGER ? whole(text) : unfit(text, row);
        case DECIMAL -> kind.isNumber() ? fraction(text, kind) : unfit(text, row);
        case BOOLEAN -> kind == TextKind.TRUTH ? TextKind.truth(text) : unfit(text, row);
        case DATE -> kind.isDate() ? date(text.strip(), kind) : unfit(text, row);
        case INSTANT ->
            kind == TextKind.INSTANT
                ? OffsetDateTime.parse(text.strip()).toInstant()
                : unfit(text, row);
      };
    } catch (DateTimeException e) {
      return unfit(text, row);
    }
  }

  /** It ends a text for half of the programs that read it, and PostgreSQL has no room for it. */
  private String withoutNul(String text, long row) {
    nul.count(row, text.replace('\0', '\u2400'));
    return text.replace("\0", "");
  }

  private static Long whole(String text) {
    String bare = text.strip();
    return Long.valueOf(bare.charAt(0) == '+' ? bare.substring(1) : bare);
  }

  private static Double fraction(String text, TextKind kind) {
    return Double.valueOf(kind == TextKind.DECIMAL_COMMA ? text.replace(',', '.') : text);
  }

  private LocalDate date(String text, TextKind kind) {
    if (kind == TextKind.DATE_ISO) {
      return LocalDate.parse(text);
    }
    String[] parts = text.split("[/-]");
    int one = Integer.parseInt(parts[0]);
    int two = Integer.parseInt(parts[1]);
    int year = Integer.parseInt(parts[2]);
    return monthFirst ? LocalDate.of(year, one, two) : LocalDate.of(year, two, one);
  }

  private String repaired(String text, long row) {
    if ((Mojibake.flags(text) & Mojibake.REPAIRABLE) == 0) {
      return text;
    }
    String sound = Mojibake.repair(text);
    if (sound == null) {
      return text;
    }
    repaired.count(row, text + " → " + sound);
    return sound;
  }

  private @Nullable Object unfit(Object value, long row) {
    String text = value.toString();
    unreadable.count(row, text);
    if (setAside.size() < SpooledLayer.MAX_SET_ASIDE) {
      setAside.add(
          new SpooledLayer.SetAsideRow(
              row, "field " + profile.field().name() + ": no " + type, text));
    }
    return null;
  }

  /** Forgets what conversions said so far, before all rows are converted once more. */
  void startOver() {
    unreadable.clear();
    repaired.clear();
    setAside.clear();
  }

  /** Cells that are kept beside the layer because they do not fit their field. */
  List<SpooledLayer.SetAsideRow> setAside() {
    return setAside;
  }

  /** Why the column looks personal; empty where it does not. */
  String personalEvidence() {
    if (profile.isSmallNumbers()) {
      return "";
    }
    var byName = PersonalData.byName(profile.field().name());
    if (byName.isPresent()) {
      return byName.get();
    }
    for (Map.Entry<String, Integer> kind : profile.personal().entrySet()) {
      if (kind.getValue() >= 3 && kind.getValue() * 20L >= profile.sampled()
          || kind.getValue() == profile.sampled()) {
        return kind.getValue()
            + " of "
            + profile.sampled()
            + " sampled values look like "
            + kind.getKey();
      }
    }
    return "";
  }

  /**
   * Says what there is to say, after all values were converted.
   *
   * @param key true where the column is a key: then digits are a code, not numbers kept as text
   */
  void report(Findings findings, String source, boolean key) {
    String name = profile.field().name();
    String personal = profile.present() > 0 ? personalEvidence() : "";
    boolean hide = !personal.isEmpty();
    if (hide) {
      add(
          findings,
          FindingCode.PERSONAL_DATA,
          source,
          profile.present(),
          personal,
          Finding.Action.CLOSED,
          List.of());
    }
    long nulled =
        (dropSuppressed || dropNotKnown ? profile.marks.count() : 0)
            + (dropSentinels ? profile.sentinels.count() : 0);
    if (dropSuppressed && !dropNotKnown) {
      nulled = profile.count(TextKind.SUPPRESSED) + (dropSentinels ? profile.sentinels.count() : 0);
    }
    if (nulled > 0) {
      List<Finding.Example> examples = new ArrayList<>(profile.marks.examples());
      if (dropSentinels) {
        examples.addAll(profile.sentinels.examples());
      }
      add(
          findings,
          FindingCode.VALUE_SUPPRESSED,
          source,
          nulled,
          "of " + profile.rows() + " values",
          Finding.Action.NULLED,
          examples);
    }
    boolean codes =
        profile.isKeyLike()
            || profile.isNumbering()
            || profile.isFixedWidth()
            || key
            || profile.count(TextKind.CODE) > 0;
    long asText = profile.numbersAsText.count();
    long known = profile.present() - profile.marks.count();
    if (type == FieldType.TEXT && !codes && !hide && asText > 0 && asText == known && asText > 1) {
      add(
          findings,
          FindingCode.VALUE_NUMBER_AS_TEXT,
          source,
          asText,
          "",
          Finding.Action.KEPT,
          profile.numbersAsText.examples());
    }
    if (mixedDates) {
      add(
          findings,
          FindingCode.VALUE_MIXED_DATES,
          source,
          profile.dateTexts.count(),
          forms(),
          Finding.Action.KEPT,
          profile.dateTexts.examples());
    }
    add(
        findings,
        FindingCode.VALUE_UNREADABLE,
        source,
        unreadable.count(),
        "declared or found type " + type + " in " + name,
        Finding.Action.SET_ASIDE,
        hide ? List.of() : unreadable.examples());
    add(
        findings,
        FindingCode.TEXT_NUL,
        source,
        nul.count(),
        "",
        Finding.Action.REPAIRED,
        hide ? List.of() : nul.examples());
    add(
        findings,
        FindingCode.MOJIBAKE_REPAIRABLE,
        source,
        profile.repairable.count(),
        "",
        repair ? Finding.Action.REPAIRED : Finding.Action.KEPT,
        hide ? List.of() : repair ? repaired.examples() : profile.repairable.examples());
    add(
        findings,
        FindingCode.MOJIBAKE_IRREPARABLE,
        source,
        profile.lost.count(),
        "",
        Finding.Action.KEPT,
        hide ? List.of() : profile.lost.examples());
  }

  private String forms() {
    StringBuilder forms = new StringBuilder();
    for (TextKind kind : TextKind.values()) {
      if ((kind.isDate() || kind == TextKind.INSTANT) && profile.count(kind) > 0) {
        forms
            .append(forms.isEmpty() ? "" : ", ")
            .append(kind.name().toLowerCase(java.util.Locale.ROOT))
            .append(' ')
            .append(profile.count(kind));
      }
    }
    return forms.toString();
  }

  private void add(
      Findings findings,
      FindingCode code,
      String source,
      long count,
      String evidence,
      Finding.Action action,
      List<Finding.Example> examples) {
    if (count > 0) {
      findings.add(
          new Finding(
              code,
              code.severity(),
              source,
              profile.field().name(),
              count,
              evidence,
              action,
              examples));
    }
  }
}
