package org.tequio.publish.wfs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.feature.filter.Expression;
import org.tequio.feature.filter.Operator;
import org.tequio.formats.FormatException;
import org.tequio.formats.Limits;
import org.tequio.formats.XmlReader;
import org.tequio.publish.ows.OwsCode;
import org.tequio.publish.ows.OwsException;

/**
 * Reads filters of FES 2.0 (OGC 09-026r2) and Filter Encoding 1.1 (04-095) into the one tree of
 * filters. Names are looked up among the public fields of the type and nowhere else. One for each
 * filter.
 */
final class FesReader {
  static final Limits LIMITS = new Limits(1 << 24, 1, 1, 1, 1 << 24, 4 << 20, 1, 100);

  private static final int MAX_PARTS = 20_000;
  private static final LocalText OPERATOR =
      new LocalText(
          "un operador de las capacidades",
          "um operador das capacidades",
          "an operator of the capabilities");

  private static final Map<String, Operator> COMPARISONS =
      Map.of(
          "PropertyIsEqualTo", Operator.EQUAL,
          "PropertyIsNotEqualTo", Operator.NOT_EQUAL,
          "PropertyIsLessThan", Operator.LESS,
          "PropertyIsGreaterThan", Operator.GREATER,
          "PropertyIsLessThanOrEqualTo", Operator.LESS_OR_EQUAL,
          "PropertyIsGreaterThanOrEqualTo", Operator.GREATER_OR_EQUAL);

  private static final Map<String, Operator> SPATIAL =
      Map.of(
          "BBOX", Operator.S_INTERSECTS,
          "Intersects", Operator.S_INTERSECTS,
          "Equals", Operator.S_EQUALS,
          "Disjoint", Operator.S_DISJOINT,
          "Touches", Operator.S_TOUCHES,
          "Within", Operator.S_WITHIN,
          "Overlaps", Operator.S_OVERLAPS,
          "Crosses", Operator.S_CROSSES,
          "Contains", Operator.S_CONTAINS,
          "DWithin", Operator.S_DWITHIN);

  private static final Map<String, Operator> TEMPORAL =
      Map.ofEntries(
          Map.entry("After", Operator.T_AFTER),
          Map.entry("Before", Operator.T_BEFORE),
          Map.entry("Begins", Operator.T_STARTS),
          Map.entry("BegunBy", Operator.T_STARTED_BY),
          Map.entry("TContains", Operator.T_CONTAINS),
          Map.entry("During", Operator.T_DURING),
          Map.entry("TEquals", Operator.T_EQUALS),
          Map.entry("TOverlaps", Operator.T_OVERLAPS),
          Map.entry("Meets", Operator.T_MEETS),
          Map.entry("OverlappedBy", Operator.T_OVERLAPPED_BY),
          Map.entry("MetBy", Operator.T_MET_BY),
          Map.entry("Ends", Operator.T_FINISHES),
          Map.entry("EndedBy", Operator.T_FINISHED_BY),
          Map.entry("AnyInteracts", Operator.T_INTERSECTS));

  private static final Map<String, Operator> ARITHMETIC =
      Map.of(
          "Add", Operator.PLUS,
          "Sub", Operator.MINUS,
          "Mul", Operator.TIMES,
          "Div", Operator.DIVIDE);

  private final XmlReader xml;
  private final FesValues values;
  private int parts;

  /** Reads filters on a type where the cursor stands at their element. */
  FesReader(XmlReader xml, FeatureType type) {
    this.xml = xml;
    this.values = new FesValues(xml, type);
  }

