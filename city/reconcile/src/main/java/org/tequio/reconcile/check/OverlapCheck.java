package org.tequio.reconcile.check;

import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.tequio.feature.LocalText;
import org.tequio.feature.PolygonArea;
import org.tequio.reconcile.match.MemberRows;

/** Polygons of one layer that share ground: two parcels, two zones. */
final class OverlapCheck implements TopologyCheck {
  private static final String LEAST = "minAreaM2";

  @Override
  public String kind() {
    return "overlaps";
  }

  @Override
  public LocalText title() {
    return new LocalText("Encimados entre sí", "Sobrepostos entre si", "Overlaps");
  }

  @Override
  public LocalText question() {
    return new LocalText(
        "¿De cuál de los dos es este pedazo?",
        "De qual dos dois é este pedaço?",
        "To which of the two does this piece belong?");
  }

  @Override
  public List<Role> roles() {
    return List.of(
        new Role(
            new LocalText(
                "Predios, zonas u otros que no deben encimarse",
                "Lotes, zonas ou outros que não devem se sobrepor",
                "Parcels, zones or others that must not overlap"),
            2,
            false));
  }

  @Override
  public Map<String, Double> options() {
    return Map.of(LEAST, 1.0);
  }

  @Override
  public void run(CheckRun run) {
    MemberRows rows = run.layer(0);
    run.eachRow(rows, () -> new Worker(run, rows));
  }

  private static final class Worker implements IntConsumer {
    private final CheckRun run;
    private final MemberRows rows;
    private final double least;
    private final PolygonArea mine = new PolygonArea();
    private final PolygonArea theirs = new PolygonArea();

    Worker(CheckRun run, MemberRows rows) {
      this.run = run;
      this.rows = rows;
      this.least = run.option(LEAST);
    }

    @Override
    public void accept(int row) {
      if (rows.kind(row) != 2) {
        return;
      }
      double[] boxes = rows.boxes();
      int at = 4 * row;
      mine.read(rows.wkb(row), rows.wkbOffset(row), boxes[at], boxes[at + 1]);
      rows.index()
          .search(
              boxes[at], boxes[at + 1], boxes[at + 2], boxes[at + 3], other -> pair(row, other));
    }

    private boolean pair(int row, int other) {
      if (other <= row || rows.kind(other) != 2) {
        return true;
      }
      double[] shared = sharedBox(rows.boxes(), 4 * row, rows.boxes(), 4 * other);
      if ((shared[2] - shared[0]) * (shared[3] - shared[1]) < least) {
        return true;
      }
      theirs.read(
          rows.wkb(other), rows.wkbOffset(other), rows.boxes()[4 * row], rows.boxes()[4 * row + 1]);
      double area = mine.shared(theirs, CheckRun.PAIRS);
      if (Double.isNaN(area)) {
        run.untold();
      } else if (area >= least) {
        String square = CheckRun.meters(area);
        run.tell(
            new LocalText(
                "Se enciman " + square + " m²",
                "Sobrepõem-se " + square + " m²",
                "They overlap by " + square + " m²"),
            area,
            shared,
            0,
            row,
            0,
            other);
      }
      return true;
    }
  }

  static double[] sharedBox(double[] a, int at, double[] b, int other) {
    return new double[] {
      Math.max(a[at], b[other]),
      Math.max(a[at + 1], b[other + 1]),
      Math.min(a[at + 2], b[other + 2]),
      Math.min(a[at + 3], b[other + 3])
    };
  }
}
