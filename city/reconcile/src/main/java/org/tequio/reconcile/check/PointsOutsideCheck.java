package org.tequio.reconcile.check;

import java.util.List;
import java.util.Map;
import org.locationtech.jts.geom.Geometry;
import org.tequio.feature.LocalText;
import org.tequio.feature.Wkb;
import org.tequio.reconcile.match.MemberRows;

/** Places that lie outside the area they should be in: a school outside the city. */
final class PointsOutsideCheck implements TopologyCheck {
  @Override
  public String kind() {
    return "outside";
  }

  @Override
  public LocalText title() {
    return new LocalText(
        "Fuera de la ciudad o de su zona", "Fora da cidade ou da sua zona", "Outside the area");
  }

  @Override
  public LocalText question() {
    return new LocalText(
        "¿Dónde está en realidad?", "Onde fica na realidade?", "Where is it really?");
  }

  @Override
  public List<Role> roles() {
    return List.of(
        new Role(
            new LocalText(
                "Escuelas u otros lugares", "Escolas ou outros lugares", "Schools or other places"),
            -1,
            false),
        new Role(
            new LocalText(
                "El área; sin ella, la ciudad",
                "A área; sem ela, a cidade",
                "The area; without it, the city"),
            2,
            true));
  }

  @Override
  public Map<String, Double> options() {
    return Map.of();
  }

  @Override
  public void run(CheckRun run) {
    MemberRows places = run.layer(0);
    byte[] city = run.cityArea().map(PointsOutsideCheck::bytes).orElse(new byte[0]);
    run.eachRow(
        places,
        () ->
            row -> {
              double[] boxes = places.boxes();
              double x = (boxes[4 * row] + boxes[4 * row + 2]) / 2;
              double y = (boxes[4 * row + 1] + boxes[4 * row + 3]) / 2;
              boolean inside =
                  Double.isNaN(x)
                      || (run.has(1)
                          ? isInside(run.layer(1), x, y)
                          : city.length == 0 || Wkb.contains(city, 0, x, y));
              if (!inside) {
                run.tell(
                    new LocalText("Está fuera", "Está fora", "It lies outside"),
                    1,
                    java.util.Arrays.copyOfRange(boxes, 4 * row, 4 * row + 4),
                    0,
                    row);
              }
            });
  }

  private static byte[] bytes(Geometry geometry) {
    return Wkb.of(geometry);
  }

  private static boolean isInside(MemberRows areas, double x, double y) {
    return !areas
        .index()
        .search(
            x,
            y,
            x,
            y,
            row ->
                areas.kind(row) != 2 || !Wkb.contains(areas.wkb(row), areas.wkbOffset(row), x, y));
  }
}
