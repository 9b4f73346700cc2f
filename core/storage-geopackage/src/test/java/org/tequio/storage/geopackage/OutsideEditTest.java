package org.tequio.storage.geopackage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tequio.storage.geopackage.SmallCity.NOTE;
import static org.tequio.storage.geopackage.SmallCity.TREES;
import static org.tequio.storage.geopackage.SmallCity.species;
import static org.tequio.storage.geopackage.SmallCity.tree;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.FeatureId;
import org.tequio.feature.Progress;
import org.tequio.storage.AsOf;
import org.tequio.storage.Edit;
import org.tequio.storage.EditConflict;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.Revision;
import org.tequio.storage.Sql;

/** Another program edits city.gpkg, with nothing but SQL, and the history knows. */
class OutsideEditTest {
  @TempDir Path temporary;
  private Path folder;
  private GeoPackageCityStore city;

  @BeforeEach
  void createCity() throws IOException {
    folder = temporary.resolve("city");
    city = SmallCity.create(folder);
    SmallCity.publish(city, 300);
  }

  @AfterEach
  void closeCity() {
    city.close();
  }

  private void outside(String... statements) throws SQLException {
    try (Connection connection = SmallCity.otherProgram(folder)) {
      GeometryFunctions.register(connection); // As every GIS tool has them.
      for (String statement : statements) {
        Sql.run(connection, statement);
      }
    }
  }

  private Revision newest() {
    return city.features().listRevisions(Optional.empty(), 1).getFirst();
  }

  @Test
  void anEditWhileTheCityIsOpenIsOneRevisionByOutside() throws Exception {
    outside(
        "UPDATE trees SET species = 'ahuehuete' WHERE fid = 5",
        "DELETE FROM trees WHERE fid = 6",
        "INSERT INTO trees (geom, species) SELECT geom, 'new' FROM trees WHERE fid = 1");

    assertThat(city.features().headRevision()).isEqualTo(2);
    assertThat(newest().note()).isEqualTo(new Revision.Note("outside", "gis tool", "trees"));
    assertThat(species(city, FeatureQuery.ALL))
        .containsEntry(5L, "ahuehuete")
        .containsEntry(301L, "new")
        .doesNotContainKey(6L);
    assertThat(species(city, FeatureQuery.ALL.at(new AsOf.AtRevision(1))))
        .containsEntry(5L, "tree 4")
        .containsEntry(6L, "tree 5")
        .hasSize(300);
    assertThat(city.features().findLayer(TREES).orElseThrow().count()).isEqualTo(300);
    assertThat(city.verify(Progress.NONE)).isEmpty();
  }

  @Test
  void anEditWhileTheCityIsClosedIsFoundAtTheNextOpening() throws Exception {
    city.close();
    outside(
        "UPDATE trees SET fid = 900 WHERE fid = 5", "UPDATE trees SET geom = NULL WHERE fid = 1");
    city = GeoPackageCityStore.open(folder);

    assertThat(newest().note().author()).isEqualTo(Revision.OUTSIDE);
    assertThat(species(city, FeatureQuery.ALL)).containsEntry(900L, "tree 4").doesNotContainKey(5L);
    assertThat(city.features().listVersions(TREES, new FeatureId(5)))
        .extracting(version -> version.feature().isPresent())
        .containsExactly(true, false);
    assertThat(city.verify(Progress.NONE)).isEmpty();
    assertThat(city.audit().findBreak()).isEmpty();
  }

  @Test
  void replacingStatementsKeepWhatTheyReplace() throws Exception {
    outside(
        "INSERT OR REPLACE INTO trees (fid, species) VALUES (5, 'replaced')",
        "INSERT OR IGNORE INTO trees (fid, species) VALUES (6, 'ignored')",
        "INSERT INTO trees (fid, species) VALUES (7, 'x')"
            + " ON CONFLICT (fid) DO UPDATE SET species = 'upserted'");

    assertThat(species(city, FeatureQuery.ALL))
        .containsEntry(5L, "replaced")
        .containsEntry(6L, "tree 5")
        .containsEntry(7L, "upserted");
    assertThat(species(city, FeatureQuery.ALL.at(new AsOf.AtRevision(1))))
        .hasSize(300)
        .containsEntry(5L, "tree 4")
        .containsEntry(6L, "tree 5")
        .containsEntry(7L, "tree 6");
    assertThat(city.verify(Progress.NONE)).isEmpty();
  }

  @Test
  void anOutsideEditCanBeUndone() throws Exception {
    String before = city.features().findLayer(TREES).orElseThrow().contentHash();
    outside("DELETE FROM trees WHERE fid > 100", "UPDATE trees SET height = 'tall' WHERE fid = 1");

    city.undo(2, NOTE);

    assertThat(city.features().findLayer(TREES).orElseThrow().contentHash()).isEqualTo(before);
    assertThat(city.verify(Progress.NONE)).isEmpty();
  }

  @Test
  void anEditBasedOnWhatWasBeforeAnOutsideEditIsRefused() throws Exception {
    outside("UPDATE trees SET species = 'ahuehuete' WHERE fid = 5");

    assertThatThrownBy(
            () ->
                city.revise(
                    NOTE, t -> t.edit(TREES, List.of(new Edit.Replace(tree(5, "mine", 1), 1)))))
        .isInstanceOf(EditConflict.class);
    assertThat(city.features().headRevision()).isEqualTo(2);
  }

  @Test
  void idsThatAnotherProgramGaveAreNotGivenAgain() throws Exception {
    outside(
        "INSERT INTO trees (species) VALUES ('gone')", "DELETE FROM trees WHERE species = 'gone'");

    city.revise(NOTE, t -> assertThat(t.nextFeatureId(TREES)).isEqualTo(new FeatureId(302)));
    outside("INSERT INTO trees (species) VALUES ('next')");

    assertThat(species(city, FeatureQuery.ALL)).containsEntry(303L, "next");
  }

  @Test
  void aTableOfAnotherProgramIsNoDamage() throws Exception {
    city.close();
    outside("CREATE TABLE layer_styles (id INTEGER PRIMARY KEY, qml TEXT)");
    city = GeoPackageCityStore.open(folder);
    city.close();
    outside("INSERT INTO layer_styles (qml) VALUES ('<qgis/>')");
    city = GeoPackageCityStore.open(folder);

    assertThat(city.verify(Progress.NONE)).isEmpty();
    assertThat(city.features().headRevision()).isEqualTo(1);
  }

  @Test
  void aWriteThatMeetsAnotherProgramsLockWaitsForIt() throws Exception {
    try (Connection other = SmallCity.otherProgram(folder)) {
      GeometryFunctions.register(other);
      Sql.run(other, "BEGIN IMMEDIATE");
      Sql.run(other, "UPDATE trees SET species = 'held' WHERE fid = 1");
      Thread clerk =
          Thread.ofVirtual()
              .start(
                  () ->
                      city.revise(
                          NOTE, t -> t.edit(TREES, List.of(new Edit.Delete(new FeatureId(2), 1)))));
      Thread.sleep(50);
      Sql.run(other, "COMMIT");
      clerk.join();
    }
    assertThat(city.features().headRevision()).isEqualTo(3);
    assertThat(species(city, FeatureQuery.ALL)).containsEntry(1L, "held").doesNotContainKey(2L);
  }
}
