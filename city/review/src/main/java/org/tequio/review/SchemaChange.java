package org.tequio.review;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Field;
import org.tequio.feature.LayerSchema;

/**
 * A field that two schemas do not share.
 *
 * @param kind {@code added}, {@code removed} or {@code type}
 * @param field its name
 * @param from its type before; null where it was not there
 * @param to its type after; null where it is not there
 */
public record SchemaChange(String kind, String field, @Nullable String from, @Nullable String to) {

  /** What is different between two schemas; names are compared ignoring case. */
  public static List<SchemaChange> between(LayerSchema before, LayerSchema after) {
    List<SchemaChange> changes = new ArrayList<>();
    for (Field field : before.fields()) {
      String from = field.type().name();
      Field now = after.findField(field.name()).orElse(null);
      if (now == null) {
        changes.add(new SchemaChange("removed", field.name(), from, null));
      } else if (now.type() != field.type()) {
        changes.add(new SchemaChange("type", field.name(), from, now.type().name()));
      }
    }
    for (Field field : after.fields()) {
      if (before.findField(field.name()).isEmpty()) {
        changes.add(new SchemaChange("added", field.name(), null, field.type().name()));
      }
    }
    return changes;
  }
}
