package org.tequio.catalogue.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.FieldType;
import org.tequio.feature.WkbBuilder;
import org.tequio.formats.SourceField;

/** What goes into the spool comes out of it, in any order. */
class SpoolTest {
  private static final double[] NOWHERE = {Double.NaN, Double.NaN, Double.NaN, Double.NaN};

  @Test
  void rowsComeBackInAnyOrder(@TempDir Path scratch) throws Exception {
    try (Spool spool = new Spool(scratch)) {
      List<ColumnProfile> columns = columns(2);
      List<Long> offsets = new ArrayList<>();
      for (long row = 1; row <= 30_000; row++) {
        byte[] wkb = row % 3 == 0 ? null : WkbBuilder.point(row, -row);
        offsets.add(spool.begin(row, wkb, NOWHERE));
        columns.get(0).accept("Calle " + row % 10, row, spool);
        columns.get(1).accept(row % 7 == 0 ? null : row / 2.0, row, spool);
        spool.end();
      }
      spool.finish();

      Spool.Cursor cursor = cursor(spool, columns);
      Object[] values = new Object[2];
      for (int index : new int[] {29_999, 0, 20, 15_000}) {
        cursor.read(offsets.get(index));
        cursor.values(values);
        assertThat(cursor.number()).isEqualTo(index + 1L);
        assertThat(values[0]).isEqualTo("Calle " + (index + 1) % 10);
        assertThat(cursor.wkb() == null).isEqualTo((index + 1) % 3 == 0);
      }
    }
  }

  @Property(tries = 200)
  void everyValueComesBackAsItWas(
      @ForAll String text, @ForAll long number, @ForAll double decimal, @ForAll boolean truth)
      throws Exception {
    @Nullable Object[] values = {
      text,
      number,
      decimal,
      truth,
      LocalDate.ofEpochDay(number % 100_000),
      Instant.ofEpochSecond(number % 10_000_000_000L, Math.abs(number % 1_000_000)),
      null
    };
    try (Spool spool = new Spool(Path.of(System.getProperty("java.io.tmpdir")))) {
      List<ColumnProfile> columns = columns(values.length);
      long offset = spool.begin(1, null, NOWHERE);
      for (int i = 0; i < values.length; i++) {
        columns.get(i).accept(values[i], 1, spool);
      }
      spool.end();
      spool.finish();
      Spool.Cursor cursor = cursor(spool, columns);
      cursor.read(offset);
      @Nullable Object[] back = new Object[values.length];
      cursor.values(back);
      assertThat(back).isEqualTo(values);
    }
  }

  private static List<ColumnProfile> columns(int n) {
    List<ColumnProfile> columns = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      columns.add(new ColumnProfile(SourceField.typed("f" + i, FieldType.TEXT)));
    }
    return columns;
  }

  private static Spool.Cursor cursor(Spool spool, List<ColumnProfile> columns) {
    return spool.cursor(
        columns.stream().map(ColumnProfile::dictionary).toArray(StringDictionary[]::new));
  }
}
