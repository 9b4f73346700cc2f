package org.tequio.procedure.pack;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.LocalText;
import org.tequio.feature.Wkb;
import org.tequio.procedure.rule.AskedLayer;
import org.tequio.procedure.rule.Layers;
import org.tequio.storage.FeatureStore;

/**
 * A little town in which the examples of a pack happen: a few features a layer, in metres.
 * Immutable.
 *
 * @param name of its file
 * @param layers by their names in the dictionary
 */
public record Town(String name, Map<String, TownLayer> layers) {
  /** The system of its coordinates: any in metres would do. */
  public static final Crs CRS = new Crs(32614);

  /** Copies the layers. */
  public Town {
    layers = Map.copyOf(layers);
  }

  /** Its layers without some of them. */
  public Layers without(Set<String> missing) {
    return new Layers() {
      @Override
      public Crs crs() {
        return CRS;
      }

      @Override
      public long revision() {
        return 1;
      }

      @Override
      public List<AskedLayer> find(String standard, @Nullable LocalDate asOf) {
        TownLayer layer = layers.get(standard);
        return layer == null || missing.contains(standard) ? List.of() : List.of(layer);
      }
    };
  }

  /**
   * One layer of it.
   *
   * @param id its name in the dictionary
   * @param coverage where it has something to say
   * @param date the day that it describes; null where that is not known
   * @param attributes what its features have, by place
   * @param key which of them identifies a feature; negative where none does
   * @param rows its features
   */
  record TownLayer(
      String id,
      Geometry coverage,
      @Nullable LocalDate date,
      List<String> attributes,
      int key,
      List<TownRow> rows)
      implements AskedLayer {
    @Override
    public LocalText title() {
      return LocalText.same(id);
    }

    @Override
    public long revision() {
      return 1;
    }

    @Override
    public boolean isTable() {
      return rows.stream().allMatch(row -> row.wkb == null) && !rows.isEmpty();
    }

    @Override
    public boolean covers(Geometry place) {
      return coverage.covers(place);
    }

    @Override
    public void scan(@Nullable Bbox box, FeatureStore.RowVisitor visitor) {
      double[] envelope = new double[4];
      for (TownRow row : rows) {
        boolean touches =
            box == null
                || row.wkb != null
                    && Wkb.envelope(row.wkb, 0, envelope)
                    && box.intersects(new Bbox(envelope[0], envelope[1], envelope[2], envelope[3]));
        if (touches && !visitor.visit(row)) {
          return;
        }
      }
    }

    @Override
    public int position(String attribute) {
      return attributes.indexOf(attribute);
    }

    @Override
    public int fieldCount() {
      return attributes.size();
    }

    @Override
    public int keyPosition() {
      return key;
    }
  }

  /** One feature of it. */
  static final class TownRow implements FeatureRow {
    private final long id;
    private final byte @Nullable [] wkb;
    private final @Nullable Object[] values;

    TownRow(long id, byte @Nullable [] wkb, @Nullable Object[] values) {
      this.id = id;
      this.wkb = wkb;
      this.values = values;
    }

    @Override
    public long id() {
      return id;
    }

    @Override
    public byte @Nullable [] wkb() {
      return wkb;
    }

    @Override
    public @Nullable Object value(int field) {
      return values[field];
    }
  }
}
