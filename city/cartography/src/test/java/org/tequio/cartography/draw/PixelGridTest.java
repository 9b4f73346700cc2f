package org.tequio.cartography.draw;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tequio.cartography.MapView;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;

class PixelGridTest {
  private static final Bbox CITY = new Bbox(-99.4, 19.0, -98.9, 19.6);

  @ParameterizedTest
  @CsvSource({
    "32614, 3857, 1",
    "32614, 4326, 1",
    "6372, 3857, 1",
    "4326, 32614, 1",
    "32614, 3857, 0.01",
    "4326, 3857, 40",
    "3857, 6372, 8",
    "32614, 32613, 1"
  })
  void positionsAreWithinATenthOfAPixel(int from, int to, double zoomedOut) {
    CrsRegistry registry = CrsRegistry.standard();
    Crs layer = new Crs(from);
    Crs map = new Crs(to);
    double halfX = CITY.width() / 2 * zoomedOut;
    double halfY = CITY.height() / 2 * Math.min(zoomedOut, 40);
    Bbox shown = new Bbox(-99.13 - halfX, 19.4 - halfY, -99.13 + halfX, Math.min(80, 19.4 + halfY));
    Bbox box = registry.operation(Crs.CRS84, map).apply(shown);
    MapView view = new MapView(map, box, 1200, 900, 96);
    Bbox extent = registry.operation(Crs.CRS84, layer).apply(shown);
    PixelGrid grid = Objects.requireNonNull(PixelGrid.of(view, layer, extent, 24));
    SplittableRandom random = new SplittableRandom(from + to);

    for (int i = 0; i < 2_000; i++) {
      double x = extent.minX() + random.nextDouble() * extent.width();
      double y = extent.minY() + random.nextDouble() * extent.height();
      double[] exact = {x, y};
      registry.operation(layer, map).apply(exact, 1);
      double[] pixel = {x, y};
      grid.apply(pixel, 1);
      if (Double.isFinite(exact[0])) {
        double px = (exact[0] - box.minX()) * 1200 / box.width();
        double py = (box.maxY() - exact[1]) * 900 / box.height();
        assertThat(Math.hypot(pixel[0] - px, pixel[1] - py))
            .as(x + " " + y)
            .isLessThanOrEqualTo(PixelGrid.MOST_ERROR * 1.5);
      }
    }
  }

  @Test
  void aPictureOfElsewhereHasNoGrid() {
    MapView view = new MapView(Crs.CRS84, new Bbox(10, 10, 11, 11), 100, 100, 96);
    assertThat(
            PixelGrid.of(view, new Crs(32614), new Bbox(480_000, 2_100_000, 490_000, 2_110_000), 0))
        .isNull();
  }

  @Test
  void positionsOutsideTheGridAreExact() {
    MapView view = new MapView(Crs.WEB_MERCATOR, new Bbox(0, 0, 1000, 1000), 100, 100, 96);
    Bbox extent = new Bbox(0, 0, 0.01, 0.01);
    PixelGrid grid = Objects.requireNonNull(PixelGrid.of(view, Crs.CRS84, extent, 0));
    double[] far = {1, 1};
    grid.apply(far, 1);
    assertThat(far[0]).isBetween(11_131.9, 11_132.0);
  }
}
