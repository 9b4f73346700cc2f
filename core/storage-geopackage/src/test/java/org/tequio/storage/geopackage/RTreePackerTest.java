package org.tequio.storage.geopackage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tequio.storage.geopackage.SmallCity.TREES;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tequio.feature.Bbox;
import org.tequio.feature.FeatureId;
import org.tequio.storage.Edit;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.Sql;

/** A tree that was packed is a tree that SQLite itself could have made. */
class RTreePackerTest {
  @TempDir Path temporary;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 51, 52, 53, 2601, 2700, 12_000})
  void aPackedTreeIsSoundAndFindsWhatAScanFinds(int trees) throws Exception {
    Path folder = temporary.resolve("city");
    try (GeoPackageCityStore city = SmallCity.create(folder)) {
      SmallCity.publish(city, trees);
      Bbox box = new Bbox(500_000, 2_100_000, 500_333, 2_100_333);
      TreeSet<Long> wanted = new TreeSet<>();
      for (int i = 0; i < trees; i++) {
        var at = SmallCity.place(i).getCoordinate();
        if (i % 50 != 49 && box.contains(at.x, at.y)) {
          wanted.add(i + 1L);
        }
      }

      assertThat(SmallCity.species(city, FeatureQuery.touching(box)).keySet()).isEqualTo(wanted);
      try (Connection connection = SmallCity.otherProgram(folder)) {
        assertThat(
                Sql.first(
                    connection, row -> row.getString(1), "SELECT rtreecheck('rtree_trees_geom')"))
            .contains("ok");
      }
    }
  }

  @Test
  void aPackedTreeTakesEditsLater() throws Exception {
    Path folder = temporary.resolve("city");
    try (GeoPackageCityStore city = SmallCity.create(folder);
        Connection connection = SmallCity.otherProgram(folder)) {
      SmallCity.publish(city, 3000);
      city.revise(
          SmallCity.NOTE,
          t -> {
            for (int i = 1; i <= 2000; i++) {
              t.edit(TREES, List.of(new Edit.Delete(new FeatureId(i), 1)));
            }
          });

      assertThat(
              Sql.first(
                  connection, row -> row.getString(1), "SELECT rtreecheck('rtree_trees_geom')"))
          .contains("ok");
      assertThat(Sql.number(connection, "SELECT COUNT(*) FROM rtree_trees_geom")).isEqualTo(980);
    }
  }

  @Test
  void boxesAreRoundedOutward() {
    for (double value : new double[] {0.1, -0.1, 500_000.1, -99.133209, 2_139_000.37, 0, 1e-300}) {
      assertThat((double) RTreePacker.down(value)).isLessThanOrEqualTo(value);
      assertThat((double) RTreePacker.up(value)).isGreaterThanOrEqualTo(value);
    }
  }
}
