package org.tequio.procedure.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tequio.procedure.file.TrialOffice.at;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.LocalText;
import org.tequio.procedure.Silence;
import org.tequio.procedure.term.Due;
import org.tequio.procedure.term.Suspension;

/** Bruno's files, from his draft to their end. */
class CaseLifeTest {
  @TempDir Path folder;
  private TrialOffice city;
  private String bruno = "";
  private String alicia = "";
  private String gloria = "";

  @BeforeEach
  void open() {
    city = TrialOffice.create(folder, "2025-09-12T10:00");
    bruno = city.person("bruno");
    alicia = city.person("alicia", TrialOffice.OFFICE);
    gloria = city.person("gloria", TrialOffice.OFFICE);
  }

  @AfterEach
  void close() {
    city.close();
  }

  private static void assertRefused(String kind, ThrowingCallable step) {
    assertThatThrownBy(step)
        .isInstanceOfSatisfying(
            CaseRefused.class, refused -> assertThat(refused.kind()).isEqualTo(kind));
  }

  // ---- silence

  @Test
  void aFileFallsToSilenceOverAWeekendAHolidayAndASuspensionAlsoWhereTheServerWasDown() {
    city.filed("c1", "pr.negativa", bruno);
    city.use(
        TrialOffice.mexico()
            .with(
                TrialOffice.OFFICE,
                new Suspension(
                    LocalDate.parse("2025-09-18"),
                    LocalDate.parse("2025-09-19"),
                    LocalText.same("sismo"),
                    "Gaceta 1234",
                    LocalDate.parse("2025-09-18"),
                    Set.of())));
    city.clock.moveTo("2025-09-24T23:59");
    city.files.tick();
    assertThat(city.find("c1").state()).isEqualTo(new CaseState.Filed());

    // Nobody looked for a week.
    city.clock.moveTo("2025-10-01T08:00");
    city.files.tick();

    assertThat(city.find("c1").state())
        .isInstanceOfSatisfying(
            CaseState.FellSilent.class,
            silent -> {
              assertThat(silent.at()).isEqualTo(at("2025-09-25T00:00"));
              assertThat(silent.written()).isEqualTo(at("2025-10-01T08:00"));
              assertThat(silent.effect()).isEqualTo(Silence.Effect.NEGATIVE);
              assertThat(silent.appeal())
                  .extracting(appeal -> appeal.says().es())
                  .asString()
                  .contains("Recurso de inconformidad")
                  .contains("15 días hábiles");
            });
    CaseStep last = city.desk().tables().history("c1").getLast();
    assertThat(last.actor()).isEqualTo(CaseStep.CLOCK);
    assertThat(last.since()).isEqualTo(at("2025-09-25T00:00"));
    Due due = city.desk().resolving(city.find("c1")).orElseThrow();
    assertThat(due.steps())
        .extracting(step -> step.text().es())
        .anyMatch(text -> text.contains("Día de la Independencia"))
        .anyMatch(text -> text.contains("sismo (Gaceta 1234"));
  }

  @Test
  void whatHasFallenSilentIsNotMovedByASuspensionPublishedAfterwards() {
    city.filed("c1", "pr.afirmativa", bruno);
    city.clock.moveTo("2025-09-23T09:00");
    city.files.tick();
    CaseState before = city.find("c1").state();

    city.use(
        TrialOffice.mexico()
            .with(
                TrialOffice.OFFICE,
                new Suspension(
                    LocalDate.parse("2025-09-15"),
                    LocalDate.parse("2025-09-30"),
                    LocalText.same("tardía"),
                    "Gaceta 2",
                    LocalDate.parse("2025-09-23"),
                    Set.of())));

    assertThat(before).isInstanceOf(CaseState.FellSilent.class);
    assertThat(city.find("c1").state()).isEqualTo(before);
  }

  @Test
  void afterAPositiveSilenceNobodyRefusesAndAfterANegativeOneTheOfficeStillMayResolve() {
    city.taken("yes", "pr.afirmativa", bruno, alicia);
    city.taken("no", "pr.negativa", bruno, alicia);
    city.clock.moveTo("2025-10-15T10:00");

    // The clock has not run: the office is still too late.
    assertRefused(
        "case-changed",
        () -> city.desk().decide("yes", city.find("yes").version(), alicia, false, "tarde"));
    assertRefused(
        "case-state",
        () -> city.desk().decide("yes", city.find("yes").version(), alicia, false, "tarde"));
    city.files.tick();
    CaseFile late = city.desk().decide("no", city.find("no").version(), alicia, true, "cumple");

    assertThat(late.state()).isInstanceOf(CaseState.Granted.class);
  }

  @Test
  void remindersComeBeforeItFallsDueAndOnceWhereSeveralWereMissed() {
    city.taken("c1", "pr.negativa", bruno, alicia);
    city.clock.moveTo("2025-09-22T15:00");
    city.files.tick();
    city.files.tick();

    assertThat(city.desk().tables().history("c1"))
        .extracting(CaseStep::verb)
        .containsExactly(Verb.FILE, Verb.ASSIGN, Verb.REMIND);
  }

