package org.tequio.feature.filter;

import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tequio.feature.LocalText;

/** The functions that filters may call besides those of the standard. A new one is one constant. */
public enum FilterFunction {
  /** Small letters. */
  LOWER(
      new LocalText("en minúsculas", "em minúsculas", "in small letters"),
      ValueType.TEXT,
      ValueType.TEXT,
      value -> ((String) value).toLowerCase(Locale.ROOT)),
  /** Capitals. */
  UPPER(
      new LocalText("en mayúsculas", "em maiúsculas", "in capitals"),
      ValueType.TEXT,
      ValueType.TEXT,
      value -> ((String) value).toUpperCase(Locale.ROOT)),
  /** Without space at the ends. */
  TRIM(
      new LocalText("sin espacios alrededor", "sem espaços ao redor", "without space around it"),
      ValueType.TEXT,
      ValueType.TEXT,
      value -> ((String) value).strip()),
  /** How many characters. */
  LENGTH(
      new LocalText("cuántos caracteres", "quantos caracteres", "how many characters"),
      ValueType.TEXT,
      ValueType.NUMBER,
      value -> (long) ((String) value).codePointCount(0, ((String) value).length())),
  /** Without its sign. */
  ABS(
      new LocalText("sin signo", "sem sinal", "without its sign"),
      ValueType.NUMBER,
      ValueType.NUMBER,
      value -> Math.abs(((Number) value).doubleValue())),
  /** The next whole number below. */
  FLOOR(
      new LocalText("el entero de abajo", "o inteiro abaixo", "the whole number below"),
      ValueType.NUMBER,
      ValueType.NUMBER,
      value -> Math.floor(((Number) value).doubleValue())),
  /** The next whole number above. */
  CEILING(
      new LocalText("el entero de arriba", "o inteiro acima", "the whole number above"),
      ValueType.NUMBER,
      ValueType.NUMBER,
      value -> Math.ceil(((Number) value).doubleValue())),
  /** The year of a date or instant, in UTC. */
  YEAR(
      new LocalText("el año", "o ano", "the year"),
      ValueType.MOMENT,
      ValueType.NUMBER,
      value -> (long) Moments.first(value).atOffset(ZoneOffset.UTC).getYear()),
  /** The month of a date or instant, 1 to 12, in UTC. */
  MONTH(
      new LocalText("el mes, de 1 a 12", "o mês, de 1 a 12", "the month, 1 to 12"),
      ValueType.MOMENT,
      ValueType.NUMBER,
      value -> (long) Moments.first(value).atOffset(ZoneOffset.UTC).getMonthValue());

  private final LocalText title;
  private final ValueType takes;
  private final ValueType gives;
  private final Calculation calculation;

  /** Works on a value that is known. */
  @FunctionalInterface
  interface Calculation {
    Object of(Object value);
  }

  FilterFunction(LocalText title, ValueType takes, ValueType gives, Calculation calculation) {
    this.title = title;
    this.takes = takes;
    this.gives = gives;
    this.calculation = calculation;
  }

  static Optional<FilterFunction> find(String name) {
    return Arrays.stream(values()).filter(one -> one.wireName().equalsIgnoreCase(name)).findFirst();
  }

  /** Its name in filters, whatever the capitals. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it gives of its argument. */
  public LocalText title() {
    return title;
  }

  /** The type of its argument in the words of OGC 21-065r2, 7.9. */
  public String takesType() {
    return wireType(takes);
  }

  /** The type of its result, likewise. */
  public String givesType() {
    return wireType(gives);
  }

  private static String wireType(ValueType type) {
    return switch (type) {
      case TEXT -> "string";
      case NUMBER -> "number";
      case TRUTH -> "boolean";
      case MOMENT, SPAN -> "datetime";
      case SHAPE, SET -> "geometry";
    };
  }

  Bound bind(List<Bound> arguments) {
    if (arguments.size() != 1 || arguments.getFirst().type() != takes) {
      throw new FilterRefused(
          new LocalText(
              wireName() + "(…) recibe " + takes.title().es(),
              wireName() + "(…) recebe " + takes.title().pt(),
              wireName() + "(…) takes " + takes.title().en()));
    }
    Bound argument = arguments.getFirst();
    return Bound.of(
        gives,
        argument.constant(),
        row -> {
          Object value = argument.value().of(row);
          return value == null ? null : calculation.of(value);
        });
  }
}