  /** Reads the filter that a parameter holds. */
  static FesFilter parse(String text, FeatureType type) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    try (XmlReader xml = XmlReader.open(new ByteArrayInputStream(utf8), LIMITS)) {
      while (xml.next()) {
        if (xml.isStart("Filter")) {
          return new FesReader(xml, type).filter();
        }
        if (xml.isStart()) {
          throw OwsException.invalid("filter", LocalText.same("<Filter>"), xml.localName());
        }
      }
      throw OwsException.invalid("filter", LocalText.same("<Filter>"), text);
    } catch (FormatException e) {
      throw OwsException.unreadable(String.valueOf(e.getMessage())).at("filter");
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory", e);
    }
  }

  /** Reads from the beginning of a {@code Filter} to its end. */
  FesFilter filter() throws FormatException {
    List<Expression> conditions = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    int inside = xml.depth();
    while (toChild(inside)) {
      String id = identifier();
      if (id == null) {
        conditions.add(predicate());
      } else {
        ids.add(id);
        xml.skip();
      }
    }
    if (conditions.size() + (ids.isEmpty() ? 0 : 1) != 1) {
      throw OwsException.invalid(
          "filter",
          new LocalText(
              "una condición, o identificadores",
              "uma condição, ou identificadores",
              "one condition, or identifiers"),
          conditions.size() + " + " + ids.size());
    }
    return new FesFilter(conditions.isEmpty() ? null : conditions.getFirst(), ids);
  }

  /** The identifier that stands here; null where a condition does. Features have no versions. */
  private @Nullable String identifier() {
    String attribute =
        switch (xml.localName()) {
          case "ResourceId" -> "rid";
          case "FeatureId" -> "fid";
          case "GmlObjectId" -> "id";
          default -> "";
        };
    if (attribute.isEmpty()) {
      return null;
    }
    String id = xml.attribute(attribute);
    if (id == null) {
      throw OwsException.missing(attribute);
    }
    for (String version : List.of("version", "previousRid", "startDate", "endDate")) {
      if (xml.attribute(version) != null) {
        throw new OwsException(
            OwsCode.OPTION_NOT_SUPPORTED,
            version,
            new LocalText(
                "el estado de un momento se pide con asOf, para toda la consulta",
                "o estado de um momento pede-se com asOf, para toda a consulta",
                "the state of a moment is asked for by asOf, for the whole query"));
      }
    }
    return id;
  }

  private boolean toChild(int inside) throws FormatException {
    return toChild(xml, inside);
  }

  /** Goes to the next element right inside the one at this depth; false at its end. */
  static boolean toChild(XmlReader xml, int inside) throws FormatException {
    while (xml.next()) {
      if (xml.isEnd() && xml.depth() == inside) {
        return false;
      }
      if (xml.isStart()) {
        return true;
      }
    }
    return false;
  }

  private Expression predicate() throws FormatException {
    count();
    String name = xml.localName();
    if (COMPARISONS.containsKey(name)) {
      return comparison(COMPARISONS.get(name));
    }
    if (SPATIAL.containsKey(name)) {
      return values.spatial(SPATIAL.get(name));
    }
    if (TEMPORAL.containsKey(name)) {
      return values.temporal(TEMPORAL.get(name));
    }
    return switch (name) {
      case "And" -> logical(Operator.AND);
      case "Or" -> logical(Operator.OR);
      case "Not" -> logical(Operator.NOT);
      case "PropertyIsLike" -> like();
      case "PropertyIsNull", "PropertyIsNil" -> isNull();
      case "PropertyIsBetween" -> between();
      case "Beyond" -> operation(Operator.NOT, List.of(values.spatial(Operator.S_DWITHIN)));
      default -> throw OwsException.invalid("filter", OPERATOR, name);
    };
  }

  private void count() {
    if (++parts > MAX_PARTS) {
      throw OwsException.invalid(
          "filter",
          new LocalText(
              "hasta " + MAX_PARTS + " partes",
              "até " + MAX_PARTS + " partes",
              "at most " + MAX_PARTS + " parts"),
          Integer.toString(parts));
    }
  }

  private Expression logical(Operator operator) throws FormatException {
    List<Expression> operands = new ArrayList<>();
    int inside = xml.depth();
    while (toChild(inside)) {
      operands.add(predicate());
    }
    if (operands.size() == 1 && operator != Operator.NOT) {
      return operands.getFirst();
    }
    return operation(operator, operands);
  }

  static Expression operation(Operator operator, List<Expression> operands) {
    try {
      return new Expression.Operation(operator, operands);
    } catch (IllegalArgumentException e) {
      throw OwsException.invalid("filter", OPERATOR, operator + "(" + operands.size() + ")");
    }
  }

  private Expression comparison(Operator operator) throws FormatException {
    boolean anyCase = "false".equals(xml.attribute("matchCase"));
    List<Operand> sides = operands(xml.depth());
    if (sides.size() != 2) {
      throw OwsException.invalid(
          "filter",
          new LocalText("dos operandos", "dois operandos", "two operands"),
          Integer.toString(sides.size()));
    }
    return compared(operator, sides.get(0), sides.get(1), anyCase);
  }

  private Expression compared(Operator operator, Operand a, Operand b, boolean anyCase) {
    Expression left = values.typed(a, b);
    Expression right = values.typed(b, a);
    boolean texts = anyCase && values.isText(a) && values.isText(b);
    return operation(operator, texts ? List.of(folded(left), folded(right)) : List.of(left, right));
  }

  private static Expression folded(Expression text) {
    return operation(Operator.CASEI, List.of(text));
  }

  private List<Operand> operands(int inside) throws FormatException {
    List<Operand> all = new ArrayList<>();
    while (toChild(inside)) {
      all.add(operand());
    }
    return all;
  }

  private Operand operand() throws FormatException {
    count();
    String name = xml.localName();
    if (ARITHMETIC.containsKey(name)) {
      List<Expression> sides = new ArrayList<>();
      for (Operand side : operands(xml.depth())) {
        sides.add(values.number(side));
      }
      return new Operand.Made(operation(ARITHMETIC.get(name), sides));
    }
    return switch (name) {
      case "ValueReference", "PropertyName" -> values.named(xml.text());
      case "Literal" -> new Operand.Written(xml.text().strip());
      case "Function" -> {
        String function = String.valueOf(xml.attribute("name"));
        List<Expression> arguments = new ArrayList<>();
        for (Operand argument : operands(xml.depth())) {
          arguments.add(values.plain(argument));
        }
        yield new Operand.Made(new Expression.Call(function, arguments));
      }
      default ->
          throw OwsException.invalid("filter", LocalText.same("ValueReference, Literal"), name);
    };
  }

  private Expression like() throws FormatException {
    boolean anyCase = "false".equals(xml.attribute("matchCase"));
    String many = orElse(xml.attribute("wildCard"), "*");
    String one = orElse(xml.attribute("singleChar"), ".");
    String escape = orElse(xml.attribute("escapeChar"), orElse(xml.attribute("escape"), "\\"));
    List<Operand> sides = operands(xml.depth());
    if (sides.size() != 2 || !(sides.get(1) instanceof Operand.Written(String pattern))) {
      throw OwsException.invalid(
          "filter", LocalText.same("ValueReference, Literal"), "PropertyIsLike");
    }
    Expression text = values.plain(sides.get(0));
    Expression form = new Expression.Literal(pattern(pattern, many, one, escape));
    return operation(
        Operator.LIKE, anyCase ? List.of(folded(text), folded(form)) : List.of(text, form));
  }

  private static String orElse(@Nullable String text, String otherwise) {
    return text == null || text.isEmpty() ? otherwise : text;
  }

  /**
   * The pattern with the wild cards of CQL2: percent, underscore, and the backslash before them.
   */
  private static String pattern(String pattern, String many, String one, String escape) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < pattern.length(); ) {
      if (pattern.startsWith(escape, i) && i + escape.length() < pattern.length()) {
        i += escape.length();
        literally(pattern.charAt(i++), out);
      } else if (pattern.startsWith(many, i)) {
        out.append('%');
        i += many.length();
      } else if (pattern.startsWith(one, i)) {
        out.append('_');
        i += one.length();
      } else {
        literally(pattern.charAt(i++), out);
      }
    }
    return out.toString();
  }

  private static void literally(char c, StringBuilder out) {
    if (c == '%' || c == '_' || c == '\\') {
      out.append('\\');
    }
    out.append(c);
  }

  private Expression isNull() throws FormatException {
    List<Operand> named = operands(xml.depth());
    if (named.size() != 1) {
      throw OwsException.invalid(
          "filter", LocalText.same("ValueReference"), Integer.toString(named.size()));
    }
    return operation(Operator.IS_NULL, List.of(values.plain(named.getFirst())));
  }

  private Expression between() throws FormatException {
    int inside = xml.depth();
    Operand value = null;
    Operand lower = null;
    Operand upper = null;
    while (toChild(inside)) {
      switch (xml.localName()) {
        case "LowerBoundary" -> lower = bound();
        case "UpperBoundary" -> upper = bound();
        default -> value = operand();
      }
    }
    if (value == null || lower == null || upper == null) {
      throw OwsException.invalid(
          "filter", LocalText.same("LowerBoundary, UpperBoundary"), "PropertyIsBetween");
    }
    return operation(
        Operator.AND,
        List.of(
            compared(Operator.GREATER_OR_EQUAL, value, lower, false),
            compared(Operator.LESS_OR_EQUAL, value, upper, false)));
  }

  private @Nullable Operand bound() throws FormatException {
    List<Operand> one = operands(xml.depth());
    return one.size() == 1 ? one.getFirst() : null;
  }

  /** What stands on one side of a comparison. */
  sealed interface Operand {
    /** A field, by its place among the public ones; -1 for the geometry. */
    record Named(int index) implements Operand {}

    /** A literal, whose type is that of what it is compared with. */
    record Written(String text) implements Operand {}

    /** A function or calculation. */
    record Made(Expression expression) implements Operand {}
  }
}
