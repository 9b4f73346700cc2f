package org.tequio.publish.place;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.publish.place.PlaceJson.PlaceFeatureJson;
import org.tequio.publish.place.PlaceJson.PropertyJson;

/** An address as people say it, out of the columns in which departments keep street and number. */
final class AddressWords {
  private static final List<String> STREETS =
      List.of(
          "calle", "vialidad", "nomvial", "nom_vial", "logradouro", "via", "street", "direccion");
  private static final List<String> NUMBERS =
      List.of("numero", "num_ext", "numext", "no_ext", "num", "number", "exterior");

  private AddressWords() {}

  static Optional<String> of(PublicLayer layer, PlaceFeatureJson feature) {
    String standard = layer.record().standard();
    if (standard == null || standard.startsWith("adm.")) {
      return Optional.empty();
    }
    String street = value(feature, STREETS);
    String number = value(feature, NUMBERS);
    return street == null
        ? Optional.empty()
        : Optional.of(number == null ? street : street + " " + number);
  }

  private static @Nullable String value(PlaceFeatureJson feature, List<String> names) {
    for (String name : names) {
      for (PropertyJson property : feature.properties()) {
        Object value = property.value();
        if (value != null && property.name().toLowerCase(Locale.ROOT).startsWith(name)) {
          return value.toString();
        }
      }
    }
    return null;
  }
}
