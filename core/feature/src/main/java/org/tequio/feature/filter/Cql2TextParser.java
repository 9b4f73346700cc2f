package org.tequio.feature.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;

/**
 * Reads CQL2 text (OGC 21-065r2, annex B) by recursive descent. The grammar is taken a little more
 * widely than it stands: any expression may be an operand, and what does not fit is told when the
 * types are known. Not thread-safe.
 */
final class Cql2TextParser {
  /** Words that are names only in double quotes. */
  static final Set<String> RESERVED =
      Set.of("AND", "OR", "NOT", "IS", "NULL", "LIKE", "BETWEEN", "IN", "TRUE", "FALSE", "DIV");

  private static final LocalText VALUE =
      new LocalText(
          "una propiedad, un valor o una función",
          "uma propriedade, um valor ou uma função",
          "a property, a value or a function");

  private final Lexer lexer;
  private final FilterBudget budget;

  private Cql2TextParser(String text, FilterBudget budget) {
    this.budget = budget;
    this.lexer = new Lexer(text);
  }

  static Expression parse(String text) {
    return parse(text, new FilterBudget(text));
  }

  static Expression parse(String text, FilterBudget budget) {
    Cql2TextParser parser = new Cql2TextParser(text, budget);
    Expression whole = parser.expression();
    if (parser.lexer.kind() != Lexer.Kind.END) {
      throw parser.lexer.expected(
          new LocalText(
              "AND, OR, un operador o el final",
              "AND, OR, um operador ou o fim",
              "AND, OR, an operator or the end"));
    }
    return whole;
  }

  private Expression expression() {
    budget.enter();
    Expression all = chain(Operator.OR, () -> chain(Operator.AND, this::factor));
    budget.leave();
    return all;
  }

  private Expression chain(Operator operator, Supplier<Expression> part) {
    Expression first = part.get();
    if (!lexer.isWord(operator.symbol())) {
      return first;
    }
    List<Expression> all = new ArrayList<>(List.of(first));
    while (lexer.takeWord(operator.symbol())) {
      all.add(part.get());
    }
    return new Expression.Operation(operator, all);
  }

  private Expression factor() {
    if (!lexer.takeWord("NOT")) {
      return predicate();
    }
    budget.enter();
    Expression negated = not(factor());
    budget.leave();
    return negated;
  }

  private static Expression not(Expression expression) {
    return new Expression.Operation(Operator.NOT, List.of(expression));
  }

  private Expression predicate() {
    Expression left = sum();
    Operator comparison = operator(Operator.Kind.COMPARISON);
    if (comparison != null) {
      lexer.next();
      return binary(comparison, left, sum());
    }
    if (lexer.takeWord("IS")) {
      boolean negated = lexer.takeWord("NOT");
      if (!lexer.takeWord("NULL")) {
        throw lexer.expected(LocalText.same("NULL"));
      }
      Expression unknown = new Expression.Operation(Operator.IS_NULL, List.of(left));
      return negated ? not(unknown) : unknown;
    }
    boolean negated = lexer.takeWord("NOT");
    Expression predicate = likeBetweenOrIn(left);
    if (predicate == null) {
      if (negated) {
        throw lexer.expected(LocalText.same("LIKE, BETWEEN, IN"));
      }
      return left;
    }
    return negated ? not(predicate) : predicate;
  }

  private @Nullable Expression likeBetweenOrIn(Expression left) {
    if (lexer.takeWord("LIKE")) {
      return binary(Operator.LIKE, left, sum());
    }
    if (lexer.takeWord("BETWEEN")) {
      Expression from = sum();
      if (!lexer.takeWord("AND")) {
        throw lexer.expected(LocalText.same("AND"));
      }
      return new Expression.Operation(Operator.BETWEEN, List.of(left, from, sum()));
    }
    if (lexer.takeWord("IN")) {
      return binary(Operator.IN, left, new Expression.Items(list(this::sum, 1)));
    }
    return null;
  }

  /** The operator of a kind that stands here; not taken. */
  private @Nullable Operator operator(Operator.Kind kind) {
    if (lexer.kind() != Lexer.Kind.SYMBOL && !lexer.isWord("DIV")) {
      return null;
    }
    return Operator.find(lexer.value()).filter(one -> one.kind() == kind).orElse(null);
  }

  private static Expression binary(Operator operator, Expression left, Expression right) {
    return new Expression.Operation(operator, List.of(left, right));
  }

  private Expression sum() {
    return leftToRight(this::product, Operator.PLUS, Operator.MINUS);
  }

  private Expression product() {
    return leftToRight(
        this::power, Operator.TIMES, Operator.DIVIDE, Operator.MODULO, Operator.INTEGER_DIVIDE);
  }

  // Each operator nests what stands before it, so that a long row is as deep as it is long.
  private Expression leftToRight(Supplier<Expression> part, Operator... operators) {
    Expression all = part.get();
    int levels = 0;
    Operator operator = operator(Operator.Kind.ARITHMETIC);
    while (operator != null && List.of(operators).contains(operator)) {
      budget.enter();
      levels++;
      lexer.next();
      all = binary(operator, all, part.get());
      operator = operator(Operator.Kind.ARITHMETIC);
    }
    for (int i = 0; i < levels; i++) {
      budget.leave();
    }
    return all;
  }

  private Expression power() {
    Expression base = signed();
    return lexer.takeSymbol("^") ? binary(Operator.POWER, base, signed()) : base;
  }

