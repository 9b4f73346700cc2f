package org.tequio.osm.api;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** What is tested over one served map of its own. */
abstract class TrialServerTest {
  @TempDir static Path folder;
  static TrialServer town;

  @BeforeAll
  static void serve() {
    town = new TrialServer(folder);
  }

  @AfterAll
  static void stop() {
    town.close();
  }
}
