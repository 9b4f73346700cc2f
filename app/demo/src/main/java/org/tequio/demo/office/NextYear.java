package org.tequio.demo.office;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.demo.PlantedChange;
import org.tequio.demo.PlantedChange.Kind;
import org.tequio.demo.file.Shape;
import org.tequio.demo.file.Table;
import org.tequio.demo.land.Dice;

/**
 * The table of parcels as the cadastre sends it a year later: about one parcel in a hundred was
 * divided, measured again, put to another use or struck from the books. Which one depends on its
 * key and the seed only.
 */
final class NextYear implements Table {
  /** Where a parcel's row has its use and its area, as {@code CadastreOffice} orders them. */
  private static final int AREA = 4;

  private static final int USE = 6;

  private final Table table;
  private final long seed;
  private final List<PlantedChange> changes;

  /**
   * Writes changed rows to a table.
   *
   * @param changes is told what was changed
   */
  NextYear(Table table, long seed, List<PlantedChange> changes) {
    this.table = table;
    this.seed = seed;
    this.changes = changes;
  }

  @Override
  public void row(@Nullable Shape shape, @Nullable Object... values) throws IOException {
    String key = String.valueOf(values[0]);
    Dice dice = Dice.of(seed, "next-year", key.hashCode());
    int fate = dice.between(0, 999);
    if (shape == null || fate >= 10) {
      table.row(shape, values);
    } else if (fate == 0) {
      tell(Kind.REMOVED, key);
    } else if (fate < 4) {
      tell(Kind.GEOMETRY, key);
      table.row(measuredAgain(shape), values);
    } else if (fate < 8) {
      @Nullable Object[] changed = values.clone();
      changed[USE] = "Mixto".equals(values[USE]) ? "Comercial" : "Mixto";
      tell(Kind.ATTRIBUTES, key);
      table.row(shape, changed);
    } else {
      divide(shape, key, values);
    }
  }

  private void tell(Kind kind, String key) {
    changes.add(new PlantedChange(kind, key));
  }

  /** One corner lies two tenths of the way towards the middle. */
  private static Shape measuredAgain(Shape shape) {
    double[] ring = shape.parts()[0][0].clone();
    int last = ring.length - 2;
    double[] middle = middle(ring);
    ring[0] += 0.2 * (middle[0] - ring[0]);
    ring[1] += 0.2 * (middle[1] - ring[1]);
    ring[last] = ring[0];
    ring[last + 1] = ring[1];
    return Shape.polygon(ring);
  }

  /** A triangle at one corner becomes a parcel of its own. */
  private void divide(Shape shape, String key, @Nullable Object... values) throws IOException {
    double[] ring = shape.parts()[0][0];
    int corners = ring.length / 2 - 1;
    double[] cut = {
      (ring[0] + ring[2]) / 2,
      (ring[1] + ring[3]) / 2,
      (ring[0] + ring[2 * corners - 2]) / 2,
      (ring[1] + ring[2 * corners - 1]) / 2
    };
    double[] part = {ring[0], ring[1], cut[0], cut[1], cut[2], cut[3], ring[0], ring[1]};
    double[] rest = new double[ring.length + 2];
    rest[0] = cut[0];
    rest[1] = cut[1];
    System.arraycopy(ring, 2, rest, 2, 2 * corners - 2);
    rest[2 * corners] = cut[2];
    rest[2 * corners + 1] = cut[3];
    rest[2 * corners + 2] = cut[0];
    rest[2 * corners + 3] = cut[1];
    @Nullable Object[] left = values.clone();
    left[AREA] = Desk.cents(Contours.area(rest));
    tell(Kind.BOTH, key);
    table.row(Shape.polygon(rest), left);
    @Nullable Object[] made = values.clone();
    made[0] = key + "-A";
    made[AREA] = Desk.cents(Contours.area(part));
    tell(Kind.ADDED, key + "-A");
    table.row(Shape.polygon(part), made);
  }

  private static double[] middle(double[] ring) {
    double x = 0;
    double y = 0;
    int corners = ring.length / 2 - 1;
    for (int i = 0; i < corners; i++) {
      x += ring[2 * i] / corners;
      y += ring[2 * i + 1] / corners;
    }
    return new double[] {x, y};
  }

  @Override
  public void close() throws IOException {
    table.close();
  }
}
