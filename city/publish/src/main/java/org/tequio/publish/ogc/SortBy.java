package org.tequio.publish.ogc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.FieldType;
import org.tequio.feature.LocalText;
import org.tequio.http.Parameter;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.publish.layer.RowOrder;

/**
 * OGC API – Features Part 8: Sorting (OGC 24-030, draft): {@code sortby=-height,species}. Every
 * public field and the identifier can be sorted by.
 */
final class SortBy {
  private static final int MOST_KEYS = 10;

  /** The query parameter. */
  static final Parameter<List<String>> SORTBY =
      new Parameter<>(
          Parameter.Place.QUERY,
          "sortby",
          "Order of the features: names of sortables, each alone or with + (ascending) or -"
              + " (descending) before it. What is not known comes last.",
          new LocalText(
              "hasta " + MOST_KEYS + " campos, cada uno con + o - o nada delante",
              "até " + MOST_KEYS + " campos, cada um com + ou - ou nada antes",
              "at most " + MOST_KEYS + " fields, each with + or - or nothing before it"),
          Parameter.schema(
              "array",
              "minItems",
              1,
              "items",
              Parameter.schema("string", "pattern", "[+|-]?[A-Za-z_].*")),
          SortBy::names);

  private SortBy() {}

  private static Optional<List<String>> names(String text) {
    List<String> names = Arrays.asList(text.split(",", -1));
    return names.size() > MOST_KEYS || names.contains("") ? Optional.empty() : Optional.of(names);
  }

  /**
   * The order that names ask for.
   *
   * @throws ProblemException 400 where one is no public field
   */
  static RowOrder of(PublicLayer layer, List<String> names) {
    List<RowOrder.Key> keys = new ArrayList<>();
    for (String name : names) {
      char sign = name.charAt(0);
      // An address writes a space as +, so a + that nobody escaped arrives as one.
      boolean signed = sign == '+' || sign == '-' || sign == ' ';
      String bare = signed ? name.substring(1) : name;
      boolean isId = bare.equals(layer.filterTarget().idName());
      int field = isId ? RowOrder.ID : layer.indexOf(bare);
      if (field < 0 && !isId) {
        List<String> known = new ArrayList<>(List.of(layer.filterTarget().idName()));
        layer.fields().forEach(one -> known.add(one.name()));
        throw new ProblemException(
            Problem.invalidParameter(SORTBY.name(), LocalText.same(String.join("|", known)), bare));
      }
      keys.add(new RowOrder.Key(field, sign == '-'));
    }
    return new RowOrder(layer, keys);
  }

  /** The key of a place, for the link to what is behind it. */
  static PageKey key(RowOrder.Place place) {
    List<@Nullable String> values = new ArrayList<>();
    place.values().forEach(value -> values.add(value == null ? null : value.toString()));
    return new PageKey(place.id(), values);
  }

  /**
   * The place that a key means; null for the beginning.
   *
   * @throws ProblemException 400 where the key is of another order
   */
  static RowOrder.@Nullable Place place(PublicLayer layer, RowOrder order, PageKey key) {
    if (key.equals(PageKey.START)) {
      return null;
    }
    List<@Nullable Comparable<?>> values = new ArrayList<>();
    for (int i = 0; i < order.keys().size() && i < key.values().size(); i++) {
      int at = order.keys().get(i).field();
      FieldType type = at == RowOrder.ID ? FieldType.INTEGER : layer.fields().get(at).type();
      String text = key.values().get(i);
      Object value = text == null ? null : ItemsQuery.value(type, text);
      if (text != null && value == null) {
        break;
      }
      values.add((Comparable<?>) value);
    }
    if (values.size() != order.keys().size() || values.size() != key.values().size()) {
      throw new ProblemException(
          Problem.invalidParameter(
              PageKey.AFTER.name(), PageKey.AFTER.wanted(), Long.toString(key.id())));
    }
    return new RowOrder.Place(key.id(), values);
  }
}
