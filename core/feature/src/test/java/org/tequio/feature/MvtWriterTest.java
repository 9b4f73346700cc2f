package org.tequio.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sebasbaumh.mapbox.vectortile.VectorTile;
import io.github.sebasbaumh.mapbox.vectortile.adapt.jts.MvtReader;
import io.github.sebasbaumh.mapbox.vectortile.adapt.jts.TagKeyValueMapConverter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.util.AffineTransformation;

/** The tile writer beside another implementation's reader, over many shapes. */
class MvtWriterTest {
  private static final GeometryFactory FACTORY = new GeometryFactory();
  private static final TileCoord TILE = new TileCoord(14, 3680, 7306);
  private static final CrsRegistry CRSS = CrsRegistry.standard();

  /** From tile units to Web Mercator. */
  private static final AffineTransformation FROM_TILE = fromTile(TILE);

  private static AffineTransformation fromTile(TileCoord tile) {
    double unit = tile.size() / TileTransform.EXTENT;
    Bbox box = tile.bounds();
    return new AffineTransformation(unit, 0, box.minX(), 0, -unit, box.maxY());
  }

  // ---- what must not happen

  @Test
  void tilesThatDoNotExistAreRefused() {
    assertThatThrownBy(() -> new TileCoord(3, 8, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TileCoord(-1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThat(TileCoord.isValid(30, 0, 0)).isFalse();
  }

  @Test
  void rowsWithoutAPlaceAndEmptyGeometriesAreLeftOut() {
    assertThat(tile(MvtDetail.FULL, (Geometry) null)).isNull();
    assertThat(tile(MvtDetail.FULL, FACTORY.createPolygon())).isNull();
    assertThat(tile(MvtDetail.FULL, FACTORY.createLineString())).isNull();
    assertThat(tile(MvtDetail.FULL, FACTORY.createMultiPoint())).isNull();
    assertThat(tile(MvtDetail.FULL, FACTORY.createGeometryCollection())).isNull();
  }

  @Test
  void aRingWithoutAreaIsNotDrawn() {
    assertThat(tile(MvtDetail.FULL, ring(100, 100, 200, 200, 100, 100, 100, 100))).isNull();
    assertThat(tile(MvtDetail.FULL, ring(10.1, 10.1, 10.2, 10.1, 10.2, 10.2, 10.1, 10.1))).isNull();
  }

  @Test
  void whatLiesOutsideTheBufferIsNotInTheTile() {
    assertThat(tile(MvtDetail.FULL, FACTORY.createPoint(new Coordinate(4170, 5)))).isNull();
    assertThat(tile(MvtDetail.FULL, box(-500, -500, -100, -100))).isNull();
    assertThat(tile(MvtDetail.FULL, FACTORY.createPoint(new Coordinate(4150, 5)))).isNotNull();
  }

  @Test
  void aFeatureThatCoversTheWorldIsOneSquareAtAnyZoom() {
    double w = TileCoord.WORLD;
    Geometry world = box(-w, -w, w, w);
    TileCoord deep = new TileCoord(22, 942_080, 1_870_336);
    MvtWriter writer = new MvtWriter();
    writer.begin(
        "l",
        List.of(),
        TileTransform.of(deep, CRSS, Crs.WEB_MERCATOR, new Bbox(-w, -w, w, w)),
        MvtDetail.FULL);
    writer.add(row(1, Wkb.of(world)), new int[0]);
    Geometry read = decode(writer.toBytes()).getFirst();
    assertThat(read.getEnvelopeInternal()).isEqualTo(new Envelope(-64, 4160, -64, 4160));
    assertThat(read.getNumPoints()).isEqualTo(5);
  }

  @Test
  void geometryWithPositionsThatAreNoNumbersDoesNotStopTheTile() {
    Geometry line =
        FACTORY.createLineString(
            new Coordinate[] {
              new Coordinate(Double.NaN, 1),
              new Coordinate(10, 10),
              new Coordinate(Double.POSITIVE_INFINITY, 4),
              new Coordinate(20, 10)
            });
    assertThat(tile(MvtDetail.FULL, line)).isNotNull();
  }

  // ---- the oracle

  @Property(tries = 300)
  void aPolygonKeepsItsAreaInsideTheBuffer(
      @ForAll Random random, @ForAll @IntRange(min = 3, max = 60) int corners) {
    Polygon star = star(random, corners);
    Geometry expected = star.intersection(box(-64, -64, 4160, 4160));
    double tolerance = 2 * expected.getLength() + 16;
    assertThat(area(encode(MvtDetail.FULL, star))).isCloseTo(expected.getArea(), within(tolerance));
  }

  @Property(tries = 200)
  void aPolygonInsideTheTileIsValidAndHasItsCorners(
      @ForAll Random random, @ForAll @IntRange(min = 3, max = 12) int corners) {
    // Corners on the grid and far apart, so that rounding cannot make them cross.
    List<Coordinate> ring = new ArrayList<>();
    for (int i = 0; i < corners; i++) {
      double angle = 2 * Math.PI * i / corners;
      double radius = 800 + random.nextInt(400);
      ring.add(
          new Coordinate(
              Math.rint(2000 + radius * Math.cos(angle)),
              Math.rint(2000 + radius * Math.sin(angle))));
    }
    ring.add(ring.getFirst());
    Geometry polygon = FACTORY.createPolygon(ring.toArray(Coordinate[]::new));
    Geometry read = drawn(MvtDetail.FULL, polygon);
    assertThat(read.isValid()).isTrue();
    assertThat(read.symDifference(polygon).getArea()).isLessThan(1e-6);
  }

  @Property(tries = 200)
  void aLineKeepsItsLengthInsideTheBuffer(
      @ForAll Random random, @ForAll @IntRange(min = 2, max = 40) int vertices) {
    Coordinate[] line = new Coordinate[vertices];
    for (int i = 0; i < vertices; i++) {
      line[i] = new Coordinate(random.nextInt(-3000, 7000), random.nextInt(-3000, 7000));
    }
    Geometry expected = FACTORY.createLineString(line).intersection(box(-64, -64, 4160, 4160));
    Geometry read = tile(MvtDetail.FULL, FACTORY.createLineString(line));
    // Crossing pieces are noded in the oracle and not here: length is what both have.
    assertThat(read == null ? 0 : read.getLength())
        .isCloseTo(expected.getLength(), within(3.0 * vertices + 2));
  }

  @Property(tries = 200)
  void simplifyingMovesOutlinesByNoMoreThanItSays(
      @ForAll Random random, @ForAll @IntRange(min = 4, max = 200) int vertices) {
    Coordinate[] line = new Coordinate[vertices];
    double x = 100;
    double y = 2000;
    for (int i = 0; i < vertices; i++) {
      line[i] = new Coordinate(x, y);
      x += random.nextDouble() * 8;
      y += random.nextDouble() * 8 - 4;
    }
    Geometry original = FACTORY.createLineString(line);
    Geometry read = drawn(new MvtDetail(1, 0, 0, 1), original);
    // One unit of tolerance twice (neighbours, then distance from the line) and half a unit's
    // diagonal.
    assertThat(
            new org.locationtech.jts.algorithm.distance.DiscreteHausdorffDistance(original, read)
                .distance())
        .isLessThan(12);
    for (Coordinate c : original.getCoordinates()) {
      assertThat(read.distance(FACTORY.createPoint(c))).isLessThan(2.8);
    }
  }

  @Test
  void exteriorRingsTurnAsTheSpecificationWantsWhateverWayTheyCame() {
    for (Geometry polygon : List.of(box(100, 100, 300, 300), box(100, 100, 300, 300).reverse())) {
      VectorTile.Tile.Feature feature = feature(encode(MvtDetail.FULL, polygon));
      assertThat(signedArea(feature)).isPositive();
    }
  }

  @Test
  void aHoleTurnsTheOtherWay() {
    Geometry donut = box(100, 100, 1000, 1000).difference(box(300, 300, 600, 600));
    Geometry read = drawn(MvtDetail.FULL, donut);
    assertThat(read.getArea()).isCloseTo(900 * 900 - 300 * 300, within(0.1));
    assertThat(((Polygon) read).getNumInteriorRing()).isOne();
  }

  @Test
  void aCollectionBecomesOneFeatureForEachDimension() {
    Geometry collection =
        FACTORY.createGeometryCollection(
            new Geometry[] {
              FACTORY.createPoint(new Coordinate(10, 10)),
              box(20, 20, 40, 40),
              FACTORY.createLineString(
                  new Coordinate[] {new Coordinate(5, 5), new Coordinate(50, 5)})
            });
    assertThat(decode(encode(MvtDetail.FULL, collection)))
        .extracting(Geometry::getDimension)
        .containsExactly(2, 1, 0);
  }

  @Test
  void valuesKeepTheirTypes() throws IOException {
    MvtWriter writer = new MvtWriter();
    writer.begin("l", List.of("t", "i", "n", "d", "b", "day", "none"), transform(), MvtDetail.FULL);
    byte[] wkb = Wkb.of(mercator(FACTORY.createPoint(new Coordinate(10, 10))));
    writer.add(
        row(7, wkb, "ñandú", 3L, -3L, 1.5, true, java.time.LocalDate.of(2024, 2, 29), null),
        new int[] {0, 1, 2, 3, 4, 5, 6});
    var layer = VectorTile.Tile.parseFrom(writer.toBytes()).getLayers(0);
    assertThat(layer.getVersion()).isEqualTo(2);
    assertThat(layer.getExtent()).isEqualTo(4096);
    assertThat(layer.getFeatures(0).getId()).isEqualTo(7);
    assertThat(layer.getValues(0).getStringValue()).isEqualTo("ñandú");
    assertThat(layer.getValues(1).getUintValue()).isEqualTo(3);
    assertThat(layer.getValues(2).getSintValue()).isEqualTo(-3);
    assertThat(layer.getValues(3).getDoubleValue()).isEqualTo(1.5);
    assertThat(layer.getValues(4).getBoolValue()).isTrue();
    assertThat(layer.getValues(5).getStringValue()).isEqualTo("2024-02-29");
    assertThat(layer.getValuesCount()).isEqualTo(6);
  }

  @Test
  void equalValuesAreKeptOnceAndThousandsOfThemFound() throws IOException {
    MvtWriter writer = new MvtWriter();
    writer.begin("l", List.of("v"), transform(), MvtDetail.FULL);
    byte[] wkb = Wkb.of(mercator(FACTORY.createPoint(new Coordinate(10, 10))));
    for (int i = 0; i < 9000; i++) {
      writer.add(row(i + 1, wkb, (long) (i % 3000)), new int[] {0});
    }
    var layer = VectorTile.Tile.parseFrom(writer.toBytes()).getLayers(0);
    assertThat(layer.getValuesCount()).isEqualTo(3000);
    assertThat(layer.getValues(layer.getFeatures(8999).getTags(1)).getUintValue()).isEqualTo(2999);
  }

  @Test
  void tinyPolygonsKeepTheirAreaOnAverage() {
    MvtWriter writer = new MvtWriter();
    writer.begin("l", List.of(), transform(), new MvtDetail(1, 16, 0, 1));
    int n = 4000;
    for (int i = 0; i < n; i++) {
      double x = 10 + i % 200 * 20;
      double y = 10 + i / 200 * 20;
      writer.add(row(i + 1, Wkb.of(mercator(box(x, y, x + 2, y + 2)))), new int[0]);
    }
    double area = decode(writer.toBytes()).stream().mapToDouble(Geometry::getArea).sum();
    assertThat(area).isCloseTo(n * 4, within(n * 0.4));
    assertThat(writer.written()).isLessThan(n / 3);
  }

  // ---- transforms

  @Property(tries = 60)
  void thePolynomialStaysWithinATenthOfAUnit(
      @ForAll @IntRange(min = 0, max = 20) int z,
      @ForAll Random random,
      @ForAll @IntRange(min = 0, max = 3) int which) {
    Crs crs = List.of(new Crs(32614), new Crs(6369), new Crs(4326), new Crs(6372)).get(which);
    double lon = -99.3 + random.nextDouble() * 0.4;
    double lat = 19.1 + random.nextDouble() * 0.5;
    Bbox city = CRSS.operation(Crs.CRS84, crs).apply(new Bbox(-99.4, 19.0, -98.8, 19.7));
    TileTransform transform = TileTransform.of(TileCoord.at(lon, lat, z), CRSS, crs, city);
    Bbox domain = transform.domain();
    CrsOperation exact = CRSS.operation(crs, Crs.WEB_MERCATOR);
    TileCoord tile = TileCoord.at(lon, lat, z);
    for (int i = 0; i < 50; i++) {
      double[] fast = {
        domain.minX() + random.nextDouble() * domain.width(),
        domain.minY() + random.nextDouble() * domain.height()
      };
      double[] slow = fast.clone();
      transform.apply(fast, 1);
      exact.apply(slow, 1);
      double unit = tile.size() / 4096;
      assertThat(fast[0])
          .isCloseTo((slow[0] - tile.bounds().minX()) / unit, within(TileTransform.MAX_ERROR));
      assertThat(fast[1])
          .isCloseTo((tile.bounds().maxY() - slow[1]) / unit, within(TileTransform.MAX_ERROR));
    }
  }

  @Test
  void aTileAwayFromTheLayerIsEmptyWithoutAskingTheStore() {
    Bbox city = new Bbox(460_000, 2_100_000, 500_000, 2_150_000);
    assertThat(TileTransform.of(new TileCoord(10, 0, 0), CRSS, new Crs(32614), city).isEmpty())
        .isTrue();
    assertThat(TileTransform.of(new TileCoord(0, 0, 0), CRSS, new Crs(32614), city).isEmpty())
        .isFalse();
    assertThat(TileTransform.of(new TileCoord(0, 0, 0), CRSS, new Crs(32614), null).isEmpty())
        .isTrue();
  }

  @Test
  void aPolygonFarLargerThanTheTileIsCutWhereThePolynomialHolds() {
    Crs utm = new Crs(32614);
    Bbox city = new Bbox(400_000, 2_000_000, 600_000, 2_200_000);
    Geometry all = box(city.minX(), city.minY(), city.maxX(), city.maxY());
    for (int z = 6; z <= 18; z++) {
      TileTransform transform = TileTransform.of(TileCoord.at(-99.1, 19.0, z), CRSS, utm, city);
      MvtWriter writer = new MvtWriter();
      writer.begin("l", List.of(), transform, MvtDetail.FULL);
      writer.add(row(1, Wkb.of(all)), new int[0]);
      Geometry read = decode(writer.toBytes()).getFirst();
      assertThat(read.isValid()).isTrue();
      if (z >= 9) {
        assertThat(read.getArea()).isCloseTo(4224.0 * 4224, within(10.0));
      }
    }
  }

  // ---- tools

  private static TileTransform transform() {
    return TileTransform.of(
        TILE, CRSS, Crs.WEB_MERCATOR, TILE.bounds().expandedBy(TILE.size() * 3));
  }

  private static Geometry mercator(Geometry units) {
    return FROM_TILE.transform(units);
  }

  private static byte[] encode(MvtDetail detail, @Nullable Geometry units) {
    MvtWriter writer = new MvtWriter();
    writer.begin("l", List.of(), transform(), detail);
    writer.add(row(1, units == null ? null : Wkb.of(mercator(units))), new int[0]);
    return writer.toBytes();
  }

  private static @Nullable Geometry tile(MvtDetail detail, @Nullable Geometry units) {
    byte[] tile = encode(detail, units);
    return tile.length == 0 ? null : decode(tile).getFirst();
  }

  private static Geometry drawn(MvtDetail detail, Geometry units) {
    return java.util.Objects.requireNonNull(tile(detail, units), "nothing was drawn");
  }

  private static List<Geometry> decode(byte[] tile) {
    try {
      return List.copyOf(
          MvtReader.loadMvt(
                  new ByteArrayInputStream(tile), FACTORY, new TagKeyValueMapConverter(false, "id"))
              .getLayer("l")
              .getGeometries());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static VectorTile.Tile.Feature feature(byte[] tile) {
    try {
      return VectorTile.Tile.parseFrom(tile).getLayers(0).getFeatures(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of all rings, holes counting against. */
  private static double area(byte[] tile) {
    return tile.length == 0 ? 0 : signedArea(feature(tile)) / 2;
  }

  private static double signedArea(VectorTile.Tile.Feature feature) {
    int x = 0;
    int y = 0;
    double sum = 0;
    List<int[]> ring = new ArrayList<>();
    for (int i = 0; i < feature.getGeometryCount(); ) {
      int command = feature.getGeometry(i++);
      if ((command & 7) == 7) {
        for (int k = 0; k < ring.size(); k++) {
          int[] p = ring.get(k);
          int[] q = ring.get((k + 1) % ring.size());
          sum += (double) p[0] * q[1] - (double) q[0] * p[1];
        }
        ring.clear();
      }
      for (int k = 0; k < command >> 3 && (command & 7) != 7; k++, i += 2) {
        int dx = feature.getGeometry(i);
        int dy = feature.getGeometry(i + 1);
        x += dx >>> 1 ^ -(dx & 1);
        y += dy >>> 1 ^ -(dy & 1);
        ring.add(new int[] {x, y});
      }
    }
    return sum;
  }

  private static Geometry box(double a, double b, double c, double d) {
    return FACTORY.toGeometry(new Envelope(a, c, b, d));
  }

  private static Geometry ring(double... xy) {
    Coordinate[] ring = new Coordinate[xy.length / 2];
    for (int i = 0; i < ring.length; i++) {
      ring[i] = new Coordinate(xy[2 * i], xy[2 * i + 1]);
    }
    return FACTORY.createPolygon(ring);
  }

  private static Polygon star(Random random, int corners) {
    Coordinate[] ring = new Coordinate[corners + 1];
    double cx = random.nextInt(-1000, 5000);
    double cy = random.nextInt(-1000, 5000);
    for (int i = 0; i < corners; i++) {
      double angle = 2 * Math.PI * i / corners;
      double radius = 50 + random.nextInt(3000);
      ring[i] = new Coordinate(cx + radius * Math.cos(angle), cy + radius * Math.sin(angle));
    }
    ring[corners] = ring[0];
    return FACTORY.createPolygon(ring);
  }

  private static FeatureRow row(long id, byte @Nullable [] wkb, @Nullable Object... values) {
    return new Row(id, wkb, values);
  }

  @SuppressWarnings("UnusedVariable")
  private record Row(long id, byte @Nullable [] wkb, @Nullable Object[] values)
      implements FeatureRow {
    @Override
    public @Nullable Object value(int field) {
      return values[field];
    }
  }
}
