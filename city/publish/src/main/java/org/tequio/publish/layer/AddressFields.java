package org.tequio.publish.layer;

import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import org.tequio.feature.Field;

/**
 * The columns in which departments keep street, house number and neighbourhood, recognised by their
 * names. Each is an index into {@link PublicLayer#fields()}, -1 where there is none.
 *
 * @param street the street's name
 * @param kind what kind of street, where that stands apart
 * @param number the house number
 * @param letter what follows the number
 * @param area the neighbourhood
 * @param whole street and number in one text
 */
public record AddressFields(int street, int kind, int number, int letter, int area, int whole) {
  private static final List<String> STREETS =
      List.of(
          "calle",
          "vialidad",
          "nom_vial",
          "nomvial",
          "nombre_via",
          "nom_via",
          "nm_logra",
          "logradouro",
          "via",
          "street");
  private static final List<String> NAMES = List.of("nombre", "nome", "name");
  private static final List<String> KINDS =
      List.of("tipo_vial", "tipovial", "tipo_via", "tp_logra", "tipo_logra", "tipo");
  private static final List<String> NUMBERS =
      List.of(
          "numero_ext",
          "num_ext",
          "numext",
          "no_ext",
          "num_puerta",
          "numero",
          "housenumber",
          "addr:housenumber",
          "number",
          "exterior",
          "num");
  private static final List<String> LETTERS = List.of("letra_ext", "letra");
  private static final List<String> AREAS =
      List.of("colonia", "nomb_asent", "barrio", "bairro", "urbanizacion", "neighbo");
  private static final List<String> WHOLES =
      List.of(
          "call_numero",
          "calle_num",
          "calle_y_num",
          "direccion",
          "domicilio",
          "endereco",
          "address");

  /** Looks at a layer's public columns. */
  public static AddressFields of(PublicLayer layer) {
    boolean streets = "ref.vialidad".equals(layer.record().standard());
    List<Field> fields = layer.fields();
    int whole = find(fields, WHOLES, String::startsWith);
    int street = streets ? find(fields, NAMES, String::startsWith) : -1;
    street = street >= 0 ? street : streetBeside(fields, whole);
    return new AddressFields(
        street,
        find(fields, KINDS, String::equals),
        find(fields, NUMBERS, String::startsWith),
        find(fields, LETTERS, String::equals),
        find(fields, AREAS, String::startsWith),
        whole);
  }

  /** True where there are house numbers. */
  public boolean hasNumbers() {
    return whole >= 0 || street >= 0 && number >= 0;
  }

  private static int streetBeside(List<Field> fields, int whole) {
    int street =
        find(
            fields,
            STREETS,
            (name, known) -> known.length() < 4 ? name.equals(known) : name.startsWith(known));
    return street == whole ? -1 : street;
  }

  private static int find(
      List<Field> fields, List<String> known, BiPredicate<String, String> fits) {
    for (String one : known) {
      for (int i = 0; i < fields.size(); i++) {
        if (fits.test(fields.get(i).name().toLowerCase(Locale.ROOT), one)) {
          return i;
        }
      }
    }
    return -1;
  }
}
