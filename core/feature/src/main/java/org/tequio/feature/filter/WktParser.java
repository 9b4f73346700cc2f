package org.tequio.feature.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.tequio.feature.GeometryType;
import org.tequio.feature.LocalText;

/** Reads the geometries of CQL2 text, which are well-known text. Not thread-safe. */
final class WktParser {
  private static final LocalText COORDINATE =
      new LocalText("una coordenada", "uma coordenada", "a coordinate");

  private final Lexer lexer;
  private final FilterBudget budget;

  WktParser(Lexer lexer, FilterBudget budget) {
    this.lexer = lexer;
    this.budget = budget;
  }

  /** True where a geometry begins. */
  static boolean begins(Lexer lexer) {
    return type(lexer).isPresent() && (lexer.isBeforeParenthesis() || lexer.isBefore("Z"));
  }

  private static Optional<GeometryType> type(Lexer lexer) {
    String name = lexer.value().toUpperCase(Locale.ROOT);
    return switch (name) {
      case "POINT",
          "LINESTRING",
          "POLYGON",
          "MULTIPOINT",
          "MULTILINESTRING",
          "MULTIPOLYGON",
          "GEOMETRYCOLLECTION" ->
          Optional.of(GeometryType.valueOf(name));
      default -> Optional.empty();
    };
  }

  Expression.Shape shape() {
    GeometryType type = type(lexer).orElseThrow(() -> lexer.expected(LocalText.same("POINT")));
    lexer.next();
    lexer.takeWord("Z");
    if (type == GeometryType.GEOMETRYCOLLECTION) {
      return Shapes.collection(list(this::member));
    }
    return Shapes.of(type, coordinates(type));
  }

  private Expression.Shape member() {
    if (!begins(lexer) || type(lexer).equals(Optional.of(GeometryType.GEOMETRYCOLLECTION))) {
      throw lexer.expected(new LocalText("una geometría", "uma geometria", "a geometry"));
    }
    return shape();
  }

  private Object coordinates(GeometryType type) {
    return switch (type) {
      case POINT -> point();
      case LINESTRING -> list(this::position);
      case MULTIPOINT -> list(() -> lexer.isSymbol("(") ? point() : position());
      case POLYGON, MULTILINESTRING -> list(() -> list(this::position));
      case MULTIPOLYGON -> list(() -> list(() -> list(this::position)));
      case NONE, GEOMETRY, GEOMETRYCOLLECTION ->
          throw new IllegalArgumentException(type + " has no coordinates of its own");
    };
  }

  private double[] point() {
    lexer.require("(");
    double[] position = position();
    lexer.require(")");
    return position;
  }

  private double[] position() {
    budget.part();
    double x = number();
    double y = number();
    boolean more = lexer.kind() == Lexer.Kind.NUMBER || lexer.isSymbol("-") || lexer.isSymbol("+");
    return more ? new double[] {x, y, number()} : new double[] {x, y};
  }

  private double number() {
    boolean minus = lexer.takeSymbol("-");
    if (!minus) {
      lexer.takeSymbol("+");
    }
    Object value = lexer.kind() == Lexer.Kind.NUMBER ? Numbers.of(lexer.value()) : null;
    if (value == null) {
      throw lexer.expected(COORDINATE);
    }
    lexer.next();
    double number = ((Number) value).doubleValue();
    return minus ? -number : number;
  }

  private <T> List<T> list(Supplier<T> item) {
    lexer.require("(");
    List<T> items = new ArrayList<>();
    do {
      items.add(item.get());
    } while (lexer.takeSymbol(","));
    lexer.require(")");
    return items;
  }

  Expression.Box box() {
    lexer.next();
    List<Double> bounds = list(this::number);
    return Shapes.box(bounds);
  }
}