  private Expression signed() {
    boolean minus = lexer.takeSymbol("-");
    boolean plus = !minus && lexer.takeSymbol("+");
    if (lexer.kind() == Lexer.Kind.NUMBER) {
      return number(minus ? "-" : "");
    }
    if (plus) {
      throw lexer.expected(new LocalText("un número", "um número", "a number"));
    }
    return minus ? binary(Operator.TIMES, new Expression.Literal(-1L), operand()) : operand();
  }

  private Expression number(String sign) {
    Object value = Numbers.of(sign + lexer.value());
    if (value == null) {
      throw lexer.expected(
          new LocalText("un número finito", "um número finito", "a finite number"));
    }
    lexer.next();
    budget.part();
    return new Expression.Literal(value);
  }

  private Expression operand() {
    budget.part();
    switch (lexer.kind()) {
      case TEXT -> {
        return literal(lexer.value());
      }
      case QUOTED -> {
        return named();
      }
      case WORD -> {
        return word();
      }
      case SYMBOL -> {
        if (lexer.takeSymbol("(")) {
          return inParentheses();
        }
        throw lexer.expected(VALUE);
      }
      case NUMBER, END -> throw lexer.expected(VALUE);
    }
    throw new IllegalStateException("a kind of word that nobody knows");
  }

  private Expression literal(Object value) {
    lexer.next();
    return new Expression.Literal(value);
  }

  private Expression inParentheses() {
    if (lexer.takeSymbol(")")) {
      return new Expression.Items(List.of());
    }
    Expression first = expression();
    if (!lexer.isSymbol(",")) {
      lexer.require(")");
      return first;
    }
    List<Expression> items = new ArrayList<>(List.of(first));
    while (lexer.takeSymbol(",")) {
      items.add(expression());
    }
    lexer.require(")");
    return new Expression.Items(items);
  }

  private Expression word() {
    String upper = lexer.value().toUpperCase(Locale.ROOT);
    if (upper.equals("TRUE") || upper.equals("FALSE")) {
      return literal(upper.equals("TRUE"));
    }
    if (RESERVED.contains(upper)) {
      throw lexer.expected(VALUE);
    }
    if (WktParser.begins(lexer)) {
      return new WktParser(lexer, budget).shape();
    }
    if (!lexer.isBeforeParenthesis()) {
      return named();
    }
    return switch (upper) {
      case "BBOX" -> new WktParser(lexer, budget).box();
      case "DATE", "TIMESTAMP" -> instant(upper.equals("DATE"));
      case "INTERVAL" -> interval();
      default -> called();
    };
  }

  private Expression named() {
    Expression property = new Expression.Property(lexer.value());
    lexer.next();
    return property;
  }

  private Expression called() {
    String name = lexer.value();
    Optional<Operator> known = Operator.find(name).filter(Operator::isWrittenAsFunction);
    if (known.isEmpty()) {
      lexer.next();
      return new Expression.Call(name, list(this::expression, 0));
    }
    Operator operator = known.get();
    boolean sets = operator.kind() == Operator.Kind.ARRAY;
    lexer.next();
    List<Expression> operands = list(sets ? this::set : this::expression, 1);
    if (!operator.takes(operands.size())) {
      throw new FilterRefused(
          new LocalText(
              name + " recibe otro número de operandos",
              name + " recebe outro número de operandos",
              name + " takes another number of operands"));
    }
    return new Expression.Operation(operator, operands);
  }

  /** An array, also one of a single item. */
  private Expression set() {
    return lexer.isSymbol("(") ? new Expression.Items(list(this::expression, 0)) : expression();
  }

  private List<Expression> list(Supplier<Expression> item, int fewest) {
    lexer.require("(");
    List<Expression> items = new ArrayList<>();
    if (fewest > 0 || !lexer.isSymbol(")")) {
      do {
        items.add(item.get());
      } while (lexer.takeSymbol(","));
    }
    lexer.require(")");
    return items;
  }

  private Expression instant(boolean day) {
    lexer.next();
    lexer.require("(");
    LocalText wanted =
        day
            ? new LocalText(
                "una fecha '2024-02-29'", "uma data '2024-02-29'", "a date '2024-02-29'")
            : LocalText.same("'2024-02-29T12:00:00Z'");
    Object value = lexer.kind() == Lexer.Kind.TEXT ? Moments.of(lexer.value(), day) : null;
    if (value == null) {
      throw lexer.expected(wanted);
    }
    Expression instant = literal(value);
    lexer.require(")");
    return instant;
  }

  private Expression interval() {
    lexer.next();
    List<Expression> ends = list(this::end, 2);
    if (ends.size() != 2) {
      throw new FilterRefused(
          new LocalText(
              "INTERVAL tiene dos extremos",
              "INTERVAL tem dois extremos",
              "INTERVAL has two ends"));
    }
    return new Expression.Interval(ends.get(0), ends.get(1));
  }

  private Expression end() {
    if (lexer.kind() != Lexer.Kind.TEXT) {
      return operand();
    }
    Expression end = Moments.end(lexer.value());
    if (end == null) {
      throw lexer.expected(
          new LocalText(
              "una fecha, un instante o '..'",
              "uma data, um instante ou '..'",
              "a date, an instant or '..'"));
    }
    lexer.next();
    budget.part();
    return end;
  }
}
