package org.tequio.catalogue.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKTReader;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsOperation;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.Wkb;

/** Coverage says where a layer has something to say, and no more than a cell beyond. */
class CoverageGridTest {
  private static final CrsOperation SAME = CrsRegistry.standard().operation(Crs.CRS84, Crs.CRS84);

  @Test
  void aLayerWithoutFeaturesCoversNothing() {
    assertThat(new CoverageGrid(new Bbox(0, 0, 1, 1)).toDegrees(SAME)).isNull();
  }

  @Test
  void aHoleInAPolygonIsNotCovered() throws ParseException {
    Geometry coverage =
        covered("POLYGON((0 0,64 0,64 64,0 64,0 0),(10 10,50 10,50 50,10 50,10 10))");
    assertThat(holds(coverage, 5, 5)).isTrue();
    assertThat(holds(coverage, 30, 30)).isFalse();
  }

  @Test
  void thePolygonItselfIsWhollyCovered() throws ParseException {
    String star = "POLYGON((0 0,30 20,64 0,44 30,64 64,30 44,0 64,20 30,0 0))";
    Geometry coverage = covered(star);
    assertThat(coverage.buffer(1e-6).covers(new WKTReader().read(star))).isTrue();
    assertThat(coverage.getArea()).isLessThan(64 * 64);
  }

  @Test
  void pointsCoverTheirHull() throws ParseException {
    Geometry coverage = covered("MULTIPOINT((1 1),(60 2),(30 60))");
    assertThat(holds(coverage, 30, 20)).isTrue();
    assertThat(holds(coverage, 2, 60)).isFalse();
  }

  private static Geometry covered(String wkt) throws ParseException {
    Geometry geometry = new WKTReader().read(wkt);
    CoverageGrid grid = new CoverageGrid(new Bbox(0, 0, 64, 64));
    var e = geometry.getEnvelopeInternal();
    grid.add(Wkb.of(geometry), new double[] {e.getMinX(), e.getMinY(), e.getMaxX(), e.getMaxY()});
    return Objects.requireNonNull(grid.toDegrees(SAME));
  }

  private static boolean holds(Geometry coverage, double x, double y) {
    return coverage.covers(new GeometryFactory().createPoint(new Coordinate(x, y)));
  }
}
