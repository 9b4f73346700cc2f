package org.tequio.publish.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.tequio.feature.LayerId;
import org.tequio.feature.TileCoord;
import org.tequio.http.Coding;
import org.tequio.http.ProblemException;

/** Work that is too much is refused at once, and what was begun is finished. */
class TileWorkTest {
  private static TileCache.Key key(int x) {
    return new TileCache.Key(new LayerId("l"), "v", new TileCoord(16, x, 0), Coding.GZIP);
  }

  private static EncodedTile tile(int n) {
    return new EncodedTile(new byte[n], 1, 1, 0);
  }

  @Test
  void pastWhatCanWaitClientsAreRefusedAndTheOthersServed() throws Exception {
    TileWork work = new TileWork(1);
    CountDownLatch go = new CountDownLatch(1);
    List<Future<EncodedTile>> asked = new ArrayList<>();
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 60; i++) {
        int x = i;
        asked.add(
            clients.submit(
                () ->
                    work.get(
                        key(x),
                        () -> {
                          await(go);
                          return tile(x + 1);
                        })));
      }
      long refused = waitForRefusals(asked);
      go.countDown();
      int served = 0;
      for (Future<EncodedTile> one : asked) {
        try {
          assertThat(one.get().bytes().length).isPositive();
          served++;
        } catch (ExecutionException e) {
          assertThat(e.getCause())
              .isInstanceOfSatisfying(
                  ProblemException.class,
                  told -> assertThat(told.problem().status()).isEqualTo(503));
        }
      }
      // Two are being made and 24 wait.
      assertThat(served).isEqualTo(26);
      assertThat(refused).isEqualTo(34);
    }
    assertThat(work.get(key(99), () -> tile(5)).bytes()).hasSize(5);
  }

  private static long waitForRefusals(List<Future<EncodedTile>> asked) throws Exception {
    long refused = 0;
    for (int i = 0; i < 500 && refused < 34; i++) {
      TimeUnit.MILLISECONDS.sleep(10);
      refused = asked.stream().filter(Future::isDone).count();
    }
    return refused;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whoAsksForTheSameGetsTheSame() throws Exception {
    TileWork work = new TileWork(2);
    AtomicInteger made = new AtomicInteger();
    CountDownLatch go = new CountDownLatch(1);
    List<Future<EncodedTile>> asked = new ArrayList<>();
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 200; i++) {
        asked.add(
            clients.submit(
                () ->
                    work.get(
                        key(7),
                        () -> {
                          made.incrementAndGet();
                          await(go);
                          return tile(3);
                        })));
      }
      TimeUnit.MILLISECONDS.sleep(200);
      go.countDown();
      for (Future<EncodedTile> one : asked) {
        assertThat(one.get().bytes()).hasSize(3);
      }
    }
    assertThat(made.get()).isLessThan(200);
  }

  @Test
  void aFaultIsToldToWhoAskedAndForgotten() {
    TileWork work = new TileWork(1);
    assertThatThrownBy(
            () ->
                work.get(
                    key(1),
                    () -> {
                      throw new IllegalArgumentException("a broken ring");
                    }))
        .hasRootCauseMessage("a broken ring");
    assertThat(work.get(key(1), () -> tile(2)).bytes()).hasSize(2);
  }
}
