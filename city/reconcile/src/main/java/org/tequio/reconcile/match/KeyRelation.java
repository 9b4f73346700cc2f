package org.tequio.reconcile.match;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tequio.feature.LocalText;
import org.tequio.reconcile.name.NameColumn;

/**
 * How the keys of two layers correspond, found in the data: which fields, read in which form, and
 * how often two features of one key were the same thing where geometry or name could tell.
 *
 * @param field the key of the first layer
 * @param form how it is read
 * @param otherField the key of the second layer
 * @param otherForm how it is read
 * @param shared the share of the smaller layer's keys that the other has
 * @param reliability from 0 to 1; a row number that both layers happen to have is near 0
 */
public record KeyRelation(
    String field,
    KeyForm form,
    String otherField,
    KeyForm otherForm,
    double shared,
    double reliability) {

  private static final int SAMPLE = 2000;
  private static final int CHECKED = 400;
  private static final int LARGE = 50_000;
  private static final double LEAST_SHARED = 0.3;
  private static final double LEAST_RELIABLE = 0.5;

  /** Nothing but the keys themselves speaks for them. */
  private static final double UNCHECKED = 0.9;

  /** Numbers that only count the rows. */
  private static final double SERIAL = 0.3;

  /** How the keys correspond, for people. */
  public LocalText sentence() {
    String both = field + " = " + otherField;
    LocalText read = how(form, otherForm);
    long percent = Math.round(100 * shared);
    return new LocalText(
        both + read.es() + "; en común " + percent + " %",
        both + read.pt() + "; em comum " + percent + " %",
        both + read.en() + "; in common " + percent + " %");
  }

  private static LocalText how(KeyForm form, KeyForm other) {
    int tail = Math.max(form.tail(), other.tail());
    boolean zeros = form.withoutZeros() || other.withoutZeros();
    String es = (tail > 0 ? ", sus últimos " + tail : "") + (zeros ? ", sin ceros delante" : "");
    String pt = (tail > 0 ? ", seus últimos " + tail : "") + (zeros ? ", sem zeros à frente" : "");
    String en = (tail > 0 ? ", their last " + tail : "") + (zeros ? ", without leading zeros" : "");
    return new LocalText(es, pt, en);
  }

  private record Found(
      KeyColumn key, KeyForm form, KeyColumn other, KeyForm otherForm, double shared) {}

  /**
   * Each column in each form, put in a table once. Of large layers only the keys that end in one
   * character: whatever is cut from their beginning, equal keys stay equal.
   */
  private record Tables(Map<Entry, RowsByHash> known, int ending) {
    private record Entry(KeyColumn column, KeyForm form) {}

    RowsByHash of(KeyColumn column, KeyForm form) {
      return known.computeIfAbsent(
          new Entry(column, form), entry -> new RowsByHash(column.hashes(form, ending)));
    }
  }

  private static int ending(MemberRows a, KeyColumn key, MemberRows b) {
    return Math.max(a.size(), b.size()) > LARGE ? key.usualEnding() : KeyColumn.ANY_ENDING;
  }

  /** The best relation between two layers; empty where their keys have nothing to do. */
  static Optional<KeyRelation> find(MemberRows a, MemberRows b, ShapeComparison shapes) {
    List<Found> found = new ArrayList<>();
    for (KeyColumn key : a.keys()) {
      for (KeyColumn other : b.keys()) {
        best(a, key, b, other).ifPresent(found::add);
      }
    }
    found.sort(Comparator.comparingDouble(Found::shared).reversed());
    KeyRelation best = null;
    for (Found one : found.subList(0, Math.min(4, found.size()))) {
      double reliability = reliability(a, b, one, shapes);
      KeyRelation relation =
          new KeyRelation(
              one.key.field(), one.form, one.other.field(), one.otherForm, one.shared, reliability);
      if (reliability >= LEAST_RELIABLE
          && (best == null
              || relation.shared * relation.reliability > best.shared * best.reliability + 1e-9)) {
        best = relation;
      }
    }
    return Optional.ofNullable(best);
  }

  private static Optional<Found> best(MemberRows a, KeyColumn key, MemberRows b, KeyColumn other) {
    int length = key.usualLength();
    int otherLength = other.usualLength();
    if (length == 0 || otherLength == 0) {
      return Optional.empty();
    }
    Tables tables = new Tables(new HashMap<>(), ending(a, key, b));
    Found best = null;
    for (List<KeyForm> forms : forms(length, otherLength)) {
      double shared = shared(a, key, forms.get(0), b, other, forms.get(1), tables);
      if (shared >= LEAST_SHARED && (best == null || shared > best.shared + 0.02)) {
        best = new Found(key, forms.get(0), other, forms.get(1), shared);
      }
      if (shared > 0.98) {
        break;
      }
    }
    return Optional.ofNullable(best);
  }

  /** Pairs of forms, simplest first. */
  private static Set<List<KeyForm>> forms(int length, int otherLength) {
    Set<List<KeyForm>> forms = new LinkedHashSet<>();
    KeyForm plain = KeyForm.WHOLE;
    KeyForm bare = new KeyForm(0, true);
    forms.add(List.of(plain, plain));
    forms.add(List.of(bare, bare));
    int tail = Math.min(length, otherLength);
    if (length > otherLength && tail >= 2) {
      forms.add(List.of(new KeyForm(tail, false), plain));
    } else if (otherLength > length && tail >= 2) {
      forms.add(List.of(plain, new KeyForm(tail, false)));
    }
    for (int t = 2; t < Math.max(length, otherLength) && t <= 12; t++) {
      KeyForm end = new KeyForm(t, true);
      if (length > otherLength) {
        forms.add(List.of(end, bare));
      } else if (otherLength > length) {
        forms.add(List.of(bare, end));
      }
    }
    return forms;
  }

  /**
   * The share of the smaller side's keys that the other side has, less what the forms make
   * ambiguous.
   */
  private static double shared(
      MemberRows a,
      KeyColumn key,
      KeyForm form,
      MemberRows b,
      KeyColumn other,
      KeyForm otherForm,
      Tables tables) {
    boolean swap = b.size() < a.size();
    MemberRows few = swap ? b : a;
    KeyColumn fewKey = swap ? other : key;
    KeyForm fewForm = swap ? otherForm : form;
    MemberRows many = swap ? a : b;
    RowsByHash all = tables.of(swap ? key : other, swap ? form : otherForm);
    RowsByHash own = tables.of(fewKey, fewForm);
    int step = Math.max(1, own.present() / SAMPLE);
    int present = 0;
    int hits = 0;
    for (int row = 0; row < few.size(); row += step) {
      long hash = own.hash(row);
      if (fewKey.has(row) && fewKey.ends(row, tables.ending)) {
        present++;
        hits += hash != 0 && all.first(hash) >= 0 ? 1 : 0;
      }
    }
    if (present == 0 || many.size() == 0) {
      return 0;
    }
    // A key that repeats on both sides says nothing; on one side it may be a table of many years.
    double unique =
        Math.max(
            own.distinct() / (double) Math.max(1, own.present()),
            all.distinct() / (double) Math.max(1, all.present()));
    return unique * hits / present;
  }

  /** How often two features of one key are the same, as far as place or name can tell. */
  private static double reliability(
      MemberRows a, MemberRows b, Found found, ShapeComparison shapes) {
    RowsByHash others = new RowsByHash(found.other.hashes(found.otherForm, KeyColumn.ANY_ENDING));
    int step = Math.max(1, a.size() / CHECKED);
    int told = 0;
    int agreed = 0;
    for (int row = 0; row < a.size(); row += step) {
      int other = others.first(found.key.hash(row, found.form));
      if (other < 0) {
        continue;
      }
      double shape = shapes.compare(a, row, b, other);
      double name = name(a, row, b, other);
      if (!Double.isNaN(shape) || !Double.isNaN(name)) {
        told++;
        agreed += shape >= 0.3 || name >= 0.75 ? 1 : 0;
      }
    }
    if (told >= 5) {
      return agreed / (double) told;
    }
    return isSerial(a, found.key) && isSerial(b, found.other) ? SERIAL : UNCHECKED;
  }

  private static double name(MemberRows a, int row, MemberRows b, int otherRow) {
    double best = Double.NaN;
    for (NameColumn mine : a.names()) {
      for (NameColumn theirs : b.names()) {
        if (mine.has(row) && theirs.has(otherRow)) {
          double alike = mine.similarity(row, theirs, otherRow);
          best = Double.isNaN(best) ? alike : Math.max(best, alike);
        }
      }
    }
    return best;
  }

  /** True where the keys are 1, 2, 3 ... or 0, 1, 2 ...: rows that were counted. */
  private static boolean isSerial(MemberRows rows, KeyColumn key) {
    RowsByHash hashes = new RowsByHash(key.hashes(KeyForm.WHOLE, KeyColumn.ANY_ENDING));
    int last = rows.size();
    return last > 3
        && hasNumber(hashes, 1)
        && hasNumber(hashes, last - 1)
        && hasNumber(hashes, last / 2);
  }

  private static boolean hasNumber(RowsByHash hashes, int number) {
    byte[] digits = Integer.toString(number).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    return hashes.first(KeyForm.WHOLE.hash(digits, 0, digits.length)) >= 0;
  }
}
