package org.tequio.storage.postgis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.tequio.storage.postgis.Trees.ALICIA;
import static org.tequio.storage.postgis.Trees.TREES;
import static org.tequio.storage.postgis.Trees.species;
import static org.tequio.storage.postgis.Trees.tree;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.Progress;
import org.tequio.storage.CityLocked;
import org.tequio.storage.Edit;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.Sql;
import org.tequio.storage.StoreBusy;
import org.tequio.storage.StoreFault;
import org.tequio.testing.PostgresCluster;

/**
 * PostgreSQL falls, is out of reach or at its limit: nothing acknowledged is lost, and it goes on.
 */
class FaultsTest {
  private static final int ROUNDS = Integer.getInteger("tequio.crash.rounds", 3);

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

  private void create(String species) {
    city.revise(ALICIA, t -> t.edit(TREES, List.of(new Edit.Create(tree(1, species)))));
  }

  @Test
  void aConnectionThatIsCutInsideARevisionLeavesNoTraceAndTheNextOneWorks() {
    assertThatThrownBy(
            () ->
                city.revise(
                    ALICIA,
                    t -> {
                      t.edit(TREES, List.of(new Edit.Create(tree(1, "lost"))));
                      long pid = Sql.number(t.connection(), "SELECT pg_backend_pid()");
                      server.sql("SELECT pg_terminate_backend(" + pid + ", 5000)");
                      t.edit(TREES, List.of(new Edit.Create(tree(1, "lost"))));
                    }))
        .isInstanceOf(StoreBusy.class)
        .hasMessageContaining("connection to PostgreSQL was lost");

    create("next");

    assertThat(species(city, FeatureQuery.ALL)).containsValue("next").doesNotContainValue("lost");
    assertThat(city.features().headRevision()).isEqualTo(2);
  }

  @Test
  void readersWhoseConnectionsWereCutDoNotNotice() {
    species(city, FeatureQuery.ALL);
    server.sql(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            + " WHERE application_name = 'tequio' AND state LIKE 'idle%'");

    assertThat(species(city, FeatureQuery.ALL)).hasSize(300);
  }

  @Test
  void whoComesWhenAllReadersAreTakenIsToldToTryLater() throws Exception {
    CountDownLatch inside = new CountDownLatch(PostgresServer.READERS);
    CountDownLatch done = new CountDownLatch(1);
    List<Thread> readers = new ArrayList<>();
    for (int i = 0; i < PostgresServer.READERS; i++) {
      readers.add(
          Thread.ofVirtual()
              .start(
                  () ->
                      city.database()
                          .read(
                              connection -> {
                                inside.countDown();
                                await(done);
                                return true;
                              })));
    }
    inside.await();

    assertThatThrownBy(() -> city.features().headRevision()).isInstanceOf(StoreBusy.class);

    done.countDown();
    for (Thread reader : readers) {
      reader.join();
    }
    assertThat(city.features().headRevision()).isEqualTo(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aSecondServerIsKeptOutWhereverItsFolderIs(@TempDir Path other) {
    assertThatThrownBy(() -> TrialServer.open(location, other)).isInstanceOf(CityLocked.class);
    assertThatThrownBy(() -> TrialServer.open(location, folder)).isInstanceOf(CityLocked.class);
  }

  @Test
  void aSchemaThatHoldsSomethingElseIsLeftAlone(@TempDir Path other) {
    server.sql("CREATE SCHEMA occupied; CREATE TABLE occupied.mine (n INTEGER)");
    PostgisLocation occupied = PostgisLocation.parse(server.city("occupied"), "x");

    assertThatThrownBy(() -> TrialServer.create(occupied, other))
        .isInstanceOf(StoreFault.class)
        .hasMessageContaining("not empty");
    assertThatThrownBy(() -> TrialServer.open(occupied, other))
        .isInstanceOf(StoreFault.class)
        .hasMessageContaining("no city");
  }

  @Test
  void aPasswordInTheAddressIsRefusedAndNotRepeated() {
    assertThatThrownBy(() -> PostgisLocation.parse("postgres://ana:s3cret@db/city", "x"))
        .isInstanceOf(StoreFault.class)
        .hasMessageContaining("PGPASSFILE")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void aServerThatFallsWhileManyWriteLosesNothingThatWasAcknowledged(@TempDir Path own)
      throws Exception {
    Optional<PostgresCluster> started = PostgresCluster.start();
    assumeThat(started).as(PostgresCluster.absence()).isPresent();
    PostgresCluster falling = started.orElseThrow();
    PostgisLocation there = PostgisLocation.parse(falling.newCity(), "x");
    Set<String> acknowledged = new ConcurrentSkipListSet<>();
    try (PostgisCityStore store = TrialServer.create(there, own)) {
      Trees.publish(store, 50);
      for (int round = 0; round < ROUNDS; round++) {
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> writers = new ArrayList<>();
        for (int w = 0; w < 4; w++) {
          String name = round + "-" + w + "-";
          writers.add(Thread.ofVirtual().start(() -> writeUntil(store, name, acknowledged, over)));
        }
        int before = acknowledged.size();
        while (acknowledged.size() < before + 10) {
          Thread.sleep(5);
        }
        falling.crash();
        assertThatThrownBy(() -> store.features().headRevision()).isInstanceOf(StoreBusy.class);
        over.set(true);
        for (Thread writer : writers) {
          writer.join();
        }
        falling.up();
        assertThat(species(store, FeatureQuery.ALL).values()).containsAll(acknowledged);
        assertThat(store.verify(Progress.NONE)).isEmpty();
      }
      assertThat(acknowledged).hasSizeGreaterThan(10 * ROUNDS - 1);
    }
  }

  private static void writeUntil(
      PostgisCityStore store, String name, Set<String> acknowledged, AtomicBoolean over) {
    for (int i = 0; !over.get(); i++) {
      String species = name + i;
      try {
        store.revise(ALICIA, t -> t.edit(TREES, List.of(new Edit.Create(tree(1, species)))));
        acknowledged.add(species);
      } catch (StoreFault refused) {
        over.set(true);
      }
    }
  }
}
