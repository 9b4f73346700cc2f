package org.tequio.harvest;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LayerId;

/**
 * Something that is pulled: where, what of it, for whom and how often. A value; what happened with
 * it is in its {@link SourceStatus}.
 *
 * @param id its identifier in this city, in the form of a layer's
 * @param title what people read
 * @param kind what stands behind the address
 * @param address a URL, or a path for {@link SourceKind#FILE}
 * @param names which of the offered layers or files; empty for all of them
 * @param department who owns what comes in
 * @param layer the layer that it becomes a version of; null where each file names its own
 * @param every how often; null for only when someone asks
 * @param options how the server wants to be asked
 */
public record Source(
    LayerId id,
    String title,
    SourceKind kind,
    String address,
    List<String> names,
    String department,
    @Nullable LayerId layer,
    @Nullable Duration every,
    Options options) {
  /** The shortest time between two pulls. */
  public static final Duration MOST_OFTEN = Duration.ofMinutes(5);

  private static final int LONGEST = 2_000;

  /** Copies the names; refuses what could not be pulled. */
  public Source {
    names = List.copyOf(names);
    title = title.strip();
    address = address.strip();
    department = department.strip();
    if (title.isEmpty() || address.isEmpty() || department.isEmpty()) {
      throw new IllegalArgumentException("a source has a title, an address and a department");
    }
    if (title.length() > LONGEST || address.length() > LONGEST || department.length() > LONGEST) {
      throw new IllegalArgumentException("at most " + LONGEST + " characters each");
    }
    if (every != null && every.compareTo(MOST_OFTEN) < 0) {
      throw new IllegalArgumentException("a source is pulled every " + MOST_OFTEN + " at most");
    }
    if (names.size() > 500) {
      throw new IllegalArgumentException("a source names 500 layers at most");
    }
  }

  /** The same pulled at another rhythm. */
  public Source withEvery(@Nullable Duration other) {
    return new Source(id, title, kind, address, names, department, layer, other, options);
  }

  /**
   * How a server wants to be asked, where it cannot be found out.
   *
   * @param pageSize features asked for at once; 0 for the usual number
   * @param sortBy the field that pages are sorted by; null to choose one
   * @param emptyAllowed true where no features at all are a possible answer
   */
  public record Options(int pageSize, @Nullable String sortBy, boolean emptyAllowed) {
    /** Nothing special. */
    public static final Options STANDARD = new Options(0, null, false);

    /** Refuses pages that no server would give, and fields that are no name. */
    public Options {
      if (pageSize < 0 || pageSize > 100_000) {
        throw new IllegalArgumentException("wanted a page of 1 to 100000 features");
      }
      if (sortBy != null && !sortBy.matches("[\\p{L}_][\\p{L}\\p{N}_.:-]{0,127}")) {
        throw new IllegalArgumentException("not the name of a field: " + sortBy);
      }
    }
  }
}
