package org.tequio.storage.postgis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tequio.storage.postgis.Trees.ALICIA;
import static org.tequio.storage.postgis.Trees.TREES;
import static org.tequio.storage.postgis.Trees.species;
import static org.tequio.storage.postgis.Trees.tree;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.Feature;
import org.tequio.feature.FeatureId;
import org.tequio.feature.Progress;
import org.tequio.storage.AsOf;
import org.tequio.storage.Edit;
import org.tequio.storage.EditConflict;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.Revision;
import org.tequio.storage.Sql;
import org.tequio.testing.ClientProgram;
import org.tequio.testing.PostgresCluster;

/** GIS staff work in the database, with SQL and grants of their own, and the history knows. */
class GisToolsTest {
  @TempDir Path folder;
  private PostgresCluster server;
  private PostgisLocation location;
  private PostgisCityStore city;

  @BeforeEach
  void createCity() throws IOException {
    server = TrialServer.require();
    location = TrialServer.newCity();
    city = TrialServer.create(location, folder);
    Trees.publish(city, 300);
  }

  @AfterEach
  void closeCity() {
    if (city != null) {
      city.close();
    }
  }

  private Connection connect(String role) throws SQLException {
    Connection connection =
        DriverManager.getConnection(
            "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + location.database(), role, "");
    Sql.run(connection, "SET search_path = " + location.schema() + ", public");
    return connection;
  }

  private void outside(String... statements) throws SQLException {
    try (Connection connection = connect("postgres")) {
      for (String statement : statements) {
        Sql.run(connection, statement);
      }
    }
  }

  private Revision newest() {
    return city.features().listRevisions(Optional.empty(), 1).getFirst();
  }

  @Test
  void anEditOfTheViewIsARevisionByOutside() throws Exception {
    outside(
        "UPDATE trees SET species = 'ahuehuete' WHERE fid = 5",
        "UPDATE trees SET species = 'sabino' WHERE fid = 5",
        "DELETE FROM trees WHERE fid = 6",
        "INSERT INTO trees (geom, species) SELECT geom, 'new' FROM trees WHERE fid = 1");

    assertThat(city.features().headRevision()).isEqualTo(2);
    assertThat(newest().note()).isEqualTo(new Revision.Note("outside", "gis tool", "trees"));
    assertThat(species(city, FeatureQuery.ALL))
        .containsEntry(5L, "sabino")
        .containsEntry(301L, "new")
        .doesNotContainKey(6L);
    assertThat(species(city, FeatureQuery.ALL.at(new AsOf.AtRevision(1))))
        .containsEntry(5L, "tree 4")
        .containsEntry(6L, "tree 5")
        .hasSize(300);
    assertThat(city.features().listVersions(TREES, new FeatureId(5))).hasSize(2);
    assertThat(city.verify(Progress.NONE)).isEmpty();
  }

  @Test
  void qgisReadsAndEditsTheViewAndTheEditIsOneRevision() throws Exception {
    List<String> told =
        ClientProgram.qgis(
            "edit_in_postgres.py",
            Integer.toString(server.port()),
            location.database(),
            location.schema());

    assertThat(told.getFirst())
        .contains("\"valid\": true", "\"count\": 300", "\"crs\": \"EPSG:32614\"")
        .contains("\"height\": 1.0", "\"editable\": true");
    assertThat(told.getLast()).contains("\"committed\": true");
    assertThat(city.features().headRevision()).isEqualTo(2);
    assertThat(newest().note()).isEqualTo(new Revision.Note("outside", "gis tool", "trees"));
    assertThat(species(city, FeatureQuery.ALL))
        .containsEntry(5L, "ahuehuete")
        .containsEntry(301L, "sabino")
        .doesNotContainKey(7L);
    Feature moved = city.features().findFeature(TREES, new FeatureId(6), AsOf.NOW).orElseThrow();
    assertThat(Objects.requireNonNull(moved.geometry()).getCoordinate().x).isEqualTo(484_001);
    assertThat(city.verify(Progress.NONE)).isEmpty();
  }

  @Test
  void anOutsideEditCanBeUndone() throws Exception {
    String before = city.features().findLayer(TREES).orElseThrow().contentHash();
    outside(
        "DELETE FROM trees WHERE fid > 100",
        "UPDATE trees SET height = 'NaN', geom = NULL WHERE fid = 1",
        "UPDATE trees SET fid = 900 WHERE fid = 2");
    assertThat(city.verify(Progress.NONE)).isEmpty();

    city.undo(2, ALICIA);

    assertThat(city.features().findLayer(TREES).orElseThrow().contentHash()).isEqualTo(before);
    assertThat(city.verify(Progress.NONE)).isEmpty();
  }

  @Test
  void anEditMadeWhileTheCityIsClosedIsFoundWhenItOpens() throws Exception {
    city.close();
    outside("UPDATE trees SET species = 'ahuehuete' WHERE fid = 5");
    city = TrialServer.open(location, folder);

    assertThat(newest().note().author()).isEqualTo(Revision.OUTSIDE);
    assertThat(city.audit().findBreak()).isEmpty();
  }

  @Test
  void idsThatAnotherProgramGaveAreNotGivenAgain() throws Exception {
    outside(
        "INSERT INTO trees (fid, species) VALUES (500, 'gone')",
        "DELETE FROM trees WHERE fid = 500");

    city.revise(ALICIA, t -> assertThat(t.nextFeatureId(TREES)).isEqualTo(new FeatureId(501)));
  }

  @Test
  void anEditSessionThatIsLeftOpenStopsNobodyElse() throws Exception {
    try (Connection session = connect("postgres")) {
      session.setAutoCommit(false);
      Sql.run(session, "UPDATE trees SET species = 'not saved' WHERE fid = 1");

      city.revise(ALICIA, t -> t.edit(TREES, List.of(new Edit.Replace(tree(2, "mine"), 1))));

      assertThat(species(city, FeatureQuery.ALL))
          .containsEntry(1L, "tree 0")
          .containsEntry(2L, "mine");
      session.commit();
    }
    assertThat(species(city, FeatureQuery.ALL)).containsEntry(1L, "not saved");
    assertThat(city.features().headRevision()).isEqualTo(3);
    assertThat(city.verify(Progress.NONE)).isEmpty();
  }

  @Test
  void savedEditsAreTakenUpOnceTheNextEditOfTheSameFeatureIsSavedToo() throws Exception {
    outside("UPDATE trees SET species = 'first' WHERE fid = 1");
    try (Connection session = connect("postgres")) {
      session.setAutoCommit(false);
      Sql.run(session, "UPDATE trees SET species = 'second' WHERE fid = 1");
      assertThat(city.features().headRevision()).isEqualTo(1);
      assertThat(species(city, FeatureQuery.ALL)).containsEntry(1L, "tree 0");
      session.commit();
    }

    assertThat(city.features().headRevision()).isEqualTo(2);
    assertThat(species(city, FeatureQuery.ALL)).containsEntry(1L, "second");
    assertThat(city.verify(Progress.NONE)).isEmpty();
  }

  @Test
  void anEditBasedOnWhatWasBeforeAnOutsideEditIsRefused() throws Exception {
    outside("UPDATE trees SET species = 'ahuehuete' WHERE fid = 5");

    assertThatThrownBy(
            () ->
                city.revise(
                    ALICIA, t -> t.edit(TREES, List.of(new Edit.Replace(tree(5, "mine"), 1)))))
        .isInstanceOf(EditConflict.class);
  }

  @Test
  void aRoleSeesAndEditsWhatItWasGrantedAndStillDoesAfterAnImport() throws Exception {
    String role = "gis_" + location.schema();
    outside(
        "CREATE ROLE " + role + " LOGIN",
        "GRANT USAGE ON SCHEMA " + location.schema() + " TO " + role,
        "GRANT SELECT, INSERT, UPDATE ON trees TO " + role);

    Trees.publish(city, 200);

    try (Connection staff = connect(role)) {
      Sql.run(staff, "UPDATE trees SET species = 'ahuehuete' WHERE fid = 5");
      Sql.run(staff, "INSERT INTO trees (species) VALUES ('new')");
      assertThatThrownBy(() -> Sql.run(staff, "DELETE FROM trees WHERE fid = 1"))
          .hasMessageContaining("permission denied");
      assertThatThrownBy(() -> Sql.run(staff, "UPDATE tq_revision SET author = 'bruno'"))
          .hasMessageContaining("permission denied");
      // Saying that an edit belongs to an earlier revision does not make it so.
      Sql.run(staff, "SET tequio.revision = '1'");
      Sql.run(staff, "UPDATE trees SET species = 'forged' WHERE fid = 7");
    }
    assertThat(newest().note().author()).isEqualTo(Revision.OUTSIDE);
    assertThat(species(city, FeatureQuery.ALL.at(new AsOf.AtRevision(2))))
        .containsEntry(7L, "tree 6");
    assertThat(species(city, FeatureQuery.ALL)).containsEntry(301L, "new").hasSize(201);
  }

  @Test
  void aViewOfTheStaffsOwnKeepsWorkingWhenItsLayerIsLoadedAnew() throws Exception {
    outside("CREATE VIEW tall AS SELECT * FROM trees WHERE height > 10");

    Trees.publish(city, 200);

    try (Connection staff = connect("postgres")) {
      assertThat(Sql.number(staff, "SELECT COUNT(*) FROM tall")).isEqualTo(119);
    }
  }

  @Test
  void aTableOfTheStaffsOwnIsNotOverwrittenByALayerOfItsName() throws Exception {
    outside("CREATE TABLE streets (fid BIGINT)");

    assertThatThrownBy(
            () -> {
              try (var staged =
                  city.stage(
                      new org.tequio.feature.LayerId("streets"), Trees.SCHEMA, Trees.UTM14)) {
                staged.finish();
                city.revise(ALICIA, t -> t.publish(staged));
              }
            })
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("streets");
    assertThat(city.features().headRevision()).isEqualTo(1);
  }

  @Test
  void gisToolsFindTheTypeTheSystemAndTheIndex() throws Exception {
    try (Connection staff = connect("postgres")) {
      assertThat(
              Sql.first(
                  staff,
                  row -> row.getString(1) + " " + row.getInt(2),
                  "SELECT type, srid FROM geometry_columns WHERE f_table_schema = ?"
                      + " AND f_table_name = 'trees'",
                  location.schema()))
          .contains("POINT 32614");
      Sql.run(staff, "SET enable_seqscan = off");
      assertThat(
              Sql.list(
                  staff,
                  row -> row.getString(1),
                  "EXPLAIN SELECT * FROM trees"
                      + " WHERE geom && ST_MakeEnvelope(500000, 2100000, 500010, 2100010, 32614)"))
          .anyMatch(line -> line.contains("_geom"));
    }
  }
}
