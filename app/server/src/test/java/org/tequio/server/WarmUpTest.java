package org.tequio.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  private final Queue<Throwable> told = new ConcurrentLinkedQueue<>();
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
  private Thread.UncaughtExceptionHandler usual;

  @BeforeEach
  void listen() {
    usual = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, fault) -> told.add(fault));
  }

  @AfterEach
  void hush() {
    Thread.setDefaultUncaughtExceptionHandler(usual);
  }

  @Test
  void aFaultWhileTheCityIsServedIsLoud() throws Exception {
    WarmUp warmUp = WarmUp.start(List.of(this::fail));
    goOn.countDown();
    ended();

    assertThat(told).extracting(Throwable::getMessage).containsExactly("no such row");
    warmUp.close();
  }

  @Test
  void whatTheClosedCityRefusesIsNoFault() throws Exception {
    WarmUp warmUp = WarmUp.start(List.of(this::fail));
    warmUp.close();
    goOn.countDown();
    ended();

    assertThat(told).isEmpty();
  }

  private void fail() {
    threads.add(Thread.currentThread());
    try {
      goOn.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IllegalStateException("no such row");
  }

  private void ended() throws InterruptedException {
    while (threads.isEmpty()) {
      Thread.sleep(1);
    }
    Thread thread = threads.element();
    assertThat(thread.join(java.time.Duration.ofSeconds(30))).isTrue();
  }
}
