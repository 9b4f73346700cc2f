package org.tequio.reconcile.name;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.tequio.feature.Mojibake;

/**
 * Takes the name of a place apart into lower-case ASCII words: abbreviations written out, roman
 * numerals and ordinals as digits, articles and prepositions dropped, text that was decoded wrongly
 * repaired. A letter that is lost for good stays as {@value #LOST}, which agrees with any letter.
 */
public final class NameWords {
  /** Stands for a letter that some program lost. */
  public static final char LOST = '?';

  private static final Set<String> SMALL =
      Set.of(
          "a", "al", "and", "as", "con", "d", "da", "das", "de", "del", "do", "dos", "e", "el",
          "en", "la", "las", "los", "na", "no", "of", "os", "para", "por", "the", "y");

  /** Words that say of what kind a place is: two sources rarely agree on writing them. */
  private static final Set<String> KINDS =
      Set.of(
          "alcaldia",
          "bairro",
          "barrio",
          "colonia",
          "comuna",
          "conjunto",
          "delegacion",
          "distrito",
          "ejido",
          "fraccionamiento",
          "habitacional",
          "localidad",
          "municipio",
          "neighborhood",
          "partido",
          "pueblo",
          "residencial",
          "unidad",
          "vila",
          "zona");

  private static final Map<String, String> WRITTEN_OUT =
      Map.ofEntries(
          Map.entry("amp", "ampliacion"),
          Map.entry("ampl", "ampliacion"),
          Map.entry("av", "avenida"),
          Map.entry("ave", "avenida"),
          Map.entry("barr", "barrio"),
          Map.entry("bo", "barrio"),
          Map.entry("cd", "ciudad"),
          Map.entry("cda", "cerrada"),
          Map.entry("cjto", "conjunto"),
          Map.entry("col", "colonia"),
          Map.entry("conj", "conjunto"),
          Map.entry("deleg", "delegacion"),
          Map.entry("dr", "doctor"),
          Map.entry("ej", "ejido"),
          Map.entry("fco", "francisco"),
          Map.entry("fracc", "fraccionamiento"),
          Map.entry("gral", "general"),
          Map.entry("gpe", "guadalupe"),
          Map.entry("hab", "habitacional"),
          Map.entry("hda", "hacienda"),
          Map.entry("ing", "ingeniero"),
          Map.entry("jd", "jardim"),
          Map.entry("lic", "licenciado"),
          Map.entry("ma", "maria"),
          Map.entry("magd", "magdalena"),
          Map.entry("mpio", "municipio"),
          Map.entry("mun", "municipio"),
          Map.entry("mz", "manzana"),
          Map.entry("mza", "manzana"),
          Map.entry("nte", "norte"),
          Map.entry("ote", "oriente"),
          Map.entry("pblo", "pueblo"),
          Map.entry("pob", "poblado"),
          Map.entry("pq", "parque"),
          Map.entry("prof", "profesor"),
          Map.entry("pte", "poniente"),
          Map.entry("res", "residencial"),
          Map.entry("sn", "san"),
          Map.entry("sra", "senora"),
          Map.entry("sta", "santa"),
          Map.entry("sto", "santo"),
          Map.entry("uh", "unidad habitacional"),
          Map.entry("unid", "unidad"),
          Map.entry("vl", "vila"));

  private static final Map<String, String> ORDINALS =
      Map.ofEntries(
          Map.entry("primer", "1"),
          Map.entry("primera", "1"),
          Map.entry("primero", "1"),
          Map.entry("primeira", "1"),
          Map.entry("primeiro", "1"),
          Map.entry("first", "1"),
          Map.entry("segunda", "2"),
          Map.entry("segundo", "2"),
          Map.entry("second", "2"),
          Map.entry("tercer", "3"),
          Map.entry("tercera", "3"),
          Map.entry("tercero", "3"),
          Map.entry("terceira", "3"),
          Map.entry("terceiro", "3"),
          Map.entry("third", "3"),
          Map.entry("cuarta", "4"),
          Map.entry("cuarto", "4"),
          Map.entry("quarta", "4"),
          Map.entry("quarto", "4"),
          Map.entry("quinta", "5"),
          Map.entry("quinto", "5"),
          Map.entry("sexta", "6"),
          Map.entry("sexto", "6"));

