package org.tequio.catalogue.dictionary;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Code;
import org.tequio.feature.DataClass;
import org.tequio.feature.FieldType;
import org.tequio.feature.LocalText;

/**
 * An attribute that a kind of layer usually has.
 *
 * @param name such as {@code cvegeo}
 * @param type of its values
 * @param label what people read
 * @param unit UCUM code; null where there is none
 * @param dataClass who may see it
 * @param codeList the values that it may take; {@link CodeList#NONE} where any value is allowed
 * @param pattern what a value looks like as a text; null where that says nothing
 * @param min the smallest number that makes sense; negative infinity where none is
 * @param max the greatest; positive infinity where none is
 * @param words of its name
 * @param names what departments call it, as words without accents
 */
public record Attribute(
    String name,
    FieldType type,
    LocalText label,
    @Nullable String unit,
    DataClass dataClass,
    CodeList codeList,
    @Nullable Pattern pattern,
    double min,
    double max,
    List<String> words,
    List<List<String>> names) {

  /** Copies the lists. */
  public Attribute {
    words = List.copyOf(words);
    names = names.stream().map(List::copyOf).toList();
  }

  /** The values that it may take, with their meaning; empty where any value is allowed. */
  public List<Code> codes() {
    return codeList.codes();
  }

  Attribute with(CodeList otherCodes, DataClass otherClass) {
    return new Attribute(
        name, type, label, unit, otherClass, otherCodes, pattern, min, max, words, names);
  }
}
