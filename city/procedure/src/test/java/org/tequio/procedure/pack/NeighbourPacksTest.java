package org.tequio.procedure.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tequio.catalogue.dictionary.LayerDictionary;
import org.tequio.feature.Language;
import org.tequio.procedure.Answer;
import org.tequio.procedure.Procedure;

/** The packs of Brazil and Peru, as they travel inside the program. */
class NeighbourPacksTest {
  private static ReadPack read(String id) throws IOException {
    return new PackShelf(LayerDictionary.standard()).find(id).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"br, 8", "pe, 6"})
  void everyExampleComesOutAndTheUnhappyOnesAreAmongThem(String id, int fewest)
      throws IOException {
    ReadPack pack = read(id);

    assertThat(ExampleRun.all(pack)).allMatch(outcome -> outcome.passed());
    assertThat(pack.pack().listProcedures()).hasSizeGreaterThanOrEqualTo(fewest);
    for (Procedure procedure : pack.pack().listProcedures()) {
      List<Answer> answers =
          procedure.examples().stream().flatMap(one -> one.answers().values().stream()).toList();
      assertThat(procedure.examples()).as(procedure.id().value()).hasSizeGreaterThanOrEqualTo(3);
      assertThat(answers)
          .as(procedure.id().value())
          .contains(Answer.NO_DATA_HERE, Answer.COULD_NOT_ASK);
      assertThat(procedure.isToBeConfirmed()).as(procedure.id().value()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"br", "pe"})
  void theLinterFindsOnlyAmountsOfPastYears(String id) throws IOException {
    ReadPack pack = read(id);

    assertThat(pack.remarks()).isEmpty();
    assertThat(PackLint.of(pack, LocalDate.of(2026, 11, 26)))
        .extracting(fault -> fault.in(Language.EN))
        .allMatch(one -> one.startsWith("tables /figures/"));
  }
}
