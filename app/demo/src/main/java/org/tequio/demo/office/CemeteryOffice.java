package org.tequio.demo.office;

import static org.tequio.feature.FindingCode.FILE_MISSING_PART;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Locale;
import org.tequio.demo.file.Column;
import org.tequio.demo.file.Projection;
import org.tequio.demo.file.Shape;
import org.tequio.demo.file.ShapefileTable;
import org.tequio.demo.land.Land;
import org.tequio.demo.town.Block;
import org.tequio.demo.town.Ring;

/** The cemeteries: graves by section and row, without names. */
final class CemeteryOffice implements Office {
  @Override
  public String folder() {
    return "Panteones";
  }

  @Override
  public void write(Desk desk) throws IOException {
    String stem = "panteones_fosas";
    try (ShapefileTable table =
        new ShapefileTable(
            desk.folder().resolve(stem),
            stem,
            Shape.Kind.POLYGON,
            Projection.UTM,
            Column.list("id_fosa panteon seccion linea:i fosa:i"),
            StandardCharsets.UTF_8)) {
      int cemetery = 0;
      for (Block block : Places.blocks(desk.town(), Block.Use.CEMETERY)) {
        cemetery++;
        Ring ring = block.ring();
        double angle = ring.grain();
        double c = StrictMath.cos(angle);
        double s = StrictMath.sin(angle);
        double[] u = ring.extent(c, s);
        double[] v = ring.extent(-s, c);
        int line = 0;
        for (double b = v[0] + 6; b < v[1] - 8 && line < 40; b += 5) {
          line++;
          int grave = 0;
          for (double a = u[0] + 6; a < u[1] - 8 && grave < 60; a += 2.2) {
            double[] plan = new double[10];
            double[][] corners = {{a, b}, {a + 1.1, b}, {a + 1.1, b + 2.3}, {a, b + 2.3}, {a, b}};
            boolean inside = true;
            for (int i = 0; i < 5; i++) {
              plan[2 * i] = corners[i][0] * c - corners[i][1] * s;
              plan[2 * i + 1] = corners[i][0] * s + corners[i][1] * c;
              inside &= ring.contains(plan[2 * i], plan[2 * i + 1]);
            }
            if (inside) {
              grave++;
              table.row(
                  Shape.polygon(desk.world().path(plan)),
                  String.format(Locale.ROOT, "F%d-%02d-%03d", cemetery, line, grave),
                  "Panteón " + desk.colonia(block),
                  String.valueOf((char) ('A' + (line - 1) / 10)),
                  line,
                  grave);
            }
          }
        }
      }
      if (cemetery == 0) {
        // The smallest towns bury their dead in the churchyard.
        double[] xy = new double[10];
        double[] at = {Land.CORE_STREET, 20};
        for (int i = 0; i < 5; i++) {
          xy[2 * i] = at[0] + (i == 1 || i == 2 ? 1.1 : 0);
          xy[2 * i + 1] = at[1] + (i == 2 || i == 3 ? 2.3 : 0);
        }
        table.row(Shape.polygon(desk.world().path(xy)), "F1-01-001", "Atrio", "A", 1, 1);
      }
    }
    Files.delete(desk.folder().resolve(stem).resolve(stem + ".shx"));
    desk.plant(FILE_MISSING_PART, stem + "/" + stem + ".shp", null, 1, "the index was not sent");
  }
}
