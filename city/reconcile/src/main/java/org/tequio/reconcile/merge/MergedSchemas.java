package org.tequio.reconcile.merge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.LayerRecord;
import org.tequio.feature.Code;
import org.tequio.feature.DataClass;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;
import org.tequio.feature.GeometryType;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.LocalText;
import org.tequio.reconcile.GroupState;
import org.tequio.reconcile.Reconciliation;

/**
 * What the merged layer, the crosswalk and the provenance look like. A merged field is as closed as
 * the most closed of the fields that it is made of.
 */
final class MergedSchemas {
  private static final List<Code> STATES =
      Stream.of(GroupState.values())
          .map(state -> new Code(state.wireName(), label(state)))
          .toList();

  private final List<Reconciliation.Attribute> attributes;
  private final List<LayerRecord> records;

  MergedSchemas(List<Reconciliation.Attribute> attributes, List<LayerRecord> records) {
    this.attributes = attributes;
    this.records = records;
  }

  private static LocalText label(GroupState state) {
    return switch (state) {
      case MATCHED -> new LocalText("Coincide", "Coincide", "Matched");
      case DOUBTFUL -> new LocalText("Dudoso", "Duvidoso", "Doubtful");
      case SETTLED ->
          new LocalText("Decidido por una persona", "Decidido por uma pessoa", "Settled");
      case SINGLE -> new LocalText("En una sola capa", "Em uma só camada", "In one layer only");
    };
  }

  static Field state(String name) {
    return new Field(
        name,
        FieldType.TEXT,
        new LocalText("Conciliación", "Conciliação", "Reconciled"),
        null,
        DataClass.PUBLIC,
        STATES);
  }

  /** The merged layer: its attributes and how sure it is. */
  LayerSchema merged(List<Integer> geometryMembers, @Nullable String key) {
    GeometryType geometry = GeometryType.NONE;
    boolean z = false;
    for (int member : geometryMembers) {
      geometry = geometry.union(records.get(member).schema().geometry());
      z |= records.get(member).schema().hasZ();
    }
    List<Field> fields = new ArrayList<>();
    attributes.forEach(attribute -> fields.add(field(attribute)));
    fields.add(state("reconciled"));
    return new LayerSchema(geometry, z, false, fields, key);
  }

  private Field field(Reconciliation.Attribute attribute) {
    Field merged = null;
    for (int member = 0; member < records.size(); member++) {
      Field source = source(attribute, member);
      if (source == null) {
        continue;
      }
      merged =
          merged == null
              ? source
              : new Field(
                  merged.name(),
                  union(merged.type(), source.type()),
                  merged.label(),
                  merged.unit() == null ? source.unit() : merged.unit(),
                  stricter(merged.dataClass(), source.dataClass()),
                  merged.codes().equals(source.codes()) ? merged.codes() : List.of());
    }
    if (merged == null) {
      throw new IllegalStateException("no layer has the attribute " + attribute.name());
    }
    return new Field(
        attribute.name(),
        merged.type(),
        attribute.label(),
        merged.unit(),
        merged.dataClass(),
        merged.codes());
  }

  /** A member's field behind an attribute, as closed as its record or its store says. */
  private @Nullable Field source(Reconciliation.Attribute attribute, int member) {
    String name = attribute.fields().get(member);
    return name == null ? null : records.get(member).schema().findField(name).orElse(null);
  }

  private static FieldType union(FieldType a, FieldType b) {
    if (a == b) {
      return a;
    }
    boolean numbers =
        (a == FieldType.INTEGER || a == FieldType.DECIMAL)
            && (b == FieldType.INTEGER || b == FieldType.DECIMAL);
    return numbers ? FieldType.DECIMAL : FieldType.TEXT;
  }

  private static DataClass stricter(DataClass a, DataClass b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  /** The crosswalk: one row for each group and each of its parts. */
  LayerSchema crosswalk(List<@Nullable Field> keys) {
    List<Field> fields = new ArrayList<>();
    fields.add(Field.of("number", FieldType.INTEGER));
    fields.add(state("state"));
    fields.add(Field.of("score", FieldType.DECIMAL));
    fields.add(Field.of("doubt", FieldType.INTEGER));
    fields.add(Field.of("keys_equal", FieldType.BOOLEAN));
    fields.add(Field.of("names_alike", FieldType.DECIMAL));
    fields.add(Field.of("places_alike", FieldType.DECIMAL));
    for (int member = 0; member < records.size(); member++) {
      String layer = records.get(member).id().value();
      fields.add(Field.of(layer + "_feature", FieldType.INTEGER));
      Field key = keys.get(member);
      if (key != null) {
        fields.add(
            new Field(layer + "_key", key.type(), key.label(), null, key.dataClass(), List.of()));
      }
    }
    return new LayerSchema(GeometryType.NONE, false, false, fields, null);
  }

  /** The provenance: for each merged feature which feature of which layer said what. */
  LayerSchema provenance() {
    List<Field> fields = new ArrayList<>();
    fields.add(Field.of("feature", FieldType.INTEGER));
    for (LayerRecord layer : records) {
      fields.add(Field.of(layer.id().value() + "_feature", FieldType.INTEGER));
      fields.add(Field.of(layer.id().value() + "_revision", FieldType.INTEGER));
    }
    fields.add(from(Reconciliation.GEOMETRY, fields));
    attributes.forEach(attribute -> fields.add(from(attribute.name(), fields)));
    return new LayerSchema(GeometryType.NONE, false, false, fields, "feature");
  }

  private Field from(String attribute, List<Field> before) {
    String name = attribute + "_from";
    for (int i = 2; hasName(before, name); i++) {
      name = attribute + "_from_" + i;
    }
    List<Code> layers =
        records.stream().map(layer -> new Code(layer.id().value(), layer.title())).toList();
    return new Field(name, FieldType.TEXT, LocalText.same(name), null, DataClass.PUBLIC, layers);
  }

  private static boolean hasName(List<Field> fields, String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return fields.stream().anyMatch(field -> field.name().toLowerCase(Locale.ROOT).equals(wanted));
  }
}
