package org.tequio.procedure;

import java.util.regex.Pattern;

/**
 * The identifier of a procedure in all packs: a family and a name, such as {@code ob.rmc_a}. Safe
 * as a file name and a path segment.
 */
public record ProcedureId(String value) implements Comparable<ProcedureId> {
  private static final Pattern FORM = Pattern.compile("[a-z]{1,12}\\.[a-z][a-z0-9_]{0,39}");

  /** Refuses a value that does not have the form of an identifier. */
  public ProcedureId {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not the id of a procedure: '" + value + "'");
    }
  }

  /** True where the value has the form of an identifier. */
  public static boolean isValid(String value) {
    return FORM.matcher(value).matches();
  }

  @Override
  public int compareTo(ProcedureId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
