package org.tequio.publish.wfs;

import org.tequio.feature.LocalText;
import org.tequio.publish.layer.RowOrder;
import org.tequio.publish.ows.OwsException;

/**
 * The features of a query in the order of some fields: of all that match only as many are kept as
 * stand before the end of the page.
 */
final class SortedFeatures {
  private static final int MOST = 200_000;

  private SortedFeatures() {}

  /** The identifiers from one place of the order to another. */
  static long[] page(FeatureScan scan, long start, long count) {
    long last = start + count < 0 ? Long.MAX_VALUE : start + count;
    RowOrder order = new RowOrder(scan.query().type().layer(), scan.query().order());
    RowOrder.First first = order.first(last, null);
    scan.scan(
        0,
        row -> {
          first.add(row);
          if (first.size() > MOST) {
            throw OwsException.invalid(
                "sortBy",
                new LocalText(
                    "hasta " + MOST + " elementos en orden; pida menos o filtre",
                    "até " + MOST + " elementos em ordem; peça menos ou filtre",
                    "at most " + MOST + " features in order; ask for fewer or filter"),
                Long.toString(last));
          }
          return true;
        });
    return first.places().stream().skip(start).mapToLong(RowOrder.Place::id).toArray();
  }
}
