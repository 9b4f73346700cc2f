package org.tequio.publish.ogc;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Bbox;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;
import org.tequio.feature.LocalText;
import org.tequio.http.Call;
import org.tequio.http.Parameter;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.FeatureStore;

/**
 * What a request for items asks for, read and checked once. Not thread-safe: the box filter works
 * with its own buffers.
 *
 * @param limit at most so many on a page
 * @param after only features with a greater id
 */
record ItemsQuery(
    PublicLayer layer,
    int limit,
    long after,
    List<FeatureQuery.FieldEquals> equal,
    @Nullable BoxFilter box,
    @Nullable TimeSpan time,
    int timePosition) {

  static final Parameter<Integer> LIMIT =
      Parameter.integer("limit", "At most so many features on a page.", 1, 10_000, 10);

  static final Parameter<Long> AFTER =
      new Parameter<>(
          Parameter.Place.QUERY,
          "after",
          "Only features with a greater identifier: the key by which pages follow each other.",
          new LocalText("un entero desde 0", "um inteiro desde 0", "a whole number from 0"),
          Parameter.schema("integer", "minimum", 0),
          text ->
              text.matches("[0-9]{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty());

  private static final List<String> DECLARED =
      List.of("limit", "bbox", "datetime", "after", "asOf", "f", "lang");

  static ItemsQuery of(Call call, PublicLayer layer) {
    List<FeatureQuery.FieldEquals> equal = new ArrayList<>();
    for (Map.Entry<String, String> filter : call.openQuery().entrySet()) {
      equal.add(condition(layer, filter.getKey(), filter.getValue()));
    }
    BoxFilter box =
        call.query(LonLatBox.BBOX).map(wanted -> new BoxFilter(layer, wanted)).orElse(null);
    int time = timePosition(layer);
    TimeSpan span = call.query(TimeSpan.DATETIME).orElse(null);
    return new ItemsQuery(
        layer,
        call.query(LIMIT).orElse(10),
        call.query(AFTER).orElse(0L),
        equal,
        box,
        time < 0 ? null : span,
        time);
  }

  /** The field that says when a feature is of: the first public date or instant. */
  private static int timePosition(PublicLayer layer) {
    List<Field> fields = layer.fields();
    for (int i = 0; i < fields.size(); i++) {
      FieldType type = fields.get(i).type();
      if (type == FieldType.DATE || type == FieldType.INSTANT) {
        return layer.positions()[i];
      }
    }
    return -1;
  }

  private static FeatureQuery.FieldEquals condition(PublicLayer layer, String name, String text) {
    int index = layer.indexOf(name);
    if (index < 0) {
      List<String> known = new ArrayList<>(DECLARED);
      layer.fields().forEach(field -> known.add(field.name()));
      throw new ProblemException(Call.unknownParameter(name, known));
    }
    Field field = layer.fields().get(index);
    Object value = value(field.type(), text);
    if (value == null) {
      throw new ProblemException(Problem.invalidParameter(name, wanted(field.type()), text));
    }
    return new FeatureQuery.FieldEquals(field.name(), value);
  }

  private static @Nullable Object value(FieldType type, String text) {
    try {
      return switch (type) {
        case TEXT -> text;
        case INTEGER -> text.matches("[+-]?[0-9]{1,18}") ? Long.valueOf(text) : null;
        case DECIMAL -> Parameter.finite(text).orElse(null);
        case BOOLEAN -> text.matches("true|false") ? Boolean.valueOf(text) : null;
        case DATE -> LocalDate.parse(text);
        case INSTANT -> OffsetDateTime.parse(text).toInstant();
      };
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static LocalText wanted(FieldType type) {
    return switch (type) {
      case TEXT -> new LocalText("un texto", "um texto", "a text");
      case INTEGER -> new LocalText("un entero", "um inteiro", "a whole number");
      case DECIMAL -> new LocalText("un número", "um número", "a number");
      case BOOLEAN -> LocalText.same("true|false");
      case DATE -> new LocalText("una fecha", "uma data", "a date such as 2024-02-29");
      case INSTANT -> LocalText.same("RFC 3339: " + Instant.EPOCH);
    };
  }

  /** True where every row that the store gives is an answer. */
  private boolean isExact() {
    return box == null && time == null;
  }

  private Optional<FeatureQuery> stored(long from, long most) {
    Bbox search = null;
    if (box != null) {
      search = box.search();
      if (search == null) {
        return Optional.empty();
      }
    }
    return Optional.of(new FeatureQuery(search, equal, from, most, layer.asOf()));
  }

  private boolean holds(FeatureRow row) {
    return (time == null || time.holds(row.value(timePosition))) && (box == null || box.holds(row));
  }

  /** How many features match, whatever the page; nothing where that must not be told of people. */
  OptionalLong numberMatched(FeatureStore store) {
    boolean filtered = !isExact() || !equal.isEmpty();
    return filtered && layer.isAboutPeople() ? OptionalLong.empty() : OptionalLong.of(count(store));
  }

  private long count(FeatureStore store) {
    Optional<FeatureQuery> query = stored(0, Long.MAX_VALUE);
    if (query.isEmpty()) {
      return 0;
    }
    if (isExact()) {
      return store.count(layer.id(), query.get());
    }
    long[] count = new long[1];
    store.scan(
        layer.id(),
        query.get(),
        row -> {
          count[0] += holds(row) ? 1 : 0;
          return true;
        });
    return count[0];
  }

  /**
   * Passes on matching features after an id until the visitor has enough.
   *
   * @return false where there was none left
   */
  boolean scan(FeatureStore store, long from, FeatureStore.RowVisitor visitor) {
    Optional<FeatureQuery> query = stored(from, Long.MAX_VALUE);
    if (query.isEmpty()) {
      return false;
    }
    boolean[] stopped = new boolean[1];
    store.scan(
        layer.id(),
        query.get(),
        row -> {
          if (holds(row) && !visitor.visit(row)) {
            stopped[0] = true;
            return false;
          }
          return true;
        });
    return stopped[0];
  }
}
