package org.tequio.procedure;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Code;

/** What may be answered to a question of a procedure. */
public sealed interface InputType {
  /** The name in packs and on the wire. */
  String wireName();

  /**
   * A place on the map, drawn in longitude and latitude (CRS84). Rules see it in metres.
   *
   * @param shape what is drawn
   */
  record Place(Shape shape) implements InputType {
    @Override
    public String wireName() {
      return "place";
    }
  }

  /** What is drawn for a place. */
  enum Shape {
    /** One position. */
    POINT,
    /** A line, such as a trench along a street. */
    LINE,
    /** An area. */
    POLYGON,
    /** One position, which stands for the cadastral parcel that holds it where there is one. */
    PARCEL;

    /** The name in packs and on the wire. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A finite number.
   *
   * @param unit UCUM code; null for a plain number
   * @param min the least that is accepted
   * @param max the most that is accepted
   */
  record Number(@Nullable String unit, double min, double max) implements InputType {
    @Override
    public String wireName() {
      return "number";
    }
  }

  /**
   * A whole number.
   *
   * @param min the least that is accepted
   * @param max the most that is accepted
   */
  record Whole(long min, long max) implements InputType {
    @Override
    public String wireName() {
      return "whole";
    }
  }

  /**
   * Words.
   *
   * @param longest how many characters at most
   */
  record Text(int longest) implements InputType {
    @Override
    public String wireName() {
      return "text";
    }
  }

  /**
   * One of a few values.
   *
   * @param codes the values, at least one
   */
  record Choice(List<Code> codes) implements InputType {
    /** Copies the values. */
    public Choice {
      codes = List.copyOf(codes);
    }

    @Override
    public String wireName() {
      return "choice";
    }
  }

  /**
   * A code of one of the pack's tables.
   *
   * @param table which
   */
  record CodeOf(String table) implements InputType {
    @Override
    public String wireName() {
      return "code";
    }
  }

  /** A date. */
  record Day() implements InputType {
    @Override
    public String wireName() {
      return "date";
    }
  }

  /** Yes or no. */
  record YesNo() implements InputType {
    @Override
    public String wireName() {
      return "yes-no";
    }
  }
}
