package org.tequio.procedure.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tequio.catalogue.dictionary.LayerDictionary;
import org.tequio.feature.Bbox;
import org.tequio.feature.Language;
import org.tequio.procedure.Answer;
import org.tequio.procedure.Procedure;

/** The packs of Brazil and Peru, as they travel inside the program. */
class NeighbourPacksTest {
  @TempDir Path own;

  private static ReadPack read(String id) throws IOException {
    return new PackShelf(LayerDictionary.standard()).find(id).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"br, 8", "pe, 6"})
  void everyExampleComesOutAndTheUnhappyOnesAreAmongThem(String id, int fewest) throws IOException {
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

  @ParameterizedTest
  @CsvSource({
    "-77.04, -12.05, pe",
    "-71.97, -13.52, pe",
    "-46.63, -23.55, br",
    "-99.13, 19.43, mx"
  })
  void aCityGetsThePackOfItsCountryAlsoWhereBoxesOverlap(double lon, double lat, String id)
      throws IOException {
    Bbox city = new Bbox(lon - 0.1, lat - 0.1, lon + 0.1, lat + 0.1);

    assertThat(new PackShelf(LayerDictionary.standard()).ofCity(own.resolve("none"), null, city))
        .containsOnlyKeys(id);
  }

  @Test
  void aCityWhoseOwnPackExtendsOneHasChosenIt() throws IOException {
    Path mine = Files.createDirectories(own.resolve("acre"));
    Files.writeString(
        mine.resolve("pack.yaml"),
        """
        id: acre
        version: "1"
        name: {es: "Cruzeiro do Sul", pt: "Cruzeiro do Sul", en: "Cruzeiro do Sul"}
        extends: br
        """);
    Bbox inBothBoxes = new Bbox(-72.8, -7.7, -72.6, -7.5);

    assertThat(new PackShelf(LayerDictionary.standard()).ofCity(own, null, inBothBoxes))
        .containsOnlyKeys("acre");
  }
}
