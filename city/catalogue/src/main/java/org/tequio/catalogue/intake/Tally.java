package org.tequio.catalogue.intake;

import java.util.ArrayList;
import java.util.List;
import org.tequio.feature.Finding;

/** Counts the cases of one finding and keeps the first of them. Not thread-safe. */
final class Tally {
  private final List<Finding.Example> examples = new ArrayList<>(4);
  private long count;

  /** Counts a case whose text may be long to make: it is asked for while examples are wanted. */
  boolean wants() {
    count++;
    return examples.size() < Finding.MAX_EXAMPLES;
  }

  void keep(Finding.Example example) {
    examples.add(example);
  }

  void count(long row, String text) {
    if (wants()) {
      examples.add(Finding.Example.of(row, text));
    }
  }

  void clear() {
    count = 0;
    examples.clear();
  }

  long count() {
    return count;
  }

  List<Finding.Example> examples() {
    return examples;
  }
}
