package org.tequio.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

/** Rows in memory are those that were put there, and a tile of them is the tile of the rows. */
class PackedRowsTest {
  private static final GeometryFactory FACTORY = new GeometryFactory();
  private static final List<Field> FIELDS =
      List.of(
          Field.of("text", FieldType.TEXT),
          Field.of("whole", FieldType.INTEGER),
          Field.of("decimal", FieldType.DECIMAL),
          Field.of("truth", FieldType.BOOLEAN),
          Field.of("day", FieldType.DATE),
          Field.of("instant", FieldType.INSTANT));

  private record Row(long id, byte @Nullable [] wkb, List<@Nullable Object> values)
      implements FeatureRow {
    @Override
    public @Nullable Object value(int field) {
      return values.get(field);
    }
  }

  private static Row row(long id, @Nullable Geometry geometry, @Nullable Object... values) {
    return new Row(id, geometry == null ? null : Wkb.of(geometry), Arrays.asList(values));
  }

  private static PackedRows packed(Iterable<Row> rows) {
    RowPacker packer = new RowPacker(FIELDS);
    rows.forEach(packer::add);
    return packer.build();
  }

  private static List<String> seen(PackedRows rows, @Nullable Bbox box, long after) {
    List<String> seen = new ArrayList<>();
    rows.scan(
        box,
        after,
        row -> {
          seen.add(words(row));
          return true;
        });
    return seen;
  }

  private static String words(FeatureRow row) {
    byte[] wkb = row.wkb();
    StringBuilder words = new StringBuilder().append(row.id());
    words.append(
        wkb == null
            ? " nowhere"
            : " " + Wkb.toGeometry(wkb, row.wkbOffset(), row.wkbLength()).toText());
    for (int i = 0; i < FIELDS.size(); i++) {
      Object value = row.value(i);
      words.append('|').append(value == null ? "-" : value.getClass().getSimpleName() + value);
    }
    return words.toString();
  }

  // ---- what must not happen