  @Test
  void aShortTermRemindsNobodyOfWhatWasJustSaid() {
    city.filed("c1", "pr.corta", bruno);
    city.clock.moveTo("2025-09-13T10:00");
    city.files.tick();
    List<CaseStep> early = city.desk().tables().history("c1");
    city.clock.moveTo("2025-09-17T08:00");
    city.files.tick();

    assertThat(early).extracting(CaseStep::verb).containsExactly(Verb.FILE);
    assertThat(city.desk().tables().history("c1"))
        .extracting(CaseStep::verb)
        .containsExactly(Verb.FILE, Verb.REMIND);
  }

  // ---- filing

  @Test
  void theSameFilingTwiceIsOneFile() {
    CaseFile draft = city.draft("c1", "pr.negativa", bruno, "bakery");
    CaseFile first = city.desk().file("c1", draft.version(), bruno);
    CaseFile again = city.desk().file("c1", draft.version(), bruno);
    CaseFile copy = city.draft("c2", "pr.negativa", bruno, "bakery");

    assertThat(again).isEqualTo(first);
    assertThatThrownBy(() -> city.desk().file("c2", copy.version(), bruno))
        .isInstanceOf(CaseRefused.class)
        .hasMessageContaining(first.getFiling().folio());
    assertThat(city.filed("c3", "pr.negativa", bruno).getFiling().folio())
        .isEqualTo(CheckDigits.append("DU-2025-000002"));
  }

  @Test
  void foliosHaveNoGapsAndBeginAnewEachYearOfTheOffice() {
    city.filed("c1", "pr.negativa", bruno);
    assertRefused(
        "not-to-be-filed",
        () ->
            city.desk()
                .file("x", city.draft("x", "pr.negativa", bruno, "nothing").version(), bruno));
    city.filed("c2", "pr.negativa", bruno);
    city.clock.moveTo("2025-12-31T23:30");
    city.filed("c3", "pr.negativa", bruno);
    city.clock.moveTo("2026-01-01T00:10");
    city.filed("c4", "pr.negativa", bruno);

    assertThat(List.of("c1", "c2", "c3", "c4"))
        .extracting(city::folio)
        .allMatch(CheckDigits::areRight)
        .extracting(folio -> folio.substring(0, 14))
        .containsExactly("DU-2025-000001", "DU-2025-000002", "DU-2025-000003", "DU-2026-000001");
  }

  @Test
  void checkDigitsFindEveryWrongCharacterAndEveryExchange() {
    String folio = CheckDigits.append("DU-2025-000123");
    for (int i = 0; i < folio.length() - 1; i++) {
      char c = folio.charAt(i);
      char d = folio.charAt(i + 1);
      if (c != '-') {
        for (char other = '0'; other <= '9'; other++) {
          String wrong = folio.substring(0, i) + other + folio.substring(i + 1);
          assertThat(CheckDigits.areRight(wrong)).as(wrong).isEqualTo(other == c);
        }
      }
      if (c != '-' && d != '-' && c != d) {
        String exchanged = folio.substring(0, i) + d + c + folio.substring(i + 2);
        assertThat(CheckDigits.areRight(exchanged)).as(exchanged).isFalse();
      }
    }
  }

  @Test
  void aDraftSavedElsewhereIsNotOverwrittenAndSavingTheSameTwiceSavesOne() {
    CaseFile draft = city.draft("c1", "pr.negativa", bruno, "bakery");
    CaseFile same = city.draft("c1", "pr.negativa", bruno, "bakery");
    city.desk().save("c1", draft.version(), bruno, "pr.negativa", Map.of("use", "forge"));

    assertThat(same).isEqualTo(draft);
    assertRefused(
        "case-changed",
        () ->
            city.desk().save("c1", draft.version(), bruno, "pr.negativa", Map.of("use", "tavern")));
    assertThat(city.find("c1").inputs()).containsEntry("use", "forge");
  }

  // ---- the office

  @Test
  void twoOfficersCannotDecideTheSameFileAndTheSecondLearnsWhoDid() {
    CaseFile taken = city.taken("c1", "pr.negativa", bruno, alicia);
    city.desk().decide("c1", taken.version(), alicia, true, "cumple");

    assertThatThrownBy(() -> city.desk().decide("c1", taken.version(), gloria, false, "no"))
        .isInstanceOf(CaseRefused.class)
        .hasMessageContaining("alicia, grant");
    assertThat(city.find("c1").state()).isInstanceOf(CaseState.Granted.class);
  }

  @Test
  void aPreventionLetsTheTermStandStillAndCanBeMadeOnce() {
    CaseFile taken = city.taken("c1", "pr.negativa", bruno, alicia);
    city.clock.moveTo("2025-09-17T11:00");
    CaseFile asked = city.desk().prevent("c1", taken.version(), alicia, "falta el plano");
    city.clock.moveTo("2025-09-23T11:00");
    city.files.tick();
    CaseFile answered =
        city.desk().answer("c1", city.find("c1").version(), bruno, Map.of("plan", "sí"));

    // 15 and 17 had counted; the next are 24, 25 and 26.
    assertThat(((Due.On) city.desk().due(answered).orElseThrow()).day()).isEqualTo("2025-09-26");
    assertThat(city.desk().resolving(asked).orElseThrow()).isInstanceOf(Due.Standing.class);
    assertRefused(
        "no-prevention-left",
        () -> city.desk().prevent("c1", answered.version(), alicia, "falta otra cosa"));
  }

