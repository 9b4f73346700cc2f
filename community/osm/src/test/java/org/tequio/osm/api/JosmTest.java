package org.tequio.osm.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JOSM, as Debian has it, edits the map by its own classes, with an application password. */
class JosmTest {
  private static final Path JOSM = Path.of("/usr/share/josm/josm.jar");

  @TempDir Path folder;

  @Test
  void josmOpensUploadsIsRefusedInWordsThatItReadsClosesAndReadsBack() throws Exception {
    assumeTrue(Files.exists(JOSM), "needs josm.jar of Debian's josm");
    try (TrialServer town = new TrialServer(folder.resolve("town"))) {
      assertThat(run(town, town.passwordOf("bruno", "read_prefs", "write_api", "write_notes")))
          .containsExactly(
              "version 0.6",
              "nodes of a way 2000",
              "opened true",
              "uploaded 4",
              "version of the way 1",
              "version of the corner 2",
              "version of the lamp 2",
              "stale 409 Version mismatch: Provided 1, server had: 2 of Node N",
              "gone 410 The node with the id N has already been deleted",
              "used 412 Precondition failed: Node N is still used by ways N.",
              "closed at 2026-03-10T16:00:00Z",
              "notes 1 OPEN 4 Falta <una> coladera",
              "read 2 nodes, 1 ways, 1 relations",
              "name Molino <\"&> Ñ",
              "same id true",
              "history 2");
    }
  }

  private List<String> run(TrialServer town, String password) throws Exception {
    Path errors = folder.resolve("josm.log");
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(
                    null,
                    null,
                    null,
                    "-proc:none",
                    "-cp",
                    JOSM.toString(),
                    "-d",
                    folder.toString(),
                    "src/test/josm/JosmClient.java"))
        .isZero();
    Process josm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.awt.headless=true",
                "-Djosm.home=" + folder.resolve("josm"),
                "-Dstdout.encoding=UTF-8",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                JOSM + File.pathSeparator + folder,
                "JosmClient",
                town.base() + "/api",
                "bruno",
                password)
            .redirectError(errors.toFile())
            .start();
    try {
      List<String> lines = josm.inputReader(StandardCharsets.UTF_8).lines().toList();
      assertThat(josm.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(josm.exitValue()).as("%s%n%s", lines, Files.readString(errors)).isZero();
      return lines;
    } finally {
      josm.destroyForcibly();
    }
  }
}
