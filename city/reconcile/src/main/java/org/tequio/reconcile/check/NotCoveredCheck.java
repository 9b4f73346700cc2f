package org.tequio.reconcile.check;

import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.tequio.feature.LocalText;
import org.tequio.feature.PolygonArea;
import org.tequio.reconcile.match.MemberRows;

/** Polygons that leave the polygons of another layer: a parcel its block, a building any parcel. */
final class NotCoveredCheck implements TopologyCheck {
  private static final String LEAST = "minAreaM2";
  private static final String SHARE = "minShare";

  @Override
  public String kind() {
    return "not-covered";
  }

  @Override
  public LocalText title() {
    return new LocalText(
        "Fuera de lo que debe contenerlo", "Fora do que o deve conter", "Not covered");
  }

  @Override
  public LocalText question() {
    return new LocalText(
        "¿Está mal dibujado este, o falta lo que debía contenerlo?",
        "Este está mal desenhado, ou falta o que o devia conter?",
        "Is this drawn wrong, or is what should contain it missing?");
  }

  @Override
  public List<Role> roles() {
    return List.of(
        new Role(
            new LocalText("Predios o edificios", "Lotes ou edifícios", "Parcels or buildings"),
            2,
            false),
        new Role(
            new LocalText(
                "Manzanas o predios que los contienen",
                "Quadras ou lotes que os contêm",
                "Blocks or parcels that contain them"),
            2,
            false));
  }

  @Override
  public Map<String, Double> options() {
    return Map.of(LEAST, 1.0, SHARE, 0.05);
  }

  @Override
  public void run(CheckRun run) {
    run.eachRow(run.layer(0), () -> new Worker(run));
  }

  private static final class Worker implements IntConsumer {
    private final CheckRun run;
    private final MemberRows inner;
    private final MemberRows outer;
    private final PolygonArea mine = new PolygonArea();
    private final PolygonArea theirs = new PolygonArea();
    private double covered;

    Worker(CheckRun run) {
      this.run = run;
      this.inner = run.layer(0);
      this.outer = run.layer(1);
    }

    @Override
    public void accept(int row) {
      if (inner.kind(row) != 2) {
        return;
      }
      double[] boxes = inner.boxes();
      int at = 4 * row;
      double x = boxes[at];
      double y = boxes[at + 1];
      mine.read(inner.wkb(row), inner.wkbOffset(row), x, y);
      covered = 0;
      outer
          .index()
          .search(
              x,
              y,
              boxes[at + 2],
              boxes[at + 3],
              other -> {
                if (outer.kind(other) == 2) {
                  theirs.read(outer.wkb(other), outer.wkbOffset(other), x, y);
                  covered += mine.shared(theirs, CheckRun.PAIRS);
                }
                return !Double.isNaN(covered) && covered < mine.area();
              });
      double outside = mine.area() - covered;
      if (Double.isNaN(outside)) {
        run.untold();
      } else if (outside >= run.option(LEAST) && outside >= run.option(SHARE) * mine.area()) {
        tell(row, outside);
      }
    }

    private void tell(int row, double outside) {
      long percent = Math.round(100 * outside / mine.area());
      String square = CheckRun.meters(outside);
      double[] box = java.util.Arrays.copyOfRange(inner.boxes(), 4 * row, 4 * row + 4);
      run.tell(
          new LocalText(
              square + " m² quedan fuera (" + percent + " %)",
              square + " m² ficam fora (" + percent + " %)",
              square + " m² lie outside (" + percent + " %)"),
          outside,
          box,
          0,
          row);
    }
  }
}
