package org.tequio.storage.postgis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tequio.storage.postgis.Trees.ALICIA;
import static org.tequio.storage.postgis.Trees.TREES;
import static org.tequio.storage.postgis.Trees.species;
import static org.tequio.storage.postgis.Trees.tree;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.FeatureId;
import org.tequio.feature.LayerId;
import org.tequio.feature.Progress;
import org.tequio.storage.AsOf;
import org.tequio.storage.CitySettings;
import org.tequio.storage.CityStore;
import org.tequio.storage.Edit;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.Migration;
import org.tequio.storage.Sql;
import org.tequio.storage.StagedLayer;
import org.tequio.storage.StoreFault;
import org.tequio.storage.geopackage.GeoPackageCityStore;
import org.tequio.storage.sql.CityCopy;

/** A city goes from one store into the other and back, and is the same. */
class CityCopyTest {
  private static final CitySettings SETTINGS = new CitySettings("Villa Tequio", Trees.UTM14);
  private static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(
              1,
              List.of(
                  "CREATE TABLE cases (id TEXT PRIMARY KEY, n BIGINT NOT NULL, open INTEGER,"
                      + " body BYTEA)",
                  "CREATE INDEX cases_n ON cases (n, id)")));

  @TempDir Path temporary;

  @BeforeEach
  void startServer() {
    TrialServer.require();
  }

  private GeoPackageCityStore fullCity() throws IOException {
    GeoPackageCityStore city = GeoPackageCityStore.create(temporary.resolve("city"), SETTINGS);
    Trees.publish(city, 400);
    city.revise(
        ALICIA,
        t ->
            t.edit(
                TREES,
                List.of(
                    new Edit.Replace(tree(7, "jacaranda"), 1),
                    new Edit.Delete(new FeatureId(9), 1),
                    new Edit.Create(tree(1, "ñandú")))));
    Trees.publish(city, 300);
    city.revise(ALICIA, t -> t.edit(TREES, List.of(new Edit.Replace(tree(8, "colorín"), 3))));
    try (StagedLayer waiting = Trees.stage(city, 20)) {
      city.keep(waiting);
    }
    city.database().migrate("cases", MIGRATIONS);
    city.database()
        .write(
            c -> {
              Sql.update(
                  c, "INSERT INTO cases VALUES (?, ?, ?, ?)", "Ña", 7L, null, new byte[] {0, 1});
              return Sql.update(c, "INSERT INTO cases VALUES (?, ?, ?, ?)", "b", 1L << 40, 1, null);
            });
    return city;
  }

  private static Map<Long, Map<Long, String>> everyState(CityStore city) {
    Map<Long, Map<Long, String>> states = new TreeMap<>();
    for (long revision = 1; revision <= city.features().headRevision(); revision++) {
      states.put(revision, species(city, FeatureQuery.ALL.at(new AsOf.AtRevision(revision))));
    }
    return states;
  }

  @Test
  void thereAndBackEveryStateIsTheSame() throws IOException {
    try (GeoPackageCityStore city = fullCity();
        PostgisCityStore server =
            PostgisCityStore.createUnfinished(
                TrialServer.newCity(), temporary.resolve("scratch"), SETTINGS);
        GeoPackageCityStore back =
            GeoPackageCityStore.create(temporary.resolve("back"), SETTINGS)) {
      String hash = CityCopy.copy(city, server, List.of(), Progress.NONE);
      assertThat(CityCopy.copy(server, back, List.of(), Progress.NONE)).isEqualTo(hash);

      assertThat(hash).isEqualTo(city.contentHash());
      assertThat(everyState(server)).isEqualTo(everyState(city));
      assertThat(everyState(back)).isEqualTo(everyState(city));
      assertThat(server.listWaiting()).isEqualTo(city.listWaiting());
      assertThat(server.verify(Progress.NONE)).isEmpty();
      assertThat(back.verify(Progress.NONE)).isEmpty();
      for (CityStore copy : List.of(server, back)) {
        copy.database().migrate("cases", MIGRATIONS);
        assertThat(
                copy.database()
                    .<List<String>>read(
                        c ->
                            Sql.list(
                                c, row -> row.getString(1), "SELECT id FROM cases ORDER BY id")))
            .containsExactly("b", "Ña");
        copy.revise(ALICIA, t -> assertThat(t.nextFeatureId(TREES)).isEqualTo(new FeatureId(402)));
        copy.undo(4, ALICIA);
        assertThat(species(copy, FeatureQuery.ALL)).containsEntry(8L, "tree 7").hasSize(300);
        assertThat(copy.verify(Progress.NONE)).isEmpty();
      }
    }
  }

  @Test
  void aCopyThatIsBrokenOffIsNoCity() throws IOException {
    PostgisLocation location = TrialServer.newCity();
    Path scratch = temporary.resolve("scratch");
    try (GeoPackageCityStore city = fullCity()) {
      String before = city.contentHash();
      try (PostgisCityStore copy = PostgisCityStore.createUnfinished(location, scratch, SETTINGS)) {
        Progress impatient =
            new Progress() {
              @Override
              public void step(String what, long done, long total) {}

              @Override
              public boolean isCancelled() {
                return copy.features().findLayer(new LayerId("trees")).isEmpty();
              }
            };
        assertThatThrownBy(() -> CityCopy.copy(city, copy, List.of(), impatient))
            .isInstanceOf(CancellationException.class);
      }
      assertThatThrownBy(() -> TrialServer.open(location, scratch))
          .isInstanceOf(StoreFault.class)
          .hasMessageContaining("never finished");
      assertThat(city.contentHash()).isEqualTo(before);

      try (PostgisCityStore again =
          PostgisCityStore.createUnfinished(location, scratch, SETTINGS)) {
        assertThat(CityCopy.copy(city, again, List.of(), Progress.NONE)).isEqualTo(before);
        again.finish();
      }
      try (PostgisCityStore opened = TrialServer.open(location, scratch)) {
        assertThat(opened.contentHash()).isEqualTo(before);
      }
    }
  }

  @Test
  void aBackupOfACityInPostgresqlIsAFolderAnywhere() throws IOException {
    Path file = temporary.resolve("villa.tequio");
    PostgisLocation location = TrialServer.newCity();
    String hash;
    try (PostgisCityStore city =
        PostgisCityStore.create(
            location,
            temporary.resolve("served"),
            SETTINGS,
            GeoPackageCityStore::backUp,
            java.time.Clock.systemUTC())) {
      Trees.publish(city, 100);
      city.blobs().put(new java.io.ByteArrayInputStream(new byte[] {1, 2, 3}));
      city.audit().append("alicia", "upload", "photo");
      hash = city.backup(file, Progress.NONE);
      assertThat(hash).isEqualTo(city.contentHash());
    }

    assertThat(GeoPackageCityStore.restore(file, temporary.resolve("restored"), Progress.NONE))
        .isEqualTo(hash);
    try (GeoPackageCityStore restored = GeoPackageCityStore.open(temporary.resolve("restored"))) {
      assertThat(restored.contentHash()).isEqualTo(hash);
      assertThat(restored.audit().lines()).isEqualTo(1);
      assertThat(restored.verify(Progress.NONE)).isEmpty();
    }
  }
}
