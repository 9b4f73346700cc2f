package org.tequio.formats;

import org.jspecify.annotations.Nullable;
import org.tequio.feature.FieldType;

/**
 * A field as the source declares it.
 *
 * @param name as written there
 * @param type the declared type; {@link FieldType#TEXT} where the format has no types (CSV)
 * @param typed true where the format declares types, so that text really is meant as text; false
 *     where the importer should look at the values and choose
 * @param alias a longer title that some formats carry
 */
public record SourceField(String name, FieldType type, boolean typed, @Nullable String alias) {

  /** A field of a format that declares types. */
  public static SourceField typed(String name, FieldType type) {
    return new SourceField(name, type, true, null);
  }

  /** A field of a format where everything is text. */
  public static SourceField untyped(String name) {
    return new SourceField(name, FieldType.TEXT, false, null);
  }
}
