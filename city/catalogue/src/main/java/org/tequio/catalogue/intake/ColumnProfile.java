package org.tequio.catalogue.intake;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.dictionary.Words;
import org.tequio.feature.Mojibake;
import org.tequio.feature.RowHash;
import org.tequio.formats.SourceField;

/**
 * What all values of one column have in common, gathered while they pass by. Little work a value:
 * counters, and a closer look only at texts that were not seen before. Not thread-safe.
 */
final class ColumnProfile {
  private static final int PERSONAL_SAMPLE = 4000;
  private static final double SMALL = 100_000;
  private static final TextKind[] KINDS = TextKind.values();
  private static final Set<String> KEY_WORDS =
      Set.of(
          "clave",
          "cve",
          "clv",
          "cvegeo",
          "codgeo",
          "id",
          "folio",
          "codigo",
          "cod",
          "cd",
          "gid",
          "objectid",
          "fid",
          "oid",
          "key",
          "uuid",
          "globalid",
          "ubigeo",
          "cct",
          "clues",
          "cuenta",
          "chave",
          "cnes",
          "expediente");
  private static final Set<String> ROW_NUMBER_NAMES =
      Set.of("objectid", "gid", "fid", "oid", "ogc", "rowid");
  private static final Set<String> NUMBERING_WORDS =
      Set.of(
          "numero",
          "num",
          "no",
          "nro",
          "number",
          "cp",
          "cep",
          "postal",
          "postalcode",
          "ent",
          "mun",
          "loc",
          "seccion",
          "manzana",
          "lote");
  private static final Set<String> COORDINATE_WORDS =
      Set.of("x", "y", "lon", "long", "lng", "longitud", "longitude", "lat", "latitud", "coord");

  private final SourceField field;
  private final StringDictionary dictionary = new StringDictionary();
  private final long[] kinds = new long[KINDS.length];
  private final boolean maySentinel;
  private final boolean keyLike;
  private final boolean rowNumberName;
  private final boolean numbering;
  private final @Nullable LongList keyHashes;

  private long rows;
  private long nulls;
  private long integers;
  private long decimals;
  private long notFinite;
  private long truths;
  private long dates;
  private long instants;
  private long negatives;
  private double largest;
  private long commaThousands;
  private boolean rowOrder = true;
  private long firstInOrder;
  private int shortest = Integer.MAX_VALUE;
  private int longest;
  private int sampled;
  private final Map<String, Integer> personal = new TreeMap<>();

  final Tally sentinels = new Tally();
  final Tally marks = new Tally();
  final Tally repairable = new Tally();
  final Tally lost = new Tally();
  final Tally numbersAsText = new Tally();
  final Tally dateTexts = new Tally();

  ColumnProfile(SourceField field) {
    this.field = field;
    List<String> words = Words.of(field.name());
    maySentinel = words.stream().noneMatch(COORDINATE_WORDS::contains);
    keyLike = words.stream().anyMatch(KEY_WORDS::contains);
    rowNumberName = words.stream().anyMatch(ROW_NUMBER_NAMES::contains);
    numbering = words.stream().anyMatch(NUMBERING_WORDS::contains);
    keyHashes = keyLike ? new LongList() : null;
  }

  /**
   * Takes one value in and passes it on to the spool.
   *
   * @return 64 bits of the value, for the hash of its row
   */
  long accept(@Nullable Object value, long row, Spool spool) {
    long hash;
    switch (value) {
      case null -> {
        nulls++;
        hash = RowHash.of(null);
        spool.value(null);
      }
      case String text -> hash = text(text, row, spool);
      case Long number -> {
        integers++;
        long n = number;
        largest = Math.max(largest, n);
        if (n < 0) {
          negative(n, row);
        }
        inOrder(n);
        hash = RowHash.of(number);
        spool.value(number);
      }
      case Double number -> {
        double d = number;
        if (Double.isFinite(d)) {
          decimals++;
          largest = Math.max(largest, d);
          if (d < 0) {
            negative(d == Math.rint(d) ? (long) d : -1, row);
          }
          inOrder(d == Math.rint(d) ? (long) d : Long.MIN_VALUE);
        } else {
          notFinite++;
          marks.count(row, number.toString());
        }
        hash = RowHash.of(number);
        spool.value(number);
      }
      case Boolean truth -> {
        truths++;
        hash = RowHash.of(truth);
        spool.value(truth);
      }
      case LocalDate date -> {
        dates++;
        hash = RowHash.of(date);
        spool.value(date);
      }
      case Instant instant -> {
        instants++;
        hash = RowHash.of(instant);
        spool.value(instant);
      }
      default ->
          throw new IllegalArgumentException(
              "a reader gave a value of " + value.getClass() + " in field " + field.name());
    }
    if (keyHashes != null && value != null) {
      keyHashes.add(hash);
    }
    rows++;
    return hash;
  }