  @Test
  void whoDoesNotCompleteItInTimeHasNotFiledIt() {
    CaseFile taken = city.taken("c1", "pr.negativa", bruno, alicia);
    city.desk().prevent("c1", taken.version(), alicia, "falta el plano");
    city.clock.moveTo("2025-09-24T09:00");
    city.files.tick();

    assertThat(city.find("c1").state())
        .isEqualTo(new CaseState.NotPresented(at("2025-09-23T00:00"), at("2025-09-24T09:00")));
    assertRefused(
        "case-state", () -> city.desk().answer("c1", city.find("c1").version(), bruno, Map.of()));
  }

  @Test
  void anOpinionThatPausesMovesTheDueDateAndIsGivenByTheOfficeThatWasAsked() {
    CaseFile taken = city.taken("c1", "pr.negativa", bruno, alicia);
    CaseFile asked = city.desk().ask("c1", taken.version(), alicia, "agua", "¿hay agua?", true);
    assertRefused(
        "case-state",
        () -> city.desk().opine("c1", asked.version(), gloria, "movilidad", true, "sí"));
    city.clock.moveTo("2025-09-18T10:00");
    CaseFile given = city.desk().opine("c1", asked.version(), gloria, "agua", true, "hay");

    assertThat(city.desk().due(asked).orElseThrow().end()).isEmpty();
    assertThat(((Due.On) city.desk().due(given).orElseThrow()).day()).isEqualTo("2025-09-25");
    assertThat(city.desk().tables().listAsked("agua", 10)).hasSize(1);
  }

  @Test
  void theInboxBeginsWithWhatFallsDueFirstAndGoesOnWhereThePageEnded() {
    city.taken("late", "pr.negativa", bruno, alicia);
    city.clock.moveTo("2025-09-11T10:00");
    for (int i = 0; i < 5; i++) {
      city.filed("c" + i, "pr.negativa", bruno);
    }
    CaseTables tables = city.desk().tables();

    var first = tables.inbox(TrialOffice.OFFICE, null, List.of(), null, 4);
    var second = tables.inbox(TrialOffice.OFFICE, null, List.of(), first.getLast().place(), 4);

    assertThat(first)
        .extracting(entry -> entry.file().id())
        .containsExactly("c0", "c1", "c2", "c3");
    assertThat(second).extracting(entry -> entry.file().id()).containsExactly("c4", "late");
    assertThat(tables.inbox(TrialOffice.OFFICE, null, List.of(alicia), null, 9)).hasSize(1);
    assertThat(tables.inbox("agua", null, List.of(), null, 9)).isEmpty();
    assertThat(tables.count(TrialOffice.OFFICE)).containsEntry("filed", 5L);
  }

  @Test
  void everyStepIsInTheAuditLogOnceAndInOrderAlsoWhereTheProcessEndedBeforeTellingIt() {
    CaseFile taken = city.taken("c1", "pr.negativa", bruno, alicia);
    CaseFile granted = city.desk().decide("c1", taken.version(), alicia, true, "cumple");
    city.desk().archive("c1", granted.version(), alicia, LocalDate.parse("2035-01-01"));
    city.store
        .database()
        .write(
            connection -> {
              CaseTables.insertStep(
                  connection,
                  granted,
                  city.clock.instant(),
                  city.clock.instant(),
                  alicia,
                  Verb.VISIT,
                  "",
                  null);
              return true;
            });
    city.close();

    city = TrialOffice.open(folder, at("2025-09-12T11:00"));
    city.files.tick();
    city.files.tick();

    assertThat(city.audited())
        .extracting(line -> line.substring(0, line.indexOf(" of")))
        .containsExactly(
            "case-file step 1",
            "case-assign step 2",
            "case-grant step 3",
            "case-archive step 4",
            "case-visit step 5");
    assertThat(city.find("c1").state()).isInstanceOf(CaseState.Archived.class);
  }

  @Test
  void erasedBrunoLeavesTheOfficesStepsAndNothingThatHeSaid() throws Exception {
    city.use(TrialOffice.withoutRetention());
    city.filed("c1", "pr.negativa", bruno);
    CaseFile draft = city.draft("c2", "pr.negativa", bruno, "secret");
    var attached =
        city.files
            .attachments()
            .add("c2", bruno, false, "plano.pdf", TrialOffice.text("%PDF-1.7 x"));
    var holder = city.files.personalData();
    assertThat(holder.heldAbout(bruno)).hasSize(2);

    city.store
        .database()
        .write(
            connection -> {
              holder.erase(connection, bruno);
              return true;
            });

    assertThat(city.desk().tables().find(draft.id())).isEmpty();
    assertThat(city.find("c1").inputs()).isEmpty();
    assertThatThrownBy(() -> city.store.blobs().open(attached.sha256()))
        .isInstanceOf(java.io.IOException.class);
  }
}
