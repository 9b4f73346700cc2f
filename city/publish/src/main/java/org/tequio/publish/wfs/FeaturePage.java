package org.tequio.publish.wfs;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.tequio.storage.FeatureStore;

/**
 * The part of a query's answer that is asked for, read in turns, so that a slow client holds
 * nothing. In the order of identifiers a page begins where the one before it ended. Not
 * thread-safe.
 */
final class FeaturePage {
  private final FeatureScan scan;
  private final Bookmarks bookmarks;
  private final String key;
  private final long start;
  private final long @Nullable [] sorted;
  private long after;
  private long skip;
  private long left;
  private long returned;
  private boolean more;
  private boolean done;

  /**
   * Begins a page.
   *
   * @param key identifies the query among others, whatever its page
   */
  FeaturePage(FeatureScan scan, Bookmarks bookmarks, String key, long start, long count) {
    this.scan = scan;
    this.bookmarks = bookmarks;
    this.key = key;
    this.start = start;
    this.left = count;
    if (scan.query().order().isEmpty()) {
      Bookmarks.Mark mark = bookmarks.find(key, start);
      this.sorted = null;
      this.after = mark.after();
      this.skip = start - mark.offset();
    } else {
      long oneMore = count == Long.MAX_VALUE ? count : count + 1;
      long[] ids = SortedFeatures.page(scan, start, oneMore);
      this.more = ids.length > count;
      this.sorted = more ? java.util.Arrays.copyOf(ids, (int) count) : ids;
    }
  }

  private FeaturePage(FeaturePage of) {
    this.scan = of.scan;
    this.bookmarks = of.bookmarks;
    this.key = of.key;
    this.start = of.start;
    this.sorted = of.sorted;
    this.after = of.after;
    this.skip = of.skip;
    this.left = of.left;
    this.returned = of.returned;
    this.more = of.more;
    this.done = of.done;
  }

  FeatureScan scan() {
    return scan;
  }

  /**
   * Passes features on until the visitor wants a pause or the page ends; a row that was passed on
   * counts, whatever the visitor says.
   *
   * @return true where there is more of this page
   */
  boolean turn(FeatureStore.RowVisitor visitor) {
    if (done) {
      return false;
    }
    boolean[] paused = {false};
    if (sorted != null) {
      while (returned < sorted.length && !paused[0]) {
        scan.visit(
            sorted[(int) returned],
            row -> {
              paused[0] = !visitor.visit(row);
              return true;
            });
        returned++;
      }
    } else {
      scan.scan(
          after,
          row -> {
            if (skip > 0) {
              skip--;
            } else if (left == 0) {
              more = true;
              return false;
            } else {
              left--;
              returned++;
              paused[0] = !visitor.visit(row);
            }
            after = row.id();
            return !paused[0];
          });
    }
    done = !paused[0];
    if (done && sorted == null && more) {
      bookmarks.put(key, start + returned, after);
    }
    return !done;
  }

  /** How the page ends, without moving on. */
  FeaturePage end() {
    FeaturePage end = new FeaturePage(this);
    end.turn(row -> true);
    return end;
  }

  /** Features passed on so far; all of the page at its end. */
  long returned() {
    return returned;
  }

  /** True at the end of a page that others follow. */
  boolean hasMore() {
    return more;
  }

  /** How many features match in all, at the end of a page; nothing where that must not be told. */
  OptionalLong matched() {
    boolean wholeAnswer = !more && (returned > 0 || start == 0);
    return wholeAnswer ? OptionalLong.of(start + returned) : scan.matched();
  }
}
