package org.tequio.publish.ogc;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Bbox;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;
import org.tequio.feature.LocalText;
import org.tequio.feature.ServiceCrs;
import org.tequio.feature.filter.BoxFilter;
import org.tequio.feature.filter.Reach;
import org.tequio.feature.filter.RowFilter;
import org.tequio.http.Call;
import org.tequio.http.Parameter;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Representation;
import org.tequio.publish.layer.Moment;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.publish.layer.PublicLayers;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.FeatureStore;

/**
 * What a request for items asks for, read and checked once. Not thread-safe: filters work with
 * buffers of their own.
 *
 * @param limit at most so many on a page
 * @param after only features with a greater id
 * @param crs of the answer
 * @param time null where nothing is asked of it
 */
record ItemsQuery(
    PublicLayer layer,
    int limit,
    long after,
    ServiceCrs crs,
    List<FeatureQuery.FieldEquals> equal,
    @Nullable BoxFilter box,
    @Nullable RowFilter filter,
    @Nullable TimeSpan time) {

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

  private static final Parameter<List<Double>> BBOX =
      new Parameter<>(
          Parameter.Place.QUERY,
          LonLatBox.BBOX.name(),
          LonLatBox.BBOX.description(),
          LonLatBox.BBOX.wanted(),
          LonLatBox.BBOX.schema(),
          LonLatBox::numbers);

  /** All of them. */
  static final List<Parameter<?>> PARAMETERS =
      List.of(
          LIMIT,
          BBOX,
          LayerCrs.BBOX_CRS,
          TimeSpan.DATETIME,
          FilterParameters.FILTER,
          FilterParameters.FILTER_LANG,
          LayerCrs.FILTER_CRS,
          LayerCrs.CRS,
          AFTER,
          Moment.AS_OF);

  /** Those that choose a part or a form of the answer, whatever matches. */
  static final List<String> PAGING =
      List.of(
          LIMIT.name(),
          AFTER.name(),
          LayerCrs.CRS.name(),
          Representation.PARAMETER,
          Parameter.LANG.name());

  static ItemsQuery of(Call call, PublicLayers layers) {
    PublicLayer layer = layers.get(call.path(Parameter.LAYER), Moment.of(call));
    List<FeatureQuery.FieldEquals> equal = new ArrayList<>();
    for (Map.Entry<String, String> filter : call.openQuery().entrySet()) {
      equal.add(condition(layer, filter.getKey(), filter.getValue()));
    }
    RowFilter filter = FilterParameters.of(call, layer).orElse(null);
    if (filter != null) {
      filter.equal().forEach(e -> equal.add(new FeatureQuery.FieldEquals(e.field(), e.value())));
    }
    TimeSpan span = call.query(TimeSpan.DATETIME).orElse(null);
    return new ItemsQuery(
        layer,
        call.query(LIMIT).orElse(10),
        call.query(AFTER).orElse(0L),
        LayerCrs.of(call, LayerCrs.CRS, layer),
        equal,
        box(call, layer),
        filter,
        layer.timeIndex() < 0 ? null : span);
  }

  private static @Nullable BoxFilter box(Call call, PublicLayer layer) {
    ServiceCrs crs = LayerCrs.of(call, LayerCrs.BBOX_CRS, layer);
    List<Double> bounds = call.query(BBOX).orElse(null);
    if (bounds == null) {
      return null;
    }
    List<Bbox> boxes =
        crs.boxes(bounds)
            .orElseThrow(
                () ->
                    new ProblemException(
                        Problem.invalidParameter(BBOX.name(), BBOX.wanted(), bounds.toString())));
    return new BoxFilter(layer.stored().crs(), layer.stored().extent(), crs.crs(), boxes);
  }

  private static FeatureQuery.FieldEquals condition(PublicLayer layer, String name, String text) {
    int index = layer.indexOf(name);
    if (index < 0) {
      List<String> known = new ArrayList<>(List.of("f", "lang"));
      PARAMETERS.forEach(parameter -> known.add(parameter.name()));
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
    return box == null && filter == null && time == null;
  }

  /** True where every feature is an answer. */
  boolean isWhole() {
    return isExact() && equal.isEmpty();
  }

  private Optional<FeatureQuery> stored(long from, long most) {
    Reach reach = box == null ? new Reach.Everywhere() : box.reach();
    if (filter != null) {
      reach = reach.and(filter.reach());
    }
    return switch (reach) {
      case Reach.Nowhere none -> Optional.empty();
      case Reach.Everywhere all ->
          Optional.of(new FeatureQuery(null, equal, from, most, layer.state()));
      case Reach.Near(Bbox near) ->
          Optional.of(new FeatureQuery(near, equal, from, most, layer.state()));
    };
  }

  private boolean holds(FeatureRow row) {
    return (time == null || time.holds(row.value(layer.positions()[layer.timeIndex()])))
        && (box == null || box.holds(row))
        && (filter == null || filter.holds(row));
  }

  /** How many features match, whatever the page. */
  long count(FeatureStore store) {
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