  @Test
  void rowsWhoseIdsDoNotRiseAreRefused() {
    RowPacker packer = new RowPacker(FIELDS);
    Row row = row(3, null, null, null, null, null, null, null);
    packer.add(row);
    assertThatThrownBy(() -> packer.add(row)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nothingIsNotZeroAndNoRowIsNoRow() {
    assertThat(seen(packed(List.of()), null, 0)).isEmpty();
    assertThat(packed(List.of()).count(new Bbox(0, 0, 9, 9))).isZero();
    Row nothing = row(1, null, null, null, null, null, null, null);
    Row zero = row(2, null, "", 0L, 0.0, false, LocalDate.EPOCH, Instant.EPOCH);
    assertThat(seen(packed(List.of(nothing, zero)), null, 0))
        .containsExactly(words(nothing), words(zero));
  }

  @Test
  void valuesAtTheEdgesOfTheirTypesComeBack() {
    List<Row> rows = new ArrayList<>();
    List<Object> numbers = List.of(Long.MIN_VALUE, -1L, 0L, 1L, Long.MAX_VALUE);
    List<Object> decimals = List.of(-0.0, 0.0, Double.MIN_VALUE, -Double.MAX_VALUE, 1e300);
    String longText = "ñ漢😀".repeat(9_000);
    for (int i = 0; i < 5; i++) {
      rows.add(
          row(
              10 + i,
              null,
              i == 0 ? longText : "",
              numbers.get(i),
              decimals.get(i),
              i % 2 == 0,
              LocalDate.of(i * 1000, 2, 28),
              Instant.ofEpochMilli(i * 123_456_789_012L)));
    }
    assertThat(seen(packed(rows), null, 0))
        .containsExactlyElementsOf(rows.stream().map(PackedRowsTest::words).toList());
  }

  // ---- beside a look at every row

  private static Row anyRow(Random random, long id) {
    double x = random.nextInt(1000);
    double y = random.nextInt(1000);
    Geometry geometry =
        switch (random.nextInt(8)) {
          case 0 -> null;
          case 1 -> FACTORY.createPolygon();
          default -> FACTORY.toGeometry(new Envelope(x, x + 20, y, y + 30));
        };
    return row(
        id,
        geometry,
        random.nextInt(4) == 0 ? null : "t" + random.nextInt(9),
        random.nextInt(4) == 0 ? null : (Object) (long) random.nextInt(9),
        random.nextDouble(),
        random.nextBoolean(),
        LocalDate.ofEpochDay(random.nextInt(9)),
        null);
  }

  private static boolean touches(Row row, Bbox box) {
    double[] e = new double[4];
    return row.wkb != null
        && Wkb.envelope(row.wkb, 0, e)
        && new Bbox(e[0], e[1], e[2], e[3]).intersects(box);
  }

  @Property(tries = 60)
  void editsLeaveWhatPackingAgainWouldGive(
      @ForAll Random random, @ForAll @IntRange(min = 0, max = 900) int count) {
    TreeMap<Long, Row> truth = new TreeMap<>();
    for (long id = 1; id <= count; id++) {
      if (random.nextInt(5) > 0) {
        truth.put(id, anyRow(random, id));
      }
    }
    PackedRows rows = packed(truth.values());
    for (int turn = 0; turn < 3; turn++) {
      TreeMap<Long, @Nullable Row> changes = new TreeMap<>();
      for (int i = 0; i < 20; i++) {
        long id = 1 + random.nextInt(count + 20);
        changes.put(id, random.nextInt(3) == 0 ? null : anyRow(random, id));
      }
      changes.forEach(
          (id, row) -> {
            if (row == null) {
              truth.remove(id);
            } else {
              truth.put(id, row);
            }
          });
      rows =
          rows.with(
              packed(changes.values().stream().filter(Objects::nonNull).toList()),
              changes.keySet().stream().mapToLong(Long::longValue).toArray());
      double x = random.nextInt(1000);
      Bbox box = new Bbox(x, x, x + 300, x + 300);
      long after = random.nextInt(count + 1);
      assertThat(rows.size()).isEqualTo(truth.size());
      assertThat(seen(rows, null, after))
          .isEqualTo(
              truth.tailMap(after, false).values().stream().map(PackedRowsTest::words).toList());
      List<Row> there = truth.values().stream().filter(row -> touches(row, box)).toList();
      assertThat(seen(rows, box, 0)).isEqualTo(there.stream().map(PackedRowsTest::words).toList());
      assertThat(rows.count(box)).isEqualTo(there.size());
    }
  }

  @Test
  void aScanEndsWhenItsVisitorHasEnough() {
    List<Row> rows = new ArrayList<>();
    for (long id = 1; id <= 100; id++) {
      rows.add(row(id, FACTORY.createPoint(new Coordinate(id, id)), "", 1L, 1.0, true, null, null));
    }
    long[] left = {3};
    assertThat(packed(rows).scan(null, 5, row -> --left[0] > 0)).isEqualTo(3);
    assertThat(packed(rows).scan(new Bbox(0, 0, 50, 50), 48, row -> true)).isEqualTo(2);
  }

  // ---- tiles

  private static final TileCoord TILE = new TileCoord(14, 3680, 7306);

  private static List<Row> city(Random random, int count) {
    Bbox box = TILE.bounds();
    List<Row> rows = new ArrayList<>();
    for (long id = 1; id <= count; id++) {
      double x = box.minX() + random.nextDouble() * box.width();
      double y = box.minY() + random.nextDouble() * box.height();
      double side = 1 + random.nextDouble() * random.nextDouble() * 30;
      rows.add(
          row(
              id,
              FACTORY.toGeometry(new Envelope(x, x + side, y, y + side)),
              "key " + id,
              id % 7,
              side,
              id % 2 == 0,
              LocalDate.ofEpochDay(id % 5),
              id % 3 == 0 ? null : Instant.ofEpochSecond(id)));
    }
    return rows;
  }

  private static MvtWriter writer(MvtDetail detail) {
    MvtWriter writer = new MvtWriter();
    writer.begin(
        "l",
        FIELDS.stream().map(Field::name).toList(),
        TileTransform.of(
            TILE, CrsRegistry.standard(), Crs.WEB_MERCATOR, TILE.bounds().expandedBy(100)),
        detail);
    return writer;
  }

  @Property(tries = 20)
  void theTileOfPackedRowsIsTheTileOfTheRows(@ForAll Random random) {
    List<Row> rows = city(random, 500);
    int[] positions = {0, 1, 2, 3, 4, 5};
    MvtWriter plain = writer(MvtDetail.ofZoom(14));
    rows.forEach(row -> plain.add(row, positions));
    MvtWriter fast = writer(MvtDetail.ofZoom(14));
    PackedRows half = packed(rows.subList(0, 250));
    half.with(packed(rows.subList(250, 500)), new long[0])
        .scan(
            null,
            0,
            row -> {
              fast.add(row, positions);
              return true;
            });

    assertThat(fast.toBytes()).isEqualTo(plain.toBytes());
    assertThat(fast.distinctValues(0)).isEqualTo(plain.distinctValues(0));
  }

  @Property(tries = 20)
  void whatIsPassedOverWouldNotBeDrawn(
      @ForAll Random random, @ForAll @IntRange(min = 4, max = 14) int power) {
    List<Row> rows = city(random, 2000);
    MvtDetail detail = MvtDetail.ofZoom(14).withTinyArea(1 << power);
    MvtWriter all = writer(detail);
    rows.forEach(row -> all.add(row, new int[0]));
    TileTransform transform =
        TileTransform.of(
            TILE, CrsRegistry.standard(), Crs.WEB_MERCATOR, TILE.bounds().expandedBy(100));
    MvtWriter few = writer(detail);
    int[] shown = new int[1];
    double least = detail.tinyArea() / transform.squareUnits();
    PackedRows packed = packed(rows);
    boolean done =
        packed.scanDrawn(
            transform.domain(),
            least,
            2000,
            row -> {
              shown[0]++;
              few.add(row, new int[0]);
              return true;
            });

    assertThat(done).isTrue();
    assertThat(few.written()).isEqualTo(all.written());
    assertThat(shown[0]).isLessThanOrEqualTo(all.written() + all.written() / 10 + 20);
    assertThat(packed.scanDrawn(transform.domain(), 0, 1999, row -> true)).isFalse();
  }
}
