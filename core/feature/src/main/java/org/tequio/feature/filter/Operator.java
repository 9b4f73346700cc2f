package org.tequio.feature.filter;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the language itself defines: operators, predicates and standardized functions. */
public enum Operator {
  /** All are true. */
  AND("and", Kind.LOGIC, 2, Integer.MAX_VALUE),
  /** One is true. */
  OR("or", Kind.LOGIC, 2, Integer.MAX_VALUE),
  /** It is false. */
  NOT("not", Kind.LOGIC, 1, 1),
  /** Equal. */
  EQUAL("=", Kind.COMPARISON),
  /** Not equal. */
  NOT_EQUAL("<>", Kind.COMPARISON),
  /** Less. */
  LESS("<", Kind.COMPARISON),
  /** Greater. */
  GREATER(">", Kind.COMPARISON),
  /** Less or equal. */
  LESS_OR_EQUAL("<=", Kind.COMPARISON),
  /** Greater or equal. */
  GREATER_OR_EQUAL(">=", Kind.COMPARISON),
  /** A text has the form of a pattern. */
  LIKE("like", Kind.PREDICATE, 2, 2),
  /** A number lies in a range, its ends included. */
  BETWEEN("between", Kind.PREDICATE, 3, 3),
  /** A value is one of a list. */
  IN("in", Kind.PREDICATE, 2, 2),
  /** A value is not known. */
  IS_NULL("isNull", Kind.PREDICATE, 1, 1),
  /** A text without the difference of capitals. */
  CASEI("casei", Kind.TEXT, 1, 1),
  /** A text without accents. */
  ACCENTI("accenti", Kind.TEXT, 1, 1),
  /** They share a point. */
  S_INTERSECTS("s_intersects", Kind.SPATIAL),
  /** They are the same set of points. */
  S_EQUALS("s_equals", Kind.SPATIAL),
  /** They share no point. */
  S_DISJOINT("s_disjoint", Kind.SPATIAL),
  /** They share points of their edges only. */
  S_TOUCHES("s_touches", Kind.SPATIAL),
  /** The first lies in the second. */
  S_WITHIN("s_within", Kind.SPATIAL),
  /** They share a part of their own dimension, and neither holds the other. */
  S_OVERLAPS("s_overlaps", Kind.SPATIAL),
  /** They share inner points, of a lower dimension than the larger has. */
  S_CROSSES("s_crosses", Kind.SPATIAL),
  /** The second lies in the first. */
  S_CONTAINS("s_contains", Kind.SPATIAL),
  /** They lie no farther apart than a number of metres; a function of ours, as CQL2 has none. */
  S_DWITHIN("s_dwithin", Kind.DISTANCE, 3, 3),
  /** The first begins after the second ends. */
  T_AFTER("t_after", Kind.TEMPORAL),
  /** The first ends before the second begins. */
  T_BEFORE("t_before", Kind.TEMPORAL),
  /** The second lies inside the first. */
  T_CONTAINS("t_contains", Kind.TEMPORAL),
  /** They share no moment. */
  T_DISJOINT("t_disjoint", Kind.TEMPORAL),
  /** The first lies inside the second. */
  T_DURING("t_during", Kind.TEMPORAL),
  /** They begin and end together. */
  T_EQUALS("t_equals", Kind.TEMPORAL),
  /** They end together, the first begins earlier. */
  T_FINISHED_BY("t_finishedBy", Kind.TEMPORAL),
  /** They end together, the first begins later. */
  T_FINISHES("t_finishes", Kind.TEMPORAL),
  /** They share a moment. */
  T_INTERSECTS("t_intersects", Kind.TEMPORAL),
  /** The first ends when the second begins. */
  T_MEETS("t_meets", Kind.TEMPORAL),
  /** The first begins when the second ends. */
  T_MET_BY("t_metBy", Kind.TEMPORAL),
  /** The first begins inside the second and ends after it. */
  T_OVERLAPPED_BY("t_overlappedBy", Kind.TEMPORAL),
  /** The first begins before the second and ends inside it. */
  T_OVERLAPS("t_overlaps", Kind.TEMPORAL),
  /** They begin together, the first ends later. */
  T_STARTED_BY("t_startedBy", Kind.TEMPORAL),
  /** They begin together, the first ends earlier. */
  T_STARTS("t_starts", Kind.TEMPORAL),
  /** The same set. */
  A_EQUALS("a_equals", Kind.ARRAY),
  /** The first holds every item of the second. */
  A_CONTAINS("a_contains", Kind.ARRAY),
  /** The second holds every item of the first. */
  A_CONTAINED_BY("a_containedBy", Kind.ARRAY),
  /** They share an item. */
  A_OVERLAPS("a_overlaps", Kind.ARRAY),
  /** Sum. */
  PLUS("+", Kind.ARITHMETIC),
  /** Difference. */
  MINUS("-", Kind.ARITHMETIC),
  /** Product. */
  TIMES("*", Kind.ARITHMETIC),
  /** Quotient. */
  DIVIDE("/", Kind.ARITHMETIC),
  /** Remainder. */
  MODULO("%", Kind.ARITHMETIC),
  /** The whole part of the quotient. */
  INTEGER_DIVIDE("div", Kind.ARITHMETIC),
  /** Power. */
  POWER("^", Kind.ARITHMETIC);

  private static final Map<String, Operator> BY_SYMBOL = new HashMap<>();

  static {
    for (Operator operator : values()) {
      BY_SYMBOL.put(operator.symbol.toLowerCase(Locale.ROOT), operator);
    }
  }

  private final String symbol;
  private final Kind kind;
  private final int fewest;
  private final int most;

  Operator(String symbol, Kind kind) {
    this(symbol, kind, 2, 2);
  }

  Operator(String symbol, Kind kind, int fewest, int most) {
    this.symbol = symbol;
    this.kind = kind;
    this.fewest = fewest;
    this.most = most;
  }

  /** The operator that has this symbol, whatever its capitals. */
  static Optional<Operator> find(String symbol) {
    return Optional.ofNullable(BY_SYMBOL.get(symbol.toLowerCase(Locale.ROOT)));
  }

  /** As it stands in JSON. */
  String symbol() {
    return symbol;
  }

  Kind kind() {
    return kind;
  }

  boolean takes(int operands) {
    return operands >= fewest && operands <= most;
  }

  /** True where the text encoding writes it as a function: its name, then its operands. */
  boolean isWrittenAsFunction() {
    return switch (kind) {
      case TEXT, SPATIAL, DISTANCE, TEMPORAL, ARRAY -> true;
      case LOGIC, COMPARISON, PREDICATE, ARITHMETIC -> false;
    };
  }

  /** What operators have in common. */
  enum Kind {
    LOGIC,
    COMPARISON,
    PREDICATE,
    TEXT,
    SPATIAL,
    DISTANCE,
    TEMPORAL,
    ARRAY,
    ARITHMETIC
  }
}
