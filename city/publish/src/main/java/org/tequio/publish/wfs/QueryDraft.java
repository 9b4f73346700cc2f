package org.tequio.publish.wfs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Bbox;
import org.tequio.feature.LocalText;
import org.tequio.feature.ServiceCrs;
import org.tequio.feature.filter.Expression;
import org.tequio.feature.filter.Operator;
import org.tequio.http.Parameter;
import org.tequio.publish.layer.RowOrder;
import org.tequio.publish.ows.CrsName;
import org.tequio.publish.ows.OwsException;

/** A query on one type while its parts are read, from parameters or from XML. Not thread-safe. */
final class QueryDraft {
  private static final int MOST_IDS = 10_000;
  private static final LocalText BOX =
      new LocalText(
          "minx,miny,maxx,maxy y, si es otro, el sistema",
          "minx,miny,maxx,maxy e, se for outro, o sistema",
          "minx,miny,maxx,maxy and, where it is another, the system");

  private final FeatureType type;
  private final List<Expression> conditions = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();
  private final List<String> properties = new ArrayList<>();
  private final List<RowOrder.Key> order = new ArrayList<>();
  private ServiceCrs crs;

  QueryDraft(FeatureType type) {
    this.type = type;
    this.crs = CrsName.urn(type.layer().stored().crs());
  }

  FeatureType type() {
    return type;
  }

  void filter(FesFilter filter) {
    if (filter.condition() != null) {
      conditions.add(filter.condition());
    }
    filter.ids().forEach(id -> id(id, "filter"));
  }

  void id(String featureId, String parameter) {
    if (type.findNumber(featureId).isEmpty() || ids.size() == MOST_IDS) {
      throw OwsException.invalid(parameter, WfsTexts.FEATURE_IDENTIFIER, featureId);
    }
    ids.add(featureId);
  }

  /** A property that is wanted; all are where none is named. */
  void property(String reference) {
    if (!reference.strip().equals("*")) {
      properties.add(reference);
    }
  }

  void system(String srsName) {
    crs =
        CrsName.find(srsName)
            .orElseThrow(() -> OwsException.invalid("srsName", WfsTexts.CRS, srsName));
  }

  /** The value of the parameter {@code bbox}. */
  void box(String text) {
    List<String> parts = Arrays.stream(text.split(",")).map(String::strip).toList();
    ServiceCrs of = CrsName.urn(type.layer().stored().crs());
    if (parts.size() == 5) {
      of =
          CrsName.find(parts.get(4))
              .orElseThrow(() -> OwsException.invalid("bbox", WfsTexts.CRS, parts.get(4)));
    }
    double[] n = new double[4];
    for (int i = 0; i < 4; i++) {
      n[i] =
          i < parts.size() && parts.size() <= 5
              ? Parameter.finite(parts.get(i)).orElse(Double.NaN)
              : Double.NaN;
    }
    if (of.northingFirst()) {
      n = new double[] {n[1], n[0], n[3], n[2]};
    }
    if (!(n[0] <= n[2]) || !(n[1] <= n[3])) {
      throw OwsException.invalid("bbox", BOX, text);
    }
    if (!type.layer().hasGeometry()) {
      throw OwsException.invalid("bbox", BOX, type.name());
    }
    conditions.add(FesValues.intersects(type, new Bbox(n[0], n[1], n[2], n[3]), of));
  }

  /** One field of the order, with the word that follows it: ASC, DESC, A, D or nothing. */
  void sortedBy(String reference, String direction) {
    int field = type.indexOf(reference);
    if (field < 0) {
      throw OwsException.invalid("sortBy", WfsTexts.PROPERTY, reference);
    }
    boolean descending =
        switch (direction.strip().toUpperCase(Locale.ROOT)) {
          case "", "A", "ASC" -> false;
          case "D", "DESC" -> true;
          default -> throw OwsException.invalid("sortBy", LocalText.same("ASC|DESC"), direction);
        };
    order.add(new RowOrder.Key(field, descending));
  }

  TypeQuery query() {
    boolean[] wanted = new boolean[type.elements().size()];
    boolean withGeometry = properties.isEmpty();
    Arrays.fill(wanted, properties.isEmpty());
    for (String property : properties) {
      int index = type.indexOf(property);
      if (type.isGeometry(property)) {
        withGeometry = true;
      } else if (index < 0) {
        throw OwsException.invalid("propertyName", WfsTexts.PROPERTY, property);
      } else {
        wanted[index] = true;
      }
    }
    return new TypeQuery(
        type, condition(), numbers(), List.copyOf(order), wanted, withGeometry, crs);
  }

  private @Nullable Expression condition() {
    return switch (conditions.size()) {
      case 0 -> null;
      case 1 -> conditions.getFirst();
      default -> FesReader.operation(Operator.AND, conditions);
    };
  }

  private long @Nullable [] numbers() {
    return ids.isEmpty()
        ? null
        : ids.stream()
            .mapToLong(id -> type.findNumber(id).orElseThrow())
            .sorted()
            .distinct()
            .toArray();
  }
}
