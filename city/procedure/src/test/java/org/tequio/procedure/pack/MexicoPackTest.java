package org.tequio.procedure.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tequio.catalogue.dictionary.LayerDictionary;
import org.tequio.feature.Language;
import org.tequio.procedure.Answer;
import org.tequio.procedure.ExampleOutcome;
import org.tequio.procedure.Handling;
import org.tequio.procedure.PackFault;
import org.tequio.procedure.Procedure;

/** The Mexican pack, as it travels inside the program. */
class MexicoPackTest {
  private static final ReadPack PACK = read();

  private static ReadPack read() {
    try {
      return new PackShelf(LayerDictionary.standard()).find("mx").orElseThrow();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void everyExampleComesOutAsThePackSays() {
    List<ExampleOutcome> failed =
        ExampleRun.all(PACK).stream().filter(outcome -> !outcome.passed()).toList();

    assertThat(failed).isEmpty();
  }

  @Test
  void everyProcedureIsTriedWhereNothingIsKnownAndWithoutALayer() {
    for (Procedure procedure : PACK.pack().listProcedures()) {
      List<Answer> answers =
          procedure.examples().stream().flatMap(one -> one.answers().values().stream()).toList();
      assertThat(answers)
          .as(procedure.id().value())
          .contains(Answer.NO_DATA_HERE, Answer.COULD_NOT_ASK);
    }
  }

  @Test
  void theInstantOnesAndTheServiceRequestsAreAllThere() {
    assertThat(PACK.pack().listProcedures().stream().map(Procedure::handling))
        .filteredOn(handling -> handling == Handling.INSTANT)
        .hasSize(20);
    assertThat(PACK.pack().listProcedures().stream().map(Procedure::handling))
        .filteredOn(handling -> handling == Handling.DISPATCHED)
        .hasSize(17);
  }

  @Test
  void theLinterFindsOnlyAmountsOfPastYears() {
    List<String> found =
        PackLint.of(PACK, LocalDate.of(2026, 11, 26)).stream()
            .map(fault -> fault.in(Language.EN))
            .toList();

    assertThat(found).allMatch(one -> one.startsWith("tables /figures/"));
  }

  @Test
  void nothingThatNobodyConfirmedIsShownAsCertain() {
    assertThat(PACK.pack().listProcedures()).allMatch(Procedure::isToBeConfirmed);
  }

  @Test
  void nothingIsLeftUntranslatedOrUnfounded() {
    assertThat(PACK.remarks()).extracting(PackFault::message).isEmpty();
  }
}
