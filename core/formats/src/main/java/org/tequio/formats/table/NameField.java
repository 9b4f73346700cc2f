package org.tequio.formats.table;

import java.util.List;
import java.util.Locale;
import org.tequio.feature.LayerSchema;

/** Which field of a layer is what its features are called, in formats that have a place for it. */
public final class NameField {
  private static final List<String> NAMES =
      List.of("nombre", "nome", "name", "nom", "denominacion", "título", "titulo", "title");

  private NameField() {}

  /** Its place in the schema: the first with a name for names, else the key; -1 for none. */
  public static int indexIn(LayerSchema schema) {
    for (int i = 0; i < schema.fields().size(); i++) {
      if (NAMES.contains(schema.fields().get(i).name().toLowerCase(Locale.ROOT))) {
        return i;
      }
    }
    return schema.key() == null ? -1 : schema.indexOf(schema.key());
  }
}
