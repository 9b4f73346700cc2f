package org.tequio.publish.ogc;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;
import org.tequio.feature.LocalText;
import org.tequio.feature.ServiceCrs;
import org.tequio.http.Call;
import org.tequio.http.Parameter;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Representation;
import org.tequio.publish.layer.Moment;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.publish.layer.PublicLayers;
import org.tequio.publish.layer.RowOrder;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.FeatureStore;

/**
 * What a request for items asks for, read and checked once. Not thread-safe: filters work with
 * buffers of their own.
 *
 * @param limit at most so many on a page
 * @param order null for that of identifiers
 * @param after only features behind it
 * @param crs of the answer
 */
record ItemsQuery(
    FeatureSelection selection,
    int limit,
    @Nullable RowOrder order,
    PageKey after,
    ServiceCrs crs) {

  static final Parameter<Integer> LIMIT =
      Parameter.integer("limit", "At most so many features on a page.", 1, 10_000, 10);

  /** All of them. */
  static final List<Parameter<?>> PARAMETERS =
      Stream.of(
              List.of(LIMIT),
              FeatureSelection.PARAMETERS,
              List.of(LayerCrs.CRS, SortBy.SORTBY, PageKey.AFTER, Moment.AS_OF))
          .<Parameter<?>>flatMap(List::stream)
          .toList();

  /** Those that choose a part or a form of the answer, whatever matches. */
  static final List<String> PAGING =
      List.of(
          LIMIT.name(),
          PageKey.AFTER.name(),
          SortBy.SORTBY.name(),
          LayerCrs.CRS.name(),
          Representation.PARAMETER,
          Parameter.LANG.name());

  static ItemsQuery of(Call call, PublicLayers layers) {
    PublicLayer layer = layers.get(call.path(Parameter.LAYER), Moment.of(call));
    List<FeatureQuery.FieldEquals> equal = new ArrayList<>();
    for (Map.Entry<String, String> filter : call.openQuery().entrySet()) {
      equal.add(condition(layer, filter.getKey(), filter.getValue()));
    }
    RowOrder order = call.query(SortBy.SORTBY).map(names -> SortBy.of(layer, names)).orElse(null);
    PageKey after = call.query(PageKey.AFTER).orElse(PageKey.START);
    if (order == null && !after.values().isEmpty()) {
      throw new ProblemException(
          Problem.invalidParameter(
              PageKey.AFTER.name(), PageKey.AFTER.wanted(), Long.toString(after.id())));
    }
    return new ItemsQuery(
        FeatureSelection.of(call, layer).with(equal),
        call.query(LIMIT).orElse(10),
        order,
        after,
        LayerCrs.of(call, LayerCrs.CRS, layer));
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

  /** A value of a field as texts write it; null where the text is none. */
  static @Nullable Object value(FieldType type, String text) {
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

  /** The layer whose features are asked for. */
  PublicLayer layer() {
    return selection.layer();
  }

  /** True where every feature is an answer. */
  boolean isWhole() {
    return selection.isWhole();
  }

  /** How many features match, whatever the page. */
  long count(FeatureStore store) {
    return selection.count(store);
  }

  /**
   * Passes on matching features after an id until the visitor has enough.
   *
   * @return false where there was none left
   */
  boolean scan(FeatureStore store, long from, FeatureStore.RowVisitor visitor) {
    return selection.scan(store, from, visitor);
  }

  /** The features of this page in the order that is asked for, and one more if there is one. */
  List<RowOrder.Place> places(FeatureStore store, RowOrder order) {
    RowOrder.First first = order.first(limit + 1L, SortBy.place(layer(), order, after));
    selection.scan(
        store,
        0,
        row -> {
          first.add(row);
          return true;
        });
    return first.places();
  }

  /** Passes on one feature, where it is still there and matches. */
  void visit(FeatureStore store, long id, FeatureStore.RowVisitor visitor) {
    selection.visit(store, id, visitor);
  }
}
