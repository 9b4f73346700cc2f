package org.tequio.procedure.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tequio.catalogue.dictionary.LayerDictionary;
import org.tequio.procedure.Answer;
import org.tequio.procedure.Prevention;
import org.tequio.procedure.Procedure;
import org.tequio.procedure.ProcedureAnswer;
import org.tequio.procedure.ProcedureId;
import org.tequio.procedure.Term;
import org.tequio.procedure.rule.CompiledProcedure;
import org.tequio.procedure.rule.EntryReader;
import org.tequio.procedure.rule.Layers;
import org.tequio.procedure.rule.PlaceReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where the law draws a line, the Mexican pack draws it, too: at the threshold, just below it and
 * just above. The tables beside this class can be read by a lawyer.
 */
class ThresholdsTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 26);
  private static final ReadPack PACK = read();
  private static final Layers TOWN =
      Objects.requireNonNull(PACK.towns().get("town")).without(Set.of());

  private static ReadPack read() {
    try {
      return new PackShelf(LayerDictionary.standard()).find("mx").orElseThrow();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Stream<List<String>> rows(String file) throws IOException {
    try (InputStream in = Objects.requireNonNull(ThresholdsTest.class.getResourceAsStream(file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.startsWith("#"))
              .map(line -> Arrays.asList(line.split("\t", -1)))
              .toList()
              .stream();
    }
  }

  static Stream<List<String>> thresholds() throws IOException {
    return rows("thresholds.tsv");
  }

  static Stream<List<String>> silences() throws IOException {
    return rows("silence.tsv");
  }

  private static CompiledProcedure procedure(String id) {
    return Objects.requireNonNull(PACK.compiled().get(new ProcedureId(id)), id);
  }

  private static ProcedureAnswer ask(String id, Map<String, JsonNode> inputs) {
    CompiledProcedure procedure = procedure(id);
    return procedure.answer(
        TOWN, EntryReader.read(procedure, inputs, PlaceReader.ofMeters(TOWN.crs())), DAY);
  }

  @ParameterizedTest
  @MethodSource("thresholds")
  void theAnswerTurnsWhereTheLawSaysAndNowhereElse(List<String> row) {
    List<String> answers = List.of(row.get(6).split(","));
    for (int i = 0; i < 3; i++) {
      Map<String, JsonNode> inputs = new LinkedHashMap<>();
      JsonMapper.shared()
          .readTree(row.get(7))
          .properties()
          .forEach(one -> inputs.put(one.getKey(), one.getValue()));
      inputs.put(row.get(2), JsonMapper.shared().readTree(row.get(3 + i)));

      Optional<Answer> answer =
          ask(row.get(0), inputs).rules().stream()
              .filter(one -> one.rule().id().equals(row.get(1)))
              .findFirst()
              .map(ProcedureAnswer.RuleAnswer::answer);

      assertThat(answer.map(Answer::wireName))
          .as("%s %s = %s", row.get(0), row.get(2), row.get(3 + i))
          .contains(answers.get(i));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "sr.bache, 500, 92, obras",
    "sr.bache, 500, 292, alcaldia",
    "sr.bache, 452, 700, unknown",
    "sr.bache, 300, 560, unknown",
    "sr.luminaria, 212, 293, alcaldia"
  })
  void theClassOfTheStreetSaysWhichOfficeAndAnUnknownOneSaysNone(
      String id, int x, int y, String office) {
    String place = "{\"type\":\"Point\",\"coordinates\":[" + x + "," + y + "]}";

    ProcedureAnswer answer = ask(id, Map.of("place", JsonMapper.shared().readTree(place)));

    assertThat(Objects.toString(answer.office(), "unknown")).isEqualTo(office);
  }

  @ParameterizedTest
  @MethodSource("silences")
  void silenceMeansWhatTheLawSays(List<String> row) {
    Procedure procedure = procedure(row.get(0)).procedure();
    Prevention asked = procedure.prevention();

    assertThat(term(Objects.requireNonNull(procedure.deadline()).term())).isEqualTo(row.get(1));
    assertThat(procedure.silence().effect().wireName()).isEqualTo(row.get(2));
    assertThat(asked == null ? "none" : asked.times() + " time " + term(asked.cure()))
        .isEqualTo(row.get(3));
  }

  @Test
  void noProcedureThatCanFallSilentIsWithoutATerm() {
    assertThat(PACK.pack().listProcedures())
        .filteredOn(one -> one.deadline() == null)
        .allMatch(one -> one.silence().effect().wireName().equals("none"));
  }

  private static String term(Term term) {
    return term.amount() + " " + term.unit().wireName();
  }
}
