package org.tequio.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the sources themselves must not contain. */
class SourceTreeTest {
  /** So many lines in a row, comments and imports aside, may not stand in two files. */
  private static final int LINES = 12;

  private static final Path ROOT = root();

  @Test
  void noBodyStandsInTwoFiles() throws IOException {
    Map<String, String> seen = new HashMap<>();
    List<String> copies = new ArrayList<>();
    for (Path file : sources("src/main/java")) {
      List<String> lines = code(file);
      for (int i = 0; i + LINES <= lines.size(); i++) {
        String body = String.join("\n", lines.subList(i, i + LINES));
        String other = seen.putIfAbsent(body, file.toString());
        if (other != null && !other.equals(file.toString())) {
          copies.add(file + " repeats " + other + ":\n" + body);
          break;
        }
      }
    }
    assertThat(copies).isEmpty();
  }

  @Test
  void namesSayWhatAThingIs() throws IOException {
    assertThat(sources("src/main/java"))
        .noneMatch(
            file ->
                file.getFileName()
                    .toString()
                    .matches(".*(Manager|Helper|Utils?|Impl|DTO|Dto)\\.java"));
  }

  @Test
  void everyPackageSaysWhatItIsForAndIsNullMarked() throws IOException {
    List<String> silent = new ArrayList<>();
    for (Path file : sources("src/main/java")) {
      Path info = file.resolveSibling("package-info.java");
      if (!Files.exists(info) || !Files.readString(info).contains("@NullMarked")) {
        silent.add(info.toString());
      }
    }
    assertThat(silent.stream().distinct()).isEmpty();
  }

  private static List<Path> sources(String part) throws IOException {
    try (Stream<Path> walk = Files.walk(ROOT)) {
      return walk.filter(file -> file.toString().endsWith(".java"))
          .filter(file -> file.toString().contains(part))
          .filter(file -> !file.toString().contains("node_modules"))
          .sorted()
          .toList();
    }
  }

  private static List<String> code(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      String code = line.strip();
      if (code.length() > 1
          && !code.startsWith("//")
          && !code.startsWith("*")
          && !code.startsWith("/*")
          && !code.startsWith("import ")
          && !code.startsWith("@")) {
        lines.add(code);
      }
    }
    return lines;
  }

  private static Path root() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("mvnw"))) {
        return at;
      }
    }
    throw new IllegalStateException("not inside the source tree");
  }
}
