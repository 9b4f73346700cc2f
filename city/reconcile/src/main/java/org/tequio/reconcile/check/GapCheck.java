package org.tequio.reconcile.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.PrecisionModel;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.UnaryUnionNG;
import org.tequio.feature.BoxIndex;
import org.tequio.feature.LocalText;
import org.tequio.feature.PolygonArea;
import org.tequio.feature.Wkb;
import org.tequio.reconcile.match.MemberRows;

/**
 * Ground that no polygon of a layer covers although all around it is covered, or that lies in the
 * area to be covered: a hole in the zoning. Shapes are joined on a grid of a centimetre, which
 * cannot fail; those that cross themselves are left out and counted.
 */
final class GapCheck implements TopologyCheck {
  private static final String LEAST = "minAreaM2";
  private static final PrecisionModel CENTIMETER = new PrecisionModel(100);
  private static final int BATCH = 256;
  private static final int MOST_VERTICES = 100_000;

  @Override
  public String kind() {
    return "gaps";
  }

  @Override
  public LocalText title() {
    return new LocalText("Huecos entre zonas", "Vazios entre zonas", "Gaps");
  }

  @Override
  public LocalText question() {
    return new LocalText(
        "¿A cuál zona pertenece este hueco?",
        "A qual zona pertence este vazio?",
        "To which zone does this gap belong?");
  }

  @Override
  public List<Role> roles() {
    return List.of(
        new Role(
            new LocalText(
                "Zonas que deben cubrirlo todo",
                "Zonas que devem cobrir tudo",
                "Zones that should cover everything"),
            2,
            false),
        new Role(
            new LocalText(
                "El área que deben cubrir; sin ella, sólo huecos rodeados",
                "A área que devem cobrir; sem ela, só vazios cercados",
                "The area to cover; without it, only gaps with zones all around"),
            2,
            true));
  }

  @Override
  public Map<String, Double> options() {
    return Map.of(LEAST, 1.0);
  }

  @Override
  public void run(CheckRun run) {
    Geometry zones = union(run, run.layer(0));
    if (run.has(1)) {
      Geometry area = union(run, run.layer(1));
      Geometry missing = OverlayNG.overlay(area, zones, OverlayNG.DIFFERENCE, CENTIMETER);
      for (int i = 0; i < missing.getNumGeometries(); i++) {
        tell(run, missing.getGeometryN(i));
      }
      return;
    }
    GeometryFactory factory = zones.getFactory();
    for (int i = 0; i < zones.getNumGeometries(); i++) {
      if (zones.getGeometryN(i) instanceof Polygon polygon) {
        for (int hole = 0; hole < polygon.getNumInteriorRing(); hole++) {
          LinearRing ring = polygon.getInteriorRingN(hole);
          tell(run, factory.createPolygon(ring));
        }
      }
    }
  }

  private static void tell(CheckRun run, Geometry gap) {
    double area = gap.getArea();
    if (gap.getDimension() != 2 || area < run.option(LEAST)) {
      return;
    }
    Envelope box = gap.getEnvelopeInternal();
    String square = CheckRun.meters(area);
    run.tell(
        new LocalText(
            "Hueco de " + square + " m²", "Vazio de " + square + " m²", "Gap of " + square + " m²"),
        area,
        new double[] {box.getMinX(), box.getMinY(), box.getMaxX(), box.getMaxY()});
  }

  /** Neighbours are joined first, so that what is in the way of each other is small. */
  private static Geometry union(CheckRun run, MemberRows rows) {
    List<Geometry> level = new ArrayList<>();
    List<Geometry> batch = new ArrayList<>();
    PolygonArea mine = new PolygonArea();
    PolygonArea again = new PolygonArea();
    GeometryFactory factory = new GeometryFactory();
    long[] order = BoxIndex.curveOrder(rows.boxes());
    for (int i = 0; i < order.length; i++) {
      int row = (int) order[i];
      if (rows.kind(row) == 2) {
        if (isSimple(rows, row, mine, again)) {
          byte[] wkb = rows.wkb(row);
          int from = rows.wkbOffset(row);
          batch.add(Wkb.toGeometry(wkb, from, Wkb.forEachRun(wkb, from, (at, s, n) -> {}) - from));
        } else {
          run.untold();
        }
      }
      if (batch.size() == BATCH || i == order.length - 1) {
        run.progress().check();
        run.progress().step(rows.layer().id().value(), i, order.length);
        level.add(UnaryUnionNG.union(batch, factory, CENTIMETER));
        batch.clear();
      }
    }
    while (level.size() > 1) {
      run.progress().check();
      List<Geometry> next = new ArrayList<>();
      for (int i = 0; i < level.size(); i += 4) {
        next.add(
            UnaryUnionNG.union(
                level.subList(i, Math.min(level.size(), i + 4)), factory, CENTIMETER));
      }
      level = next;
    }
    return level.isEmpty() ? factory.createPolygon() : level.getFirst();
  }

  /** A shape that shares with itself another area than it has crosses itself. */
  private static boolean isSimple(MemberRows rows, int row, PolygonArea mine, PolygonArea again) {
    byte[] wkb = rows.wkb(row);
    int from = rows.wkbOffset(row);
    if (Wkb.vertexCount(wkb, from) > MOST_VERTICES) {
      return false;
    }
    double x = rows.boxes()[4 * row];
    double y = rows.boxes()[4 * row + 1];
    mine.read(wkb, from, x, y);
    again.read(wkb, from, x, y);
    double shared = mine.shared(again, CheckRun.PAIRS);
    return Math.abs(shared - mine.area()) <= 1e-6 * mine.area() + 1e-3;
  }
}
