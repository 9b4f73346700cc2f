package org.tequio.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A program of our own that is killed while it works. It says {@code ready}, and then, with {@link
 * #say}, what it was promised.
 */
public final class KilledProgram {
  private static final String END = " .";

  private KilledProgram() {}

  /** What the program was promised, as one line that a kill cannot cut off unseen. */
  public static synchronized void say(PrintStream out, String promise) {
    out.println(promise + END);
    out.flush();
  }

  /**
   * Starts a program with the test's own classes and kills it (SIGKILL).
   *
   * @param main its class
   * @param promises after how many it is killed, however fast the machine is
   * @param millis a moment more
   * @return everything that it was promised, also in that moment
   */
  public static List<String> promisesOf(
      Class<?> main, List<String> arguments, int promises, int millis)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Xshare:auto");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(arguments);
    Process victim =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<String> said = new ArrayList<>();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(victim.getInputStream(), StandardCharsets.UTF_8))) {
      // What it logs before that is passed over.
      String last = "nothing";
      for (String line = out.readLine(); !"ready".equals(line); line = out.readLine()) {
        if (line == null) {
          throw new AssertionError(main.getName() + " was never ready, and last said " + last);
        }
        last = line;
      }
      for (int i = 0; i < promises; i++) {
        add(out.readLine(), said);
      }
      TimeUnit.MILLISECONDS.sleep(millis);
      victim.toHandle().destroyForcibly();
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        add(line, said);
      }
      victim.waitFor();
    }
    return said;
  }

  private static void add(@Nullable String line, List<String> said) {
    if (line != null && line.endsWith(END)) {
      said.add(line);
    }
  }
}
