package org.tequio.catalogue.mapping;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.dictionary.Words;
import org.tequio.feature.Field;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.FeatureStore;
import org.tequio.storage.StoredLayer;

/** A column and some of its values. Belongs to one thread. */
final class ColumnSample {
  private static final int MOST = 500;
  private static final int MOST_ROWS = 5_000;

  private final Field field;
  private final List<String> name;
  private final List<String> label;
  private final List<Object> values = new ArrayList<>();
  private @Nullable Set<String> texts;

  private ColumnSample(Field field) {
    this.field = field;
    this.name = Words.of(field.name());
    this.label = Words.of(field.label().es());
  }

  /** Every column of a layer with the values of its first rows, read in one pass. */
  static List<ColumnSample> of(FeatureStore store, StoredLayer layer) {
    List<ColumnSample> samples = layer.schema().fields().stream().map(ColumnSample::new).toList();
    store.scan(
        layer.id(),
        FeatureQuery.ALL.page(0, MOST_ROWS),
        row -> {
          boolean goOn = false;
          for (int i = 0; i < samples.size(); i++) {
            List<Object> values = samples.get(i).values;
            Object value = values.size() < MOST ? row.value(i) : null;
            if (value != null) {
              values.add(value);
            }
            goOn |= values.size() < MOST;
          }
          return goOn;
        });
    return samples;
  }

  /** Its name and type. */
  Field field() {
    return field;
  }

  /** The words of its name. */
  List<String> name() {
    return name;
  }

  /** The words of its label. */
  List<String> label() {
    return label;
  }

  /** At most {@value #MOST} values, none of them unknown. */
  List<Object> values() {
    return values;
  }

  /** The different values as texts. */
  Set<String> texts() {
    Set<String> known = texts;
    if (known == null) {
      known = new HashSet<>();
      for (Object value : values) {
        known.add(value.toString().strip());
      }
      texts = known;
    }
    return known;
  }
}
