package org.tequio.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Programs of others that read a city as their users do: GDAL's commands, QGIS by a script, and
 * libraries for browsers.
 */
public final class ClientProgram {
  private static final String PYTHON = "/usr/bin/python3";

  private ClientProgram() {}

  /** Skips the test, with a message, where the machine has no commands of GDAL. */
  public static void assumeGdal() throws InterruptedException {
    assumeThat(works("ogrinfo", "--version")).as("gdal-bin is installed").isTrue();
  }

  /**
   * Skips the test, with a message, where the machine lacks a program.
   *
   * @param debian the package that brings it
   * @param command that shows whether it is there
   */
  public static void assume(String debian, String... command) throws InterruptedException {
    assumeThat(works(command)).as(debian + " is installed").isTrue();
  }

  /** What a program says, errors among it. */
  public static String run(List<String> command) throws IOException, InterruptedException {
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
   * The objects in JSON that a script tells with QGIS, one a line; skips the test, with a message,
   * where the machine has no QGIS.
   *
   * @param script in the module's {@code src/test/python}
   */
  public static List<String> qgis(String script, String... arguments)
      throws IOException, InterruptedException {
    assumeThat(works(PYTHON, "-c", "import qgis.core")).as("python3-qgis is installed").isTrue();
    List<String> command = new ArrayList<>(List.of(PYTHON, "src/test/python/" + script));
    command.addAll(List.of(arguments));
    String said = run(command);
    List<String> facts = said.lines().filter(one -> one.startsWith("{")).toList();
    assertThat(facts).as(said).isNotEmpty();
    return facts;
  }

  /**
   * What a script of the web page's readers says with the libraries of others; skips the test, with
   * a message, where the machine has no Node.js or the page's parts were not fetched.
   *
   * @param script in {@code app/web/tests/readers}
   */
  public static String node(String script, String... arguments)
      throws IOException, InterruptedException {
    assumeThat(works("node", "--version")).as("Node.js is installed").isTrue();
    Path web = Path.of("../../app/web").toAbsolutePath().normalize();
    // The newest of its parts: an older node_modules does not have it.
    assumeThat(web.resolve("node_modules/hyparquet")).as("npm ci in app/web was run").isDirectory();
    List<String> command = new ArrayList<>(List.of("node", web + "/tests/readers/" + script));
    command.addAll(List.of(arguments));
    return run(command);
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
