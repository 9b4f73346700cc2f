package org.tequio.reconcile.match;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the first values of a field look like: keys, names or neither. */
final class FieldSample {
  private static final int LONGEST_KEY = 24;

  private final Set<String> distinct = new HashSet<>();
  private int present;
  private int keys;
  private int worded;
  private int spaced;

  void add(@Nullable Object value) {
    String clean = KeyForm.clean(value);
    if (clean == null) {
      return;
    }
    present++;
    distinct.add(clean);
    int digits = 0;
    for (int i = 0; i < clean.length(); i++) {
      digits += clean.charAt(i) <= '9' ? 1 : 0;
    }
    keys += clean.length() <= LONGEST_KEY && digits > 0 ? 1 : 0;
    if (value instanceof String text) {
      worded += clean.length() - digits >= 3 && digits * 3 < clean.length() ? 1 : 0;
      spaced += text.strip().indexOf(' ') > 0 ? 1 : 0;
    }
  }

  /** Short, with digits, and nearly all different. */
  boolean looksLikeKey() {
    return present > 0
        && distinct.size() >= 0.9 * present
        && keys >= 0.9 * present
        && spaced * 3 < present;
  }

  /** Words, and not always the same few. */
  boolean looksLikeName() {
    return present > 0
        && worded >= 0.6 * present
        && (distinct.size() >= 0.2 * present || distinct.size() > 30)
        && (distinct.size() > 1 || present == 1);
  }
}
