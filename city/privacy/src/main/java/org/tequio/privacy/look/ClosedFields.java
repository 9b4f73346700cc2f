package org.tequio.privacy.look;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tequio.catalogue.LayerRecord;
import org.tequio.feature.DataClass;
import org.tequio.feature.Field;
import org.tequio.feature.LayerId;
import org.tequio.storage.AsOf;
import org.tequio.storage.FeatureStore;
import org.tequio.storage.StoredLayer;

/**
 * The fields of a layer in one state, each as closed as its record says.
 *
 * @param layer which
 * @param fields in the order of a row's values
 */
public record ClosedFields(LayerId layer, List<Field> fields) {
  /** Copies the list. */
  public ClosedFields {
    fields = List.copyOf(fields);
  }

  /** Those of a layer as of a state; nothing where it did not exist then. */
  public static Optional<ClosedFields> of(FeatureStore store, LayerRecord record, AsOf state) {
    return store.findLayer(record.id(), state).map(stored -> of(record, stored));
  }

  private static ClosedFields of(LayerRecord record, StoredLayer stored) {
    List<Field> fields = new ArrayList<>();
    for (Field kept : stored.schema().fields()) {
      Field described = record.schema().findField(kept.name()).orElse(kept);
      fields.add(described.withDataClass(record.dataClass(kept)));
    }
    return new ClosedFields(record.id(), fields);
  }

  /** True where the value of a field says something of a person. */
  public boolean isPersonal(int field) {
    return switch (fields.get(field).dataClass()) {
      case PERSONAL, SENSITIVE -> true;
      case PUBLIC, INTERNAL -> false;
    };
  }

  /** True where any field does. */
  public boolean hasPersonal() {
    for (int i = 0; i < fields.size(); i++) {
      if (isPersonal(i)) {
        return true;
      }
    }
    return false;
  }

  /** The names of those that do. */
  public List<String> personalNames() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      if (isPersonal(i)) {
        names.add(fields.get(i).name());
      }
    }
    return names;
  }

  /** Where a field may be read by whoever may read this and less. */
  boolean isWithin(int field, DataClass most) {
    return fields.get(field).dataClass().compareTo(most) <= 0;
  }
}
