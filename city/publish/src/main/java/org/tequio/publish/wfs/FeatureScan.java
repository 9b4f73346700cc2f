package org.tequio.publish.wfs;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Bbox;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.ServiceCrs;
import org.tequio.feature.filter.FilterRefused;
import org.tequio.feature.filter.Reach;
import org.tequio.feature.filter.RowFilter;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.publish.ows.OwsCode;
import org.tequio.publish.ows.OwsException;
import org.tequio.storage.AsOf;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.FeatureStore;

/** Runs one query on the store, at one state. Not thread-safe: its filter keeps buffers. */
final class FeatureScan {
  private final FeatureStore store;
  private final TypeQuery query;
  private final AsOf state;
  private final @Nullable RowFilter filter;

  /**
   * Prepares a query.
   *
   * @throws OwsException where its condition does not fit the layer
   */
  FeatureScan(FeatureStore store, TypeQuery query, AsOf state) {
    this.store = store;
    this.query = query;
    this.state = state;
    this.filter = filter(query);
  }

  private static @Nullable RowFilter filter(TypeQuery query) {
    if (query.condition() == null) {
      return null;
    }
    PublicLayer layer = query.type().layer();
    ServiceCrs own = new ServiceCrs("", layer.stored().crs(), false);
    try {
      return RowFilter.of(query.condition(), layer.filterTarget(), own);
    } catch (FilterRefused e) {
      throw new OwsException(OwsCode.INVALID_PARAMETER_VALUE, "filter", e.why());
    }
  }

  TypeQuery query() {
    return query;
  }

  /** How many features match, whatever the page; nothing where that must not be told of people. */
  OptionalLong matched() {
    if (filter != null && query.type().layer().isAboutPeople()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(count(Long.MAX_VALUE));
  }

  /** How many features match, counted no further than a number. */
  long count(long most) {
    if (filter == null && query.ids() == null) {
      return store.count(query.type().layer().id(), FeatureQuery.ALL.at(state));
    }
    long[] count = new long[1];
    scan(
        0,
        row -> {
          count[0]++;
          return count[0] < most;
        });
    return count[0];
  }

  /** Passes on what matches, in the order of identifiers, until the visitor has enough. */
  void scan(long after, FeatureStore.RowVisitor visitor) {
    long[] ids = query.ids();
    if (ids != null) {
      for (long id : ids) {
        if (id > after && !visit(id, visitor)) {
          return;
        }
      }
      return;
    }
    Bbox box = null;
    List<FeatureQuery.FieldEquals> equal = new ArrayList<>();
    if (filter != null) {
      switch (filter.reach()) {
        case Reach.Everywhere _ -> {}
        case Reach.Nowhere _ -> {
          return;
        }
        case Reach.Near(Bbox near) -> box = near;
      }
      filter
          .equal()
          .forEach(one -> equal.add(new FeatureQuery.FieldEquals(one.field(), one.value())));
    }
    store.scan(
        query.type().layer().id(),
        new FeatureQuery(box, equal, after, Long.MAX_VALUE, state),
        row -> !holds(row) || visitor.visit(row));
  }

  private boolean holds(FeatureRow row) {
    return filter == null || filter.holds(row);
  }

  /** Passes on one feature where it is there and matches; false where the visitor has enough. */
  boolean visit(long id, FeatureStore.RowVisitor visitor) {
    boolean[] more = {true};
    store.scan(
        query.type().layer().id(),
        FeatureQuery.ALL.at(state).page(id - 1, 1),
        row -> {
          if (row.id() == id && holds(row)) {
            more[0] = visitor.visit(row);
          }
          return false;
        });
    return more[0];
  }
}
