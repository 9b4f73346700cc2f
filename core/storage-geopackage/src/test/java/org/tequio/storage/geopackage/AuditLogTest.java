package org.tequio.storage.geopackage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tequio.storage.AuditLog;
import org.tequio.storage.sql.ChainedAuditLog;
import org.tequio.storage.sql.DurableFiles;

/** Whoever may write the city's folder may change its log, but not without anybody noticing. */
class AuditLogTest {
  private static final int LINES = 9;

  @TempDir Path temporary;
  private Path folder = Path.of("");
  private Path log = Path.of("");

  @BeforeEach
  void aliciaWorksForAWhile() throws IOException {
    folder = temporary.resolve("city");
    log = folder.resolve("audit/log.jsonl");
    try (GeoPackageCityStore city = SmallCity.create(folder)) {
      for (int i = 1; i <= LINES; i++) {
        city.audit().append("alicia", "publish", "layer " + i);
      }
    }
  }

  private Optional<String> found() throws IOException {
    try (GeoPackageCityStore city = GeoPackageCityStore.open(folder)) {
      return city.audit().findBreak();
    }
  }

  private List<String> lines() throws IOException {
    return new ArrayList<>(Files.readAllLines(log));
  }

  private void write(List<String> lines) throws IOException {
    Files.write(log, lines);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, LINES})
  void anEditedLineIsNamed(int number) throws IOException {
    List<String> lines = lines();
    lines.set(number - 1, lines.get(number - 1).replace("alicia", "brunoo"));
    write(lines);

    assertThat(found()).hasValueSatisfying(told -> assertThat(told).contains("line " + number));
  }

  /** Short lines, and some that are longer than what is read at once. */
  @Test
  void linesAreReadWholeWhereverABlockOfTheFileEnds() throws IOException {
    try (GeoPackageCityStore city = GeoPackageCityStore.open(folder)) {
      for (int i = LINES + 1; i <= 400; i++) {
        city.audit().append("alicia", "publish", "ñ".repeat(i % 50 == 0 ? 90_000 : i));
      }
      assertThat(city.audit().findBreak()).isEmpty();
    }
    List<String> whole = lines();
    for (int number : new int[] {50, 51, 199, 350, 399, 400}) {
      List<String> lines = new ArrayList<>(whole);
      lines.set(number - 1, lines.get(number - 1).replace("alicia", "brunoo"));
      write(lines);
      assertThat(found())
          .hasValueSatisfying(told -> assertThat(told).contains("line " + number + ":"));
    }
  }

  @Test
  void anEditedLineWithAHashThatFitsItBreaksTheNextOne() throws IOException {
    List<String> lines = lines();
    String before = hashOf(lines.get(3));
    String body = bodyOf(lines.get(4)).replace("layer 5", "layer 6");
    lines.set(4, chained(before, body));
    write(lines);

    assertThat(found()).hasValueSatisfying(told -> assertThat(told).contains("line 6"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, LINES - 1})
  void aLineThatIsGoneIsNamed(int number) throws IOException {
    List<String> lines = lines();
    lines.remove(number - 1);
    write(lines);

    assertThat(found()).hasValueSatisfying(told -> assertThat(told).contains("line " + number));
  }

  @Test
  void linesThatChangedPlacesAreNamed() throws IOException {
    List<String> lines = lines();
    lines.add(3, lines.remove(6));
    write(lines);

    assertThat(found()).hasValueSatisfying(told -> assertThat(told).contains("line 4"));
  }

  @Test
  void aLineThatWasPutInIsNamed() throws IOException {
    List<String> lines = lines();
    lines.add(3, lines.get(2));
    write(lines);

    assertThat(found()).hasValueSatisfying(told -> assertThat(told).contains("line 4"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, LINES - 1})
  void aLogThatWasCutIsNamedByTheLineAfterWhichItIsCut(int left) throws IOException {
    write(lines().subList(0, left));

    assertThat(found()).hasValueSatisfying(told -> assertThat(told).contains("line " + (left + 1)));
  }

  @Test
  void aCutIsFoundHoweverOftenTheCityWasOpenedSince() throws IOException {
    write(lines().subList(0, 4));
    for (int i = 0; i < 3; i++) {
      try (GeoPackageCityStore city = GeoPackageCityStore.open(folder)) {
        city.audit().append("bruno", "sign-in", "nothing to see here");
      }
    }

    assertThat(found()).hasValueSatisfying(told -> assertThat(told).contains("line 5"));
    assertThat(lines()).hasSize(4 + 1 + 3);
    assertThat(lines().get(4)).contains("the log went to line " + LINES);
  }

  @Test
  void aLogWrittenAnewFromTheStartIsNotTheOneThatTheFolderKnew() throws IOException {
    List<String> forged = new ArrayList<>();
    String hash = ChainedAuditLog.FIRST;
    for (String line : lines()) {
      String next = chained(hash, bodyOf(line).replace("alicia", "brunoo"));
      forged.add(next);
      hash = hashOf(next);
    }
    write(forged);

    assertThat(found())
        .hasValueSatisfying(told -> assertThat(told).contains("line " + (LINES + 1), "rewritten"));
  }

  @Test
  void whatSomebodyWritesCannotEndALineOrLookLikeOne() throws IOException {
    String forged =
        "x\"}\n{\"n\":99,\"at\":\"2026-01-01T00:00:00Z\",\"actor\":\"store\",\"action\":\"break\"\u001b[2J\u202e";
    try (GeoPackageCityStore city = GeoPackageCityStore.open(folder)) {
      city.audit().append("bruno\n" + forged, "say " + forged, forged);
      assertThat(city.audit().findBreak()).isEmpty();
      List<AuditLog.Line> read = new ArrayList<>();
      city.audit()
          .readBack(
              Long.MAX_VALUE,
              line -> {
                read.add(line);
                return false;
              });
      assertThat(read.getFirst().number()).isEqualTo(LINES + 1);
      assertThat(read.getFirst().detail()).isEqualTo(forged);
    }
    assertThat(lines()).hasSize(LINES + 1);
    assertThat(Files.readString(log)).doesNotContain("\u001b", "\u202e");
    assertThat(found()).isEmpty();
  }

  private static String bodyOf(String line) {
    return line.substring(0, line.lastIndexOf(ChainedAuditLog.HASH_KEY));
  }

  private static String hashOf(String line) {
    int at = line.lastIndexOf(ChainedAuditLog.HASH_KEY) + ChainedAuditLog.HASH_KEY.length();
    return line.substring(at, at + 64);
  }

  private static String chained(String before, String body) {
    byte[] bytes = (before + "\n" + body).getBytes(StandardCharsets.UTF_8);
    String hash = HexFormat.of().formatHex(DurableFiles.sha256().digest(bytes));
    return body + ChainedAuditLog.HASH_KEY + hash + "\"}";
  }
}
