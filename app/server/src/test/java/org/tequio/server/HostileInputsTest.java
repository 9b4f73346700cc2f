package org.tequio.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What {@code docs/hostile-inputs.md} says is tested, is tested: every test that it names exists.
 */
class HostileInputsTest {
  private static final Path ROOT = Path.of("../..");
  private static final Path PAGE = ROOT.resolve("docs/hostile-inputs.md");
  private static final Pattern ROW =
      Pattern.compile("^\\| (\\d+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|$", Pattern.MULTILINE);
  private static final Pattern NAMED = Pattern.compile("`(\\w+Test)#(\\w+)`");

  private record Row(int number, String tests) {}

  private static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    Matcher row = ROW.matcher(Files.readString(PAGE));
    while (row.find()) {
      rows.add(new Row(Integer.parseInt(row.group(1)), row.group(4)));
    }
    return rows;
  }

  @Test
  void everyNumberOfTheChecklistThatIsAskedForHasOneRow() throws IOException {
    List<Integer> asked =
        Stream.of(
                IntStream.rangeClosed(9, 20),
                IntStream.rangeClosed(22, 24),
                IntStream.rangeClosed(29, 32),
                IntStream.rangeClosed(36, 54))
            .flatMapToInt(each -> each)
            .boxed()
            .toList();
    assertThat(rows().stream().map(Row::number)).containsExactlyElementsOf(asked);
  }

  @Test
  void everyTestThatIsNamedExists() throws IOException {
    Map<String, String> sources = sources();
    TreeSet<String> missing = new TreeSet<>();
    int named = 0;
    Matcher test = NAMED.matcher(Files.readString(PAGE));
    while (test.find()) {
      named++;
      String source = sources.getOrDefault(test.group(1), "");
      boolean isThere =
          Pattern.compile("@(Test|ParameterizedTest|Property)\\b").matcher(source).find()
              && Pattern.compile("\\bvoid " + test.group(2) + "\\(").matcher(source).find();
      if (!isThere) {
        missing.add(test.group());
      }
    }
    assertThat(missing).isEmpty();
    assertThat(named).isGreaterThan(100);
  }

  @Test
  void everyRowNamesItsTestsOrSaysWhyThereAreNone() throws IOException {
    for (Row row : rows()) {
      assertThat(NAMED.matcher(row.tests).find() || row.tests.contains("not covered: "))
          .as("row %d", row.number)
          .isTrue();
    }
  }

  private static Map<String, String> sources() throws IOException {
    Map<String, String> sources = new HashMap<>();
    for (String floor : List.of("core", "city", "community", "app", "testing")) {
      try (Stream<Path> walk = Files.walk(ROOT.resolve(floor))) {
        for (Path file :
            walk.filter(each -> each.toString().contains("src/test/java"))
                .filter(each -> each.toString().endsWith("Test.java"))
                .toList()) {
          String name = String.valueOf(file.getFileName()).replace(".java", "");
          sources.merge(name, Files.readString(file), String::concat);
        }
      }
    }
    return sources;
  }
}
