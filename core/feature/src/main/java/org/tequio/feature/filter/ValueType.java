package org.tequio.feature.filter;

import org.tequio.feature.FieldType;
import org.tequio.feature.LocalText;

/** What an expression gives, and the class of its values; null is the value not known. */
enum ValueType {
  /** {@link Boolean}. */
  TRUTH(new LocalText("una condición", "uma condição", "a condition")),
  /** {@link String}, in composed form. */
  TEXT(new LocalText("un texto", "um texto", "a text")),
  /** {@link Long} or finite {@link Double}. */
  NUMBER(new LocalText("un número", "um número", "a number")),
  /** {@link java.time.LocalDate} or {@link java.time.Instant}. */
  MOMENT(new LocalText("una fecha o un instante", "uma data ou um instante", "a date or instant")),
  /** {@link Span}. */
  SPAN(new LocalText("un intervalo", "um intervalo", "an interval")),
  /** {@link org.locationtech.jts.geom.Geometry} in the CRS of the filter, x before y. */
  SHAPE(new LocalText("una geometría", "uma geometria", "a geometry")),
  /** {@link java.util.Set}. */
  SET(new LocalText("una lista", "uma lista", "a list"));

  private final LocalText title;

  ValueType(LocalText title) {
    this.title = title;
  }

  LocalText title() {
    return title;
  }

  static ValueType of(FieldType type) {
    return switch (type) {
      case TEXT -> TEXT;
      case INTEGER, DECIMAL -> NUMBER;
      case BOOLEAN -> TRUTH;
      case DATE, INSTANT -> MOMENT;
    };
  }

  /** True where values of this type have an order. */
  boolean isScalar() {
    return switch (this) {
      case TRUTH, TEXT, NUMBER, MOMENT -> true;
      case SPAN, SHAPE, SET -> false;
    };
  }

  /** Compares two values of this type. */
  int compare(Object a, Object b) {
    return switch (this) {
      case TRUTH -> Boolean.compare((Boolean) a, (Boolean) b);
      case TEXT -> ((String) a).compareTo((String) b);
      case NUMBER -> Numbers.compare(a, b);
      case MOMENT -> Moments.compare(a, b);
      case SPAN, SHAPE, SET -> throw new IllegalArgumentException(this + " has no order");
    };
  }

  /** The same object for values that compare as equal. */
  Object canonical(Object value) {
    return switch (this) {
      case NUMBER -> Numbers.canonical(value);
      case MOMENT -> Moments.first(value);
      case TRUTH, TEXT, SPAN, SHAPE, SET -> value;
    };
  }
}
