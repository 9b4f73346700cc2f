package org.tequio.publish.wfs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Bbox;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;
import org.tequio.feature.LocalText;
import org.tequio.feature.ServiceCrs;
import org.tequio.feature.Wkb;
import org.tequio.feature.filter.Expression;
import org.tequio.feature.filter.Operator;
import org.tequio.formats.FormatException;
import org.tequio.formats.GmlPlace;
import org.tequio.formats.XmlReader;
import org.tequio.publish.layer.FieldText;
import org.tequio.publish.ows.CrsName;
import org.tequio.publish.ows.OwsException;
import org.tequio.publish.wfs.FesReader.Operand;

/**
 * The values of a filter: fields by their names, literals typed as what they are compared with,
 * geometries in the layer's own system, moments. One for each filter.
 */
final class FesValues {
  private static final LocalText SHAPE =
      new LocalText("una geometría de GML", "uma geometria de GML", "a geometry of GML");
  private static final LocalText MOMENT =
      new LocalText("una fecha o un instante", "uma data ou um instante", "a date or an instant");

  private final XmlReader xml;
  private final FeatureType type;

  FesValues(XmlReader xml, FeatureType type) {
    this.xml = xml;
    this.type = type;
  }

  /** The field of a reference. */
  Operand named(String reference) {
    int index = type.isGeometry(reference) ? -1 : type.indexOf(reference);
    if (index < 0 && !type.isGeometry(reference)) {
      throw OwsException.invalid(reference.strip(), WfsTexts.PROPERTY, reference.strip());
    }
    return new Operand.Named(index);
  }

  private @Nullable FieldType typeOf(Operand operand) {
    return operand instanceof Operand.Named(int index) && index >= 0
        ? type.layer().fields().get(index).type()
        : null;
  }

  boolean isText(Operand operand) {
    return operand instanceof Operand.Written || typeOf(operand) == FieldType.TEXT;
  }

  /** An operand whose literal has the type of the other one. */
  Expression typed(Operand operand, Operand other) {
    FieldType wanted = typeOf(other);
    if (!(operand instanceof Operand.Written(String text))) {
      return plain(operand);
    }
    if (wanted == null) {
      return other instanceof Operand.Made ? number(operand) : new Expression.Literal(text);
    }
    return new Expression.Literal(compared(wanted, text));
  }

  /** An operand as it stands. */
  Expression plain(Operand operand) {
    return switch (operand) {
      case Operand.Named(int index) when index < 0 -> place();
      case Operand.Named(int index) -> {
        Field field = type.layer().fields().get(index);
        yield new Expression.Property(field.name());
      }
      case Operand.Written(String text) -> new Expression.Literal(text);
      case Operand.Made(Expression made) -> made;
    };
  }

  private Expression place() {
    return new Expression.Property(type.layer().filterTarget().geometryName());
  }

  /** An operand of a calculation: a literal is a number where it can be one. */
  Expression number(Operand operand) {
    return operand instanceof Operand.Written(String text)
        ? new Expression.Literal(numberOrText(text))
        : plain(operand);
  }

  /**
   * The value of a literal that is compared with a field of this type. A whole number may be
   * compared with a fraction, and a day with an instant.
   */
  private static Object compared(FieldType type, String text) {
    Optional<Object> value =
        switch (type) {
          case INTEGER ->
              FieldText.parse(type, text).or(() -> FieldText.parse(FieldType.DECIMAL, text));
          case DATE, INSTANT -> FieldText.moment(text.strip());
          case TEXT, DECIMAL, BOOLEAN -> FieldText.parse(type, text);
        };
    return value.orElseThrow(() -> OwsException.invalid("filter", FieldText.wanted(type), text));
  }

  private static Object numberOrText(String text) {
    return FieldText.parse(FieldType.INTEGER, text)
        .or(() -> FieldText.parse(FieldType.DECIMAL, text))
        .orElse(text);
  }

  /** Reads a spatial operator to its end. */
  Expression spatial(Operator operator) throws FormatException {
    int inside = xml.depth();
    Expression shape = null;
    Expression distance = null;
    while (FesReader.toChild(xml, inside)) {
      switch (xml.localName()) {
        case "ValueReference", "PropertyName" -> requirePlace(xml.text().strip());
        case "Distance" -> distance = distance();
        default ->
            shape = shape(GmlPlace.read(xml, ownSystem().uri(), false), isCuttable(operator));
      }
    }
    if (shape == null || !type.layer().hasGeometry()) {
      throw OwsException.invalid("filter", SHAPE, type.name());
    }
    if (operator != Operator.S_DWITHIN) {
      return FesReader.operation(operator, List.of(place(), shape));
    }
    if (distance == null) {
      throw OwsException.missing("Distance");
    }
    return FesReader.operation(operator, List.of(place(), shape, distance));
  }

