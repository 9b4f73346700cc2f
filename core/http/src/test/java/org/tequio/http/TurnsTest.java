package org.tequio.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Eve asks for what is dear; the town hall is four hundred people behind one address. */
class TurnsTest {
  private static final String EVE = "203.0.113.9";
  private static final String TOWN_HALL = "198.51.100.1";

  private final AtomicLong nanos = new AtomicLong();
  private final Turns turns = new Turns(nanos::get);

  @Test
  void whoLetsTheCityWorkAllTheTimeIsAskedToWaitAndNobodyElseIs() {
    int served = 0;
    for (int i = 0; i < 100; i++) {
      served += isServed(EVE, Duration.ofSeconds(2)) ? 1 : 0;
    }
    assertThat(served).isBetween(15, 20);
    assertThat(isServed(TOWN_HALL, Duration.ofMillis(3))).isTrue();

    nanos.addAndGet(Duration.ofMinutes(2).toNanos());
    served = 0;
    for (int i = 0; i < 100; i++) {
      served += isServed(EVE, Duration.ofSeconds(2)) ? 1 : 0;
      nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    }
    assertThat(served).as("a quarter of a processor, after the burst").isBetween(25, 45);
  }

  @Test
  void aWholeTownHallBehindOneAddressAsksAsOftenAsItLikes() {
    for (int i = 0; i < 5_000; i++) {
      assertThat(isServed(TOWN_HALL, Duration.ofMillis(4))).isTrue();
      nanos.addAndGet(Duration.ofMillis(16).toNanos());
    }
  }

  @Test
  void hundredsWhoAskAtOnceWaitForEachOtherAndNeverForEve() throws Exception {
    CountDownLatch eveWorks = new CountDownLatch(2);
    Semaphore goOn = new Semaphore(0);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(
                  () ->
                      turns.take(
                          EVE,
                          () -> {
                            eveWorks.countDown();
                            goOn.acquireUninterruptibly();
                            return null;
                          })));
    }
    assertThat(eveWorks.await(10, TimeUnit.SECONDS)).isTrue();
    AtomicInteger together = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger answered = new AtomicInteger();
    List<Thread> people = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      people.add(
          Thread.ofVirtual()
              .start(
                  () ->
                      turns.take(
                          TOWN_HALL,
                          () -> {
                            most.accumulateAndGet(together.incrementAndGet(), Math::max);
                            Thread.yield();
                            together.decrementAndGet();
                            return answered.incrementAndGet();
                          })));
    }
    for (Thread one : people) {
      one.join();
    }
    assertThat(answered.get()).isEqualTo(60);
    assertThat(most.get()).isLessThanOrEqualTo(2);
    goOn.release(2);
    for (Thread one : threads) {
      one.join();
    }
  }

  @Test
  void whatFailsGivesItsTurnBackAndCounts() {
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(
              () ->
                  turns.take(
                      EVE,
                      () -> {
                        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
                        throw new IllegalStateException("too complex");
                      }))
          .isInstanceOf(IllegalStateException.class);
    }
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(isServed(EVE, Duration.ofSeconds(40))).isTrue();
    assertThatThrownBy(() -> turns.take(EVE, () -> null))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().status()).isEqualTo(429));
  }

  private boolean isServed(String source, Duration cost) {
    try {
      return turns.take(source, () -> nanos.addAndGet(cost.toNanos())) > 0;
    } catch (ProblemException e) {
      assertThat(e.problem().status()).isEqualTo(429);
      return false;
    }
  }
}
