package org.tequio.publish.edit;

import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.tequio.feature.Code;
import org.tequio.feature.Feature;
import org.tequio.feature.FeatureId;
import org.tequio.feature.Field;
import org.tequio.feature.LocalText;
import org.tequio.http.Problem;
import org.tequio.publish.layer.FieldText;
import org.tequio.publish.layer.PublicLayer;

/**
 * Holds what is said of a feature to its layer's schema: fields that exist and are open, values of
 * their type and code list, a place that the layer can hold. One for each edit.
 */
final class ContentCheck {
  private static final int LONGEST_TEXT = 1 << 20;

  private final PublicLayer layer;
  private final int edit;

  /**
   * Checks for one layer.
   *
   * @param edit which of the edits it is, for the refusal
   */
  ContentCheck(PublicLayer layer, int edit) {
    this.layer = layer;
    this.edit = edit;
  }

  /** Of a feature's values, those of fields that are closed: they are not the editor's. */
  Map<String, @Nullable Object> closed(Map<String, @Nullable Object> values) {
    Map<String, @Nullable Object> closed = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          if (layer.indexOf(name) < 0) {
            closed.put(name, value);
          }
        });
    return closed;
  }

  /**
   * A feature with what is said of it.
   *
   * @param place where it was; null where that was not known
   * @param before its values so far; what is neither there nor said is not known
   */
  @SuppressWarnings(
      "NullAway") // The annotation of the record's component is not in its class file.
  Feature changed(
      FeatureId id,
      @Nullable Geometry place,
      Map<String, @Nullable Object> before,
      Content content) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (Field field : layer.stored().schema().fields()) {
      values.put(field.name(), before.get(field.name()));
    }
    content
        .values()
        .forEach(
            (name, value) -> {
              int index = layer.indexOf(name);
              if (index < 0) {
                throw refused(unknown(name));
              }
              Field field = layer.fields().get(index);
              values.put(field.name(), value(field, values.get(field.name()), value));
            });
    Content.Place said = content.place();
    Geometry geometry = said == null ? place : placed(said);
    return new Feature(id, geometry, values);
  }

  private @Nullable Geometry placed(Content.Place said) {
    try {
      return new PlaceCheck(layer).geometry(said);
    } catch (PlaceCheck.Unfit e) {
      throw refused(Problem.of(400, "edit-place", PlaceCheck.TITLE, e.why()));
    }
  }

  private EditRefused refused(Problem problem) {
    return new EditRefused(problem, edit);
  }

  private Problem unknown(String name) {
    String shown = name.length() > 60 ? name.substring(0, 60) + "…" : name;
    String known =
        layer.fields().stream().map(Field::name).limit(60).collect(Collectors.joining(", "));
    return Problem.of(
        400,
        "edit-field",
        new LocalText("Campo desconocido", "Campo desconhecido", "Unknown field"),
        new LocalText(
            "'" + layer.id() + "' no tiene el campo '" + shown + "'; tiene: " + known,
            "'" + layer.id() + "' não tem o campo '" + shown + "'; tem: " + known,
            "'" + layer.id() + "' has no field '" + shown + "'; it has: " + known));
  }

  private @Nullable Object value(Field field, @Nullable Object before, @Nullable Object said) {
    if (said == null) {
      return null;
    }
    Object value = typed(field, said).orElseThrow(() -> refused(wrong(field, said)));
    if (value instanceof String text && text.length() > LONGEST_TEXT) {
      throw refused(wrong(field, text));
    }
    boolean listed =
        field.codes().isEmpty()
            || field.codes().stream().map(Code::value).anyMatch(value.toString()::equals);
    // What was there before stays allowed: nobody is made to mend another's value.
    if (!listed && !Objects.equals(value, before)) {
      throw refused(notListed(field, value));
    }
    return value;
  }

  private static Optional<Object> typed(Field field, Object said) {
    return switch (field.type()) {
      case TEXT -> Optional.of(said).filter(String.class::isInstance);
      case INTEGER -> said instanceof Long ? Optional.of(said) : written(field, said);
      case DECIMAL ->
          switch (said) {
            case Long number -> Optional.of(number.doubleValue());
            case Double number -> Optional.<Object>of(number).filter(x -> Double.isFinite(number));
            default -> written(field, said);
          };
      case BOOLEAN -> said instanceof Boolean ? Optional.of(said) : written(field, said);
      case DATE -> said instanceof LocalDate ? Optional.of(said) : written(field, said);
      case INSTANT -> said instanceof Instant ? Optional.of(said) : written(field, said);
    };
  }

  private static Optional<Object> written(Field field, Object said) {
    return said instanceof String text ? FieldText.parse(field.type(), text) : Optional.empty();
  }

  private static Problem wrong(Field field, Object said) {
    return Problem.invalidParameter(field.name(), FieldText.wanted(field.type()), said.toString());
  }

  private static Problem notListed(Field field, Object value) {
    String codes =
        field.codes().stream().map(Code::value).limit(60).collect(Collectors.joining("|"));
    return Problem.invalidParameter(field.name(), LocalText.same(codes), value.toString());
  }
}