  private long text(String text, long row, Spool spool) {
    int known = dictionary.find(text);
    TextKind kind;
    byte flags;
    long hash;
    if (known >= 0) {
      kind = KINDS[dictionary.kind(known)];
      flags = dictionary.flag(known);
      hash = dictionary.hash(known);
    } else {
      kind = TextKind.of(text);
      flags = Mojibake.flags(text);
      hash = RowHash.ofText(text);
      known = dictionary.add(text, hash, kind, flags);
      lookCloser(text, kind, flags);
    }
    if (known >= 0) {
      spool.knownText(known);
    } else {
      spool.text(text, (flags & Mojibake.LATIN) != 0);
    }
    kinds[kind.ordinal()]++;
    if (kind != TextKind.OTHER) {
      special(text, kind, row);
    } else if (rowOrder) {
      rowOrder = false;
    }
    if ((flags & (Mojibake.LOST | Mojibake.REPAIRABLE)) != 0) {
      ((flags & Mojibake.LOST) != 0 ? lost : repairable).count(row, text);
    }
    return hash;
  }

  private void lookCloser(String text, TextKind kind, byte flags) {
    int n = text.length();
    shortest = Math.min(shortest, n);
    longest = Math.max(longest, n);
    if (sampled < PERSONAL_SAMPLE
        && (kind == TextKind.OTHER || kind == TextKind.CODE || kind == TextKind.INTEGER)) {
      sampled++;
      boolean may = (flags & Mojibake.AT_SIGN) != 0 || n == 18 || n == 13 || n == 14 || n == 11;
      String what = may ? PersonalData.byValue(text) : "";
      if (!what.isEmpty()) {
        personal.merge(what, 1, Integer::sum);
      }
    }
  }

  private void special(String text, TextKind kind, long row) {
    switch (kind) {
      case INTEGER, DECIMAL, DECIMAL_COMMA -> {
        if (text.charAt(0) == '-') {
          negative(kind == TextKind.INTEGER ? Long.parseLong(text.strip()) : -1, row);
        }
        if (kind == TextKind.DECIMAL_COMMA && text.length() - text.indexOf(',') == 4) {
          commaThousands++;
        }
        numbersAsText.count(row, text);
        if (rowOrder) {
          inOrder(kind == TextKind.INTEGER ? Long.parseLong(text.strip()) : Long.MIN_VALUE);
        }
      }
      case SUPPRESSED, NOT_KNOWN -> marks.count(row, text);
      case DATE_ISO, DATE_DAY_FIRST, DATE_MONTH_FIRST, DATE_EITHER, INSTANT ->
          dateTexts.count(row, text);
      default -> {
        // The counters say enough.
      }
    }
  }

  private void negative(long number, long row) {
    if (maySentinel && isSentinel(number)) {
      sentinels.count(row, Long.toString(number));
    } else {
      negatives++;
    }
  }

  private void inOrder(long number) {
    if (rows == 0) {
      firstInOrder = number;
      rowOrder = number == 0 || number == 1;
    } else if (rowOrder && number != firstInOrder + rows) {
      rowOrder = false;
    }
  }

  /** Numbers that stand for "no value" where no amount is negative. */
  static boolean isSentinel(long number) {
    return number == -99 || number == -999 || number == -9999 || number == -99999;
  }

  SourceField field() {
    return field;
  }

  StringDictionary dictionary() {
    return dictionary;
  }

  long rows() {
    return rows;
  }

  /** Values that are neither null nor blank. */
  long present() {
    return rows - nulls - count(TextKind.BLANK);
  }

  long nulls() {
    return nulls;
  }

  long integers() {
    return integers;
  }

  long decimals() {
    return decimals;
  }

  long notFinite() {
    return notFinite;
  }

  long truths() {
    return truths;
  }

  long dates() {
    return dates;
  }

  long instants() {
    return instants;
  }

  long count(TextKind kind) {
    return kinds[kind.ordinal()];
  }

  /** Texts of any kind. */
  long texts() {
    long sum = 0;
    for (long kind : kinds) {
      sum += kind;
    }
    return sum;
  }

  /** True where -9999 and its like can only mean "no value". */
  boolean hasSentinels() {
    long amounts =
        integers
            + decimals
            + count(TextKind.INTEGER)
            + count(TextKind.DECIMAL)
            + count(TextKind.DECIMAL_COMMA);
    return sentinels.count() > 0 && negatives == 0 && amounts > 2 * sentinels.count();
  }

  /** True where every decimal comma could as well part thousands. */
  boolean isCommaUnclear() {
    return commaThousands == count(TextKind.DECIMAL_COMMA);
  }

  boolean isKeyLike() {
    return keyLike;
  }

  /** True where digits number or name something and are no amount: houses, blocks, states. */
  boolean isNumbering() {
    return numbering;
  }

  /** True where the name is that of a row number and the values count the rows. */
  boolean isRowNumber() {
    return rowNumberName && rowOrder && rows > 1;
  }

  /** True where all texts have one length, as codes do. */
  boolean isFixedWidth() {
    return shortest == longest && shortest >= 4;
  }

  /** True where every value is a small number: a count or a code, no number of a person. */
  boolean isSmallNumbers() {
    boolean numbers = integers + decimals == rows - nulls && largest < SMALL;
    boolean texts = count(TextKind.INTEGER) == present() && longest < 6;
    return numbers || texts;
  }

  @Nullable LongList keyHashes() {
    return keyHashes;
  }

  /** Kinds of personal values found among the sample, with how many. */
  Map<String, Integer> personal() {
    return personal;
  }

  int sampled() {
    return sampled;
  }
}
