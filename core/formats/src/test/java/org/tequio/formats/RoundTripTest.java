package org.tequio.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.tequio.feature.Crs;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;
import org.tequio.feature.GeometryType;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.Wkb;

/** What a writer wrote, its reader reads back. */
class RoundTripTest {
  private static final List<Field> FIELDS =
      List.of(
          Field.of("texto", FieldType.TEXT),
          Field.of("entero", FieldType.INTEGER),
          Field.of("decimal", FieldType.DECIMAL),
          Field.of("cierto", FieldType.BOOLEAN),
          Field.of("fecha", FieldType.DATE));

  @Property(tries = 30)
  void polygonsAndValuesComeBackFromEveryFormat(@ForAll("rows") List<TestRow> rows)
      throws IOException {
    LayerSchema schema = new LayerSchema(GeometryType.POLYGON, false, false, FIELDS, null);
    for (String name : List.of("capa.gpkg", "capa.shp.zip", "capa.geojson")) {
      Path folder = Files.createTempDirectory("ida-y-vuelta");
      WriterFormat format = Formats.findWriter(name).orElseThrow();
      try (FeatureWriter writer =
          format.open(folder.resolve(name), "capa", schema, format.crsFor(Crs.CRS84))) {
        for (TestRow row : rows) {
          writer.write(row);
        }
      }

      List<SourceFeature> read = Reading.of(folder).layer().features();

      assertThat(read).as(name).hasSameSizeAs(rows);
      for (int i = 0; i < rows.size(); i++) {
        assertThat(read.get(i).values()).as(name).containsExactly(rows.get(i).values().toArray());
        Geometry written = geometry(rows.get(i).wkb());
        assertThat(geometry(read.get(i).wkb()).equalsExact(written)).as(name).isTrue();
      }
      delete(folder);
    }
  }

  @Provide
  Arbitrary<List<TestRow>> rows() {
    Arbitrary<String> texts =
        Arbitraries.strings().withChars("abcABC123ñáéí\"'\\,;{}<").ofMinLength(1).ofMaxLength(20);
    Arbitrary<Long> integers =
        Arbitraries.longs().between(-999_999_999_999_999L, 999_999_999_999_999L);
    Arbitrary<Double> decimals = Arbitraries.doubles().between(-1e9, 1e9).ofScale(6);
    Arbitrary<Boolean> truths = Arbitraries.of(true, false);
    Arbitrary<LocalDate> dates =
        Arbitraries.integers()
            .between(0, 40_000)
            .map(day -> LocalDate.of(1900, 1, 1).plusDays(day));
    // Each bit that is not set makes one value null.
    Arbitrary<Integer> known = Arbitraries.integers().between(0, 31);
    Arbitrary<TestRow> row =
        Combinators.combine(polygons(), known, texts, integers, decimals, truths, dates)
            .as(RoundTripTest::row);
    // One value of every kind in the first row, so that GeoJSON knows the types.
    TestRow first =
        TestRow.of(1, "POLYGON((0 0,1 0,1 1,0 0))", "a", 1L, 0.5, true, LocalDate.of(2000, 1, 1));
    return row.list()
        .ofMaxSize(12)
        .map(
            list -> {
              TestRow[] numbered = new TestRow[list.size() + 1];
              numbered[0] = first;
              for (int i = 0; i < list.size(); i++) {
                numbered[i + 1] = new TestRow(i + 2L, list.get(i).wkb(), list.get(i).values());
              }
              return Arrays.asList(numbered);
            });
  }

  private static TestRow row(
      String wkt,
      int known,
      String text,
      Long integer,
      Double decimal,
      Boolean truth,
      LocalDate d) {
    @Nullable Object[] values = {text, integer, decimal, truth, d};
    for (int i = 0; i < values.length; i++) {
      if ((known & 1 << i) == 0) {
        values[i] = null;
      }
    }
    return TestRow.of(1, wkt, values);
  }

  // A rectangle with one or two rectangular holes, in either direction, on seven decimals.
  private static Arbitrary<String> polygons() {
    Arbitrary<Double> x = Arbitraries.doubles().between(-179, 170).ofScale(7);
    Arbitrary<Double> y = Arbitraries.doubles().between(-89, 80).ofScale(7);
    Arbitrary<Integer> holes = Arbitraries.integers().between(0, 2);
    return Combinators.combine(x, y, holes, Arbitraries.of(true, false))
        .as(
            (left, bottom, n, turned) -> {
              StringBuilder wkt = new StringBuilder("POLYGON(");
              wkt.append(ring(left, bottom, 9, turned));
              for (int i = 0; i < n; i++) {
                wkt.append(',').append(ring(left + 1 + 4 * i, bottom + 1, 2, !turned));
              }
              return wkt.append(')').toString();
            });
  }

  private static String ring(double x, double y, double side, boolean turned) {
    double e = Math.round((x + side) * 1e7) / 1e7;
    double n = Math.round((y + side) * 1e7) / 1e7;
    double w = Math.round(x * 1e7) / 1e7;
    double s = Math.round(y * 1e7) / 1e7;
    return turned
        ? "(%s %s,%s %s,%s %s,%s %s,%s %s)".formatted(w, s, w, n, e, n, e, s, w, s)
        : "(%s %s,%s %s,%s %s,%s %s,%s %s)".formatted(w, s, e, s, e, n, w, n, w, s);
  }

  private static Geometry geometry(byte @Nullable [] wkb) {
    return Objects.requireNonNull(Wkb.toGeometryOrNull(wkb)).norm();
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> walked = Files.walk(folder)) {
      all = walked.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }
}
