package org.tequio.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Programs of others that read a city as their users do: GDAL's commands, and QGIS by a script. */
final class ClientProgram {
  private static final String PYTHON = "/usr/bin/python3";

  private ClientProgram() {}

  /** Skips the test, with a message, where the machine has no commands of GDAL. */
  static void assumeGdal() throws InterruptedException {
    assumeTrue(works("ogrinfo", "--version"), "gdal-bin is not installed");
  }

  /** What a program says, errors among it. */
  static String run(List<String> command) throws IOException, InterruptedException {
    Path out = Files.createTempFile("client", ".txt");
    try {
      ProcessBuilder program =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
      // GDAL would keep tiles in the working folder.
      program.environment().put("GDAL_DEFAULT_WMS_CACHE_PATH", out + ".cache");
      program.environment().put("GDAL_ENABLE_WMS_CACHE", "NO");
      Process process = program.start();
      if (!process.waitFor(4, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError(command + " did not end");
      }
      return Files.readString(out, StandardCharsets.UTF_8);
    } finally {
      Files.delete(out);
    }
  }

  /**
   * What a script of {@code src/test/python} tells with QGIS, an object a line; skips the test, with
   * a message, where the machine has no QGIS.
   */
  static List<JsonNode> qgis(String script, String... arguments) throws Exception {
    assumeTrue(works(PYTHON, "-c", "import qgis.core"), "python3-qgis is not installed");
    List<String> command = new ArrayList<>(List.of(PYTHON, "src/test/python/" + script));
    command.addAll(List.of(arguments));
    String said = run(command);
    List<JsonNode> facts = new ArrayList<>();
    for (String line : said.lines().filter(one -> one.startsWith("{")).toList()) {
      facts.add(JsonMapper.builder().build().readTree(line));
    }
    assertThat(facts).as(said).isNotEmpty();
    return facts;
  }

  private static boolean works(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
