package org.tequio.feature.filter;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.locationtech.jts.geom.Geometry;

/**
 * A CQL2 expression as it was written, in whichever encoding: names are not looked up yet, and
 * nothing is known of types. Immutable.
 */
public sealed interface Expression {
  /**
   * A value.
   *
   * @param value a {@link String}, {@link Long}, finite {@link Double}, {@link Boolean}, {@link
   *     LocalDate} or {@link Instant}
   */
  record Literal(Object value) implements Expression {
    /** Refuses other classes. */
    public Literal {
      boolean known =
          switch (value) {
            case String text -> true;
            case Long number -> true;
            case Double number -> Double.isFinite(number);
            case Boolean truth -> true;
            case LocalDate day -> true;
            case Instant instant -> true;
            default -> false;
          };
      if (!known) {
        throw new IllegalArgumentException("not a literal: " + value);
      }
    }
  }

  /**
   * A geometry.
   *
   * @param geometry its coordinates in the order in which they were written; never changed
   */
  record Shape(Geometry geometry) implements Expression {}

  /**
   * A box.
   *
   * @param bounds the four or six numbers in the order in which they were written
   */
  record Box(List<Double> bounds) implements Expression {
    /** Copies the numbers. */
    public Box {
      bounds = List.copyOf(bounds);
      if (bounds.size() != 4 && bounds.size() != 6) {
        throw new IllegalArgumentException("a box has four or six bounds, not " + bounds.size());
      }
    }
  }

  /** The end of an interval that has none. */
  record Unbounded() implements Expression {}

  /** A span of time; its ends are instants, dates, properties, functions or {@link Unbounded}. */
  record Interval(Expression from, Expression until) implements Expression {}

  /** An array: a set of values. */
  record Items(List<Expression> items) implements Expression {
    /** Copies the list. */
    public Items {
      items = List.copyOf(items);
    }
  }

  /** The value of a feature's property. */
  record Property(String name) implements Expression {}

  /** An operator of the language with what it works on. */
  record Operation(Operator operator, List<Expression> operands) implements Expression {
    /** Copies the list; refuses a number of operands that the operator does not have. */
    public Operation {
      operands = List.copyOf(operands);
      if (!operator.takes(operands.size())) {
        throw new IllegalArgumentException(
            operator + " does not work on " + operands.size() + " operands");
      }
    }
  }

  /** A function of this server. */
  record Call(String function, List<Expression> arguments) implements Expression {
    /** Copies the list. */
    public Call {
      arguments = List.copyOf(arguments);
    }
  }
}
