package org.tequio.publish.place;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.publish.layer.AddressFields;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.publish.place.PlaceJson.PlaceFeatureJson;

/** An address as people say it, out of the columns in which departments keep street and number. */
final class AddressWords {
  private AddressWords() {}

  static Optional<String> of(PublicLayer layer, PlaceFeatureJson feature) {
    String standard = layer.record().standard();
    if (standard == null || standard.startsWith("adm.")) {
      return Optional.empty();
    }
    AddressFields fields = AddressFields.of(layer);
    String street = value(feature, fields.street());
    String number = value(feature, fields.number());
    return street == null
        ? Optional.ofNullable(value(feature, fields.whole()))
        : Optional.of(number == null ? street : street + " " + number);
  }

  private static @Nullable String value(PlaceFeatureJson feature, int field) {
    Object value = field < 0 ? null : feature.properties().get(field).value();
    return value == null ? null : value.toString();
  }
}
