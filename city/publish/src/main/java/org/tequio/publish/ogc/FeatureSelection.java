package org.tequio.publish.ogc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Bbox;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.ServiceCrs;
import org.tequio.feature.filter.Area;
import org.tequio.feature.filter.BoxFilter;
import org.tequio.feature.filter.FilterRefused;
import org.tequio.feature.filter.Reach;
import org.tequio.feature.filter.RowFilter;
import org.tequio.http.Parameter;
import org.tequio.http.ParameterSource;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.FeatureStore;

/**
 * Which features of a layer are asked for: what every one of them meets, read and checked once.
 * Pages and files are made of it alike. Not thread-safe: filters work with buffers of their own.
 *
 * @param time null where nothing is asked of it
 */
public record FeatureSelection(
    PublicLayer layer,
    List<FeatureQuery.FieldEquals> equal,
    @Nullable BoxFilter box,
    List<RowFilter> filters,
    @Nullable TimeSpan time) {

  private static final Parameter<List<Double>> BBOX =
      new Parameter<>(
          Parameter.Place.QUERY,
          LonLatBox.BBOX.name(),
          LonLatBox.BBOX.description(),
          LonLatBox.BBOX.wanted(),
          LonLatBox.BBOX.schema(),
          LonLatBox::numbers);

  /** All that {@link #of} reads. */
  public static final List<Parameter<?>> PARAMETERS =
      List.of(
          BBOX,
          LayerCrs.BBOX_CRS,
          TimeSpan.DATETIME,
          FilterParameters.FILTER,
          FilterParameters.FILTER_LANG,
          LayerCrs.FILTER_CRS);

  /** Copies the lists. */
  public FeatureSelection {
    equal = List.copyOf(equal);
    filters = List.copyOf(filters);
  }

  /**
   * What parameters ask for.
   *
   * @throws ProblemException 400 where one of them is wrong, or asks for what is not public
   */
  public static FeatureSelection of(ParameterSource given, PublicLayer layer) {
    FeatureSelection all =
        new FeatureSelection(
            layer,
            List.of(),
            box(given, layer),
            List.of(),
            layer.timeIndex() < 0 ? null : given.query(TimeSpan.DATETIME).orElse(null));
    return FilterParameters.of(given, layer).map(all::with).orElse(all);
  }

  /** Those of them for which a filter is true. */
  public FeatureSelection with(RowFilter filter) {
    List<FeatureQuery.FieldEquals> more = new ArrayList<>(equal);
    filter.equal().forEach(e -> more.add(new FeatureQuery.FieldEquals(e.field(), e.value())));
    List<RowFilter> all = new ArrayList<>(filters);
    all.add(filter);
    return new FeatureSelection(layer, more, box, all, time);
  }

  /** Those of them that have these values. */
  FeatureSelection with(List<FeatureQuery.FieldEquals> values) {
    List<FeatureQuery.FieldEquals> more = new ArrayList<>(values);
    more.addAll(equal);
    return new FeatureSelection(layer, more, box, filters, time);
  }

  /**
   * Those of them that intersect an area.
   *
   * @throws ProblemException 400 where the text is none, or the layer has no places
   */
  public FeatureSelection within(String area) {
    try {
      return with(Area.parse(area).filter(layer.filterTarget()));
    } catch (FilterRefused e) {
      throw FilterParameters.refused(e);
    }
  }

  private static @Nullable BoxFilter box(ParameterSource given, PublicLayer layer) {
    ServiceCrs crs = LayerCrs.of(given, LayerCrs.BBOX_CRS, layer);
    List<Double> bounds = given.query(BBOX).orElse(null);
    if (bounds == null) {
      return null;
    }
    List<Bbox> boxes =
        crs.boxes(bounds)
            .orElseThrow(
                () ->
                    new ProblemException(
                        Problem.invalidParameter(BBOX.name(), BBOX.wanted(), bounds.toString())));
    return new BoxFilter(layer.stored().crs(), layer.stored().extent(), crs.crs(), boxes);
  }

  /** True where every row that the store gives is an answer. */
  private boolean isExact() {
    return box == null && filters.isEmpty() && time == null;
  }

  /** True where every feature is an answer. */
  public boolean isWhole() {
    return isExact() && equal.isEmpty();
  }

  private Optional<FeatureQuery> stored(long from, long most) {
    Reach reach = box == null ? new Reach.Everywhere() : box.reach();
    for (RowFilter filter : filters) {
      reach = reach.and(filter.reach());
    }
    return switch (reach) {
      case Reach.Nowhere none -> Optional.empty();
      case Reach.Everywhere all ->
          Optional.of(new FeatureQuery(null, equal, from, most, layer.state()));
      case Reach.Near(Bbox near) ->
          Optional.of(new FeatureQuery(near, equal, from, most, layer.state()));
    };
  }

  private boolean holds(FeatureRow row) {
    if (time != null && !time.holds(row.value(layer.positions()[layer.timeIndex()]))
        || box != null && !box.holds(row)) {
      return false;
    }
    for (RowFilter filter : filters) {
      if (!filter.holds(row)) {
        return false;
      }
    }
    return true;
  }

  /** False where it must not be told how many match: they are about people, and only some. */
  public boolean mayBeCounted() {
    return isWhole() || !layer.isAboutPeople();
  }

  /** How many features match. */
  public long count(FeatureStore store) {
    Optional<FeatureQuery> query = stored(0, Long.MAX_VALUE);
    if (query.isEmpty()) {
      return 0;
    }
    if (isExact()) {
      return store.count(layer.id(), query.get());
    }
    long[] count = new long[1];
    store.scan(
        layer.id(),
        query.get(),
        row -> {
          count[0] += holds(row) ? 1 : 0;
          return true;
        });
    return count[0];
  }

  /**
   * Passes on matching features after an id until the visitor has enough.
   *
   * @return false where there was none left
   */
  public boolean scan(FeatureStore store, long from, FeatureStore.RowVisitor visitor) {
    Optional<FeatureQuery> query = stored(from, Long.MAX_VALUE);
    if (query.isEmpty()) {
      return false;
    }
    boolean[] stopped = new boolean[1];
    store.scan(
        layer.id(),
        query.get(),
        row -> {
          if (holds(row) && !visitor.visit(row)) {
            stopped[0] = true;
            return false;
          }
          return true;
        });
    return stopped[0];
  }

  /** Passes on one feature, where it is still there and matches. */
  void visit(FeatureStore store, long id, FeatureStore.RowVisitor visitor) {
    store.scan(
        layer.id(),
        FeatureQuery.ALL.at(layer.state()).page(id - 1, 1),
        row -> {
          if (row.id() == id && holds(row)) {
            visitor.visit(row);
          }
          return false;
        });
  }
}
