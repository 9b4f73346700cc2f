package org.tequio.mapping.web;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What is tested over one mapathon of its own, on which nothing is locked when a test begins. */
abstract class MapathonTest {
  @TempDir static Path folder;
  static Mapathon city;

  @BeforeAll
  static void start() {
    city = new Mapathon(folder);
  }

  @AfterAll
  static void stop() {
    city.close();
  }

  /** Whatever a test left locked is free again. */
  @BeforeEach
  final void letGo() {
    city.clock.advance(Duration.ofDays(8));
  }
}