  private void requirePlace(String reference) {
    boolean whole = reference.endsWith("boundedBy");
    if (!reference.isEmpty() && !whole && !type.isGeometry(reference)) {
      throw OwsException.invalid(
          reference,
          new LocalText(
              "la geometría, '" + type.geometry() + "'",
              "a geometria, '" + type.geometry() + "'",
              "the geometry, '" + type.geometry() + "'"),
          reference);
    }
  }

  /** A distance in metres; version 1.1 names its unit otherwise. */
  private Expression distance() throws FormatException {
    String unit = xml.attribute("uom") == null ? xml.attribute("units") : xml.attribute("uom");
    return new Expression.Literal(LengthUnit.meters(unit, xml.text().strip()));
  }

  private ServiceCrs ownSystem() {
    return CrsName.urn(type.layer().stored().crs());
  }

  /** True where what lies outside all features makes no difference. */
  private static boolean isCuttable(Operator operator) {
    return operator == Operator.S_INTERSECTS
        || operator == Operator.S_DISJOINT
        || operator == Operator.S_WITHIN;
  }

  /** A geometry in the layer's own system. */
  private Expression shape(GmlPlace place, boolean cuttable) {
    Bbox box = place.box();
    if (box != null) {
      return BoxShape.of(type.layer(), box, place.crs(), cuttable);
    }
    byte[] wkb = place.wkb().clone();
    CrsRegistry.standard().operation(place.crs(), type.layer().stored().crs()).apply(wkb, 0);
    return new Expression.Shape(Wkb.toGeometry(wkb, 0, wkb.length));
  }

  /** The condition of the parameter {@code bbox}. */
  static Expression intersects(FeatureType type, Bbox box, ServiceCrs crs) {
    return FesReader.operation(
        Operator.S_INTERSECTS,
        List.of(
            new Expression.Property(type.layer().filterTarget().geometryName()),
            BoxShape.of(type.layer(), box, crs.crs(), true)));
  }

  /** Reads a temporal operator to its end. */
  Expression temporal(Operator operator) throws FormatException {
    int inside = xml.depth();
    List<Expression> sides = new ArrayList<>();
    while (FesReader.toChild(xml, inside)) {
      switch (xml.localName()) {
        case "ValueReference", "PropertyName" -> sides.add(plain(named(xml.text())));
        case "TimePeriod" -> {
          List<Object> ends = moments();
          if (ends.size() != 2) {
            throw OwsException.invalid("filter", MOMENT, "TimePeriod");
          }
          sides.add(
              new Expression.Interval(
                  new Expression.Literal(ends.get(0)), new Expression.Literal(ends.get(1))));
        }
        case "TimeInstant" -> {
          List<Object> at = moments();
          if (at.size() != 1) {
            throw OwsException.invalid("filter", MOMENT, "TimeInstant");
          }
          sides.add(new Expression.Literal(at.getFirst()));
        }
        default -> sides.add(new Expression.Literal(moment(xml.text().strip())));
      }
    }
    if (sides.size() == 2 && sides.get(1) instanceof Expression.Interval period) {
      return withPeriod(operator, sides.get(0), period);
    }
    return FesReader.operation(operator, sides);
  }

  // Fields hold moments, and of a moment some relations to a period are told by its ends.
  private static Expression withPeriod(
      Operator operator, Expression moment, Expression.Interval period) {
    return switch (operator) {
      case T_DURING ->
          FesReader.operation(
              Operator.AND,
              List.of(
                  FesReader.operation(Operator.T_AFTER, List.of(moment, period.from())),
                  FesReader.operation(Operator.T_BEFORE, List.of(moment, period.until()))));
      case T_STARTS -> FesReader.operation(Operator.T_EQUALS, List.of(moment, period.from()));
      case T_FINISHES -> FesReader.operation(Operator.T_EQUALS, List.of(moment, period.until()));
      default -> FesReader.operation(operator, List.of(moment, period));
    };
  }

  private List<Object> moments() throws FormatException {
    List<Object> all = new ArrayList<>();
    int inside = xml.depth();
    while (xml.next() && !(xml.isEnd() && xml.depth() == inside)) {
      if (xml.isStart("timePosition")
          || xml.isStart("beginPosition")
          || xml.isStart("endPosition")) {
        all.add(moment(xml.text().strip()));
      }
    }
    return all;
  }

  private static Object moment(String text) {
    return FieldText.moment(text).orElseThrow(() -> OwsException.invalid("filter", MOMENT, text));
  }
}
