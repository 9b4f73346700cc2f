package org.tequio.procedure.rule;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.feature.Wkb;
import org.tequio.storage.FeatureStore;

/**
 * Layers over one of which somebody drew an area: areas under it give way, the rest is as it is.
 * Earlier days are not changed. Thread-safe.
 */
public final class DrawnOver implements Layers {
  /** What is left of an area and is smaller is the inexactness of a drawing. */
  private static final double SLIVER_M2 = 0.01;

  private static final long DRAWN_ID = Long.MAX_VALUE;

  private final Layers under;
  private final LayerId layer;
  private final Geometry area;
  private final PreparedGeometry prepared;
  private final Map<String, Object> values;

  /**
   * Draws one.
   *
   * @param area in the metres of the layers
   * @param values by attribute of the dictionary, or by column
   */
  public DrawnOver(Layers under, LayerId layer, Geometry area, Map<String, Object> values) {
    this.under = under;
    this.layer = layer;
    this.area = area;
    this.prepared = PreparedGeometryFactory.prepare(area);
    this.values = Map.copyOf(values);
  }

  @Override
  public Crs crs() {
    return under.crs();
  }

  @Override
  public long revision() {
    return under.revision();
  }

  @Override
  public List<AskedLayer> find(String standard, @Nullable LocalDate asOf) {
    List<AskedLayer> found = under.find(standard, asOf);
    return asOf == null
        ? found.stream()
            .map(one -> one.id().equals(layer.value()) ? new Drawn(one, row(one)) : one)
            .toList()
        : found;
  }

  private Row row(AskedLayer one) {
    @Nullable Object[] cells = new Object[one.fieldCount()];
    values.forEach(
        (attribute, value) -> {
          int position = one.position(attribute);
          if (position < 0) {
            throw new IllegalArgumentException(attribute);
          }
          cells[position] = value;
        });
    return new Row(Wkb.of(area), cells);
  }

  private Geometry left(Geometry feature) {
    return SpatialQuestions.without(feature, area);
  }

  /** The area as a row. */
  @SuppressWarnings("ArrayRecordComponent") // made here and read once
  private record Row(byte[] wkb, @Nullable Object[] cells) implements FeatureRow {
    @Override
    public long id() {
      return DRAWN_ID;
    }

    @Override
    public @Nullable Object value(int field) {
      return cells[field];
    }
  }

  /** The layer with it. */
  private final class Drawn implements AskedLayer {
    private final AskedLayer base;
    private final Row row;

    Drawn(AskedLayer base, Row row) {
      this.base = base;
      this.row = row;
    }

    @Override
    public void scan(@Nullable Bbox box, FeatureStore.RowVisitor visitor) {
      boolean[] goes = {true};
      base.scan(box, one -> goes[0] = visit(one, visitor));
      if (goes[0] && (box == null || touches(box))) {
        visitor.visit(row);
      }
    }

    private boolean visit(FeatureRow one, FeatureStore.RowVisitor visitor) {
      byte[] wkb = one.wkb();
      if (wkb == null) {
        return visitor.visit(one);
      }
      Geometry feature = Wkb.toGeometry(wkb, one.wkbOffset(), one.wkbLength());
      if (feature.getDimension() < 2 || !prepared.intersects(feature)) {
        return visitor.visit(one);
      }
      Geometry left = left(feature);
      return left.getArea() < SLIVER_M2 || visitor.visit(new MovedRow(one, Wkb.of(left)));
    }

    private boolean touches(Bbox box) {
      var of = area.getEnvelopeInternal();
      return of.getMinX() <= box.maxX()
          && of.getMaxX() >= box.minX()
          && of.getMinY() <= box.maxY()
          && of.getMaxY() >= box.minY();
    }

    @Override
    public boolean covers(Geometry place) {
      return base.covers(place) || prepared.covers(place);
    }

    @Override
    public String id() {
      return base.id();
    }

    @Override
    public LocalText title() {
      return base.title();
    }

    @Override
    public long revision() {
      return base.revision();
    }

    @Override
    public @Nullable LocalDate date() {
      return base.date();
    }

    @Override
    public boolean isTable() {
      return base.isTable();
    }

    @Override
    public int position(String attribute) {
      return base.position(attribute);
    }

    @Override
    public int fieldCount() {
      return base.fieldCount();
    }

    @Override
    public int keyPosition() {
      return base.keyPosition();
    }
  }
}