  /** Longer numerals than one letter; single letters are numerals only at the end of a name. */
  private static final List<String> ROMAN =
      List.of(
          "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv",
          "xv", "xvi", "xvii", "xviii", "xix", "xx");

  private NameWords() {}

  /** The words of a name, in its order; empty where it says nothing. */
  public static List<String> of(String name) {
    List<String> raw = split(plain(name));
    List<String> words = new ArrayList<>(raw.size());
    for (int i = 0; i < raw.size(); i++) {
      String word = raw.get(i);
      boolean more = i + 1 < raw.size();
      if (word.equals("u")
          && more
          && (raw.get(i + 1).equals("h") || raw.get(i + 1).equals("hab"))) {
        words.add("unidad");
        words.add("habitacional");
        i++;
        continue;
      }
      for (String each : meaning(word, raw.size() > 1 && !more).split(" ")) {
        if (!SMALL.contains(each)) {
          words.add(each);
        }
      }
    }
    return words.isEmpty() ? raw : words;
  }

  /** True where a word only says of what kind the place is. */
  public static boolean isKind(String word) {
    return KINDS.contains(word);
  }

  private static String meaning(String word, boolean last) {
    int digits = 0;
    while (digits < word.length() && Character.isDigit(word.charAt(digits))) {
      digits++;
    }
    if (digits > 0) {
      String rest = word.substring(digits);
      boolean ordinal = rest.matches("|a|o|ra|ro|er|era|da|do|ta|to|na|no|va|vo|st|nd|rd|th");
      String number = word.substring(0, digits).replaceFirst("^0+(?=.)", "");
      return ordinal ? number : number + rest;
    }
    int roman = ROMAN.indexOf(word);
    if (roman >= 0 && (word.length() > 1 || last)) {
      return Integer.toString(roman + 1);
    }
    String ordinal = ORDINALS.get(word);
    return ordinal != null ? ordinal : WRITTEN_OUT.getOrDefault(word, word);
  }

  private static String plain(String name) {
    boolean ascii = true;
    for (int i = 0; i < name.length() && ascii; i++) {
      ascii = name.charAt(i) < 128;
    }
    if (ascii) {
      return name.toLowerCase(Locale.ROOT);
    }
    String sound = name;
    if ((Mojibake.flags(name) & Mojibake.REPAIRABLE) != 0) {
      String repaired = Mojibake.repair(name);
      sound = repaired == null ? name : repaired;
    }
    String folded = Normalizer.normalize(sound, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    StringBuilder plain = new StringBuilder(folded.length());
    for (int i = 0; i < folded.length(); i++) {
      char c = folded.charAt(i);
      int type = Character.getType(c);
      if (type != Character.NON_SPACING_MARK && type != Character.ENCLOSING_MARK) {
        plain.append(c == '\uFFFD' ? LOST : c);
      }
    }
    return plain.toString();
  }

  private static List<String> split(String plain) {
    List<String> words = new ArrayList<>();
    int from = -1;
    for (int i = 0; i <= plain.length(); i++) {
      boolean inside = i < plain.length() && isInside(plain, i);
      if (inside && from < 0) {
        from = i;
      } else if (!inside && from >= 0) {
        words.add(plain.substring(from, i));
        from = -1;
      }
    }
    return words;
  }

  private static boolean isInside(String plain, int at) {
    char c = plain.charAt(at);
    if (c != LOST) {
      return Character.isLetterOrDigit(c);
    }
    boolean before = at > 0 && Character.isLetter(plain.charAt(at - 1));
    boolean after = at + 1 < plain.length() && Character.isLetter(plain.charAt(at + 1));
    return before && after || at == 0 && after;
  }
}
