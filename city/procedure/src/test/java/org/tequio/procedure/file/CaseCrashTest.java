package org.tequio.procedure.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.Progress;
import org.tequio.testing.KilledProgram;

/**
 * The process is killed while it files, takes payments and decides, which changes the map, again
 * and again on the same city: what was acknowledged is there, once and whole. {@code
 * -Dtequio.kills=200} for more rounds.
 */
class CaseCrashTest {
  private static final int KILLS = Integer.getInteger("tequio.kills", 5);
  private static final String TIME = "2025-09-12T10:00";
  private static final int WORKERS = 3;

  @TempDir Path folder;

  /**
   * What the victim does: files, pays and decides without an end, and says what was acknowledged.
   */
  static final class Victim {
    private Victim() {}

    public static void main(String[] arguments) {
      TrialOffice city = TrialOffice.open(Path.of(arguments[0]), TrialOffice.at(TIME));
      String round = arguments[1];
      System.out.println("ready");
      for (int i = 0; i < WORKERS; i++) {
        String worker = round + "-" + i;
        Thread.ofPlatform().start(() -> work(city, worker, arguments[2], arguments[3]));
      }
    }

    private static void work(TrialOffice city, String worker, String bruno, String alicia) {
      for (int n = 0; ; n++) {
        String id = worker + "-" + n;
        CaseFile draft = city.draft(id, n % 2 == 0 ? "pr.cara" : "pr.negativa", bruno, id);
        CaseFile filed = city.desk().file(id, draft.version(), bruno);
        if (filed.state() instanceof CaseState.AwaitingPayment waiting) {
          String event = "evt-" + id;
          for (int again = 0; again < 2; again++) {
            String outcome =
                city.pay(event, waiting.reference(), waiting.terms().cents(), city.clock.instant());
            KilledProgram.say(System.out, "paid " + id + " " + outcome);
          }
          filed = city.find(id);
        }
        KilledProgram.say(System.out, "filed " + id + " " + filed.getFiling().folio());
        CaseFile taken = city.desk().assign(id, filed.version(), alicia, alicia);
        city.desk().decide(id, taken.version(), alicia, true, "cumple");
        KilledProgram.say(System.out, "granted " + id + " yes");
      }
    }
  }

  @Test
  void killedAtAnyMomentNothingIsLostDoubledOrHalfDone() throws Exception {
    Random random = new Random(20261126);
    String bruno;
    String alicia;
    try (TrialOffice city = TrialOffice.createMapped(folder, TIME)) {
      bruno = city.person("bruno");
      alicia = city.person("alicia", TrialOffice.OFFICE);
    }
    int acknowledged = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      List<String> said =
          KilledProgram.promisesOf(
              Victim.class,
              List.of(folder.toString(), "k" + kill, bruno, alicia),
              1 + random.nextInt(12),
              random.nextInt(25));
      acknowledged += said.size();
      try (TrialOffice city = TrialOffice.open(folder, TrialOffice.at(TIME))) {
        city.files.tick();
        assertAcknowledgedIsThere(city, said);
        assertNothingIsDoubledOrHalf(city, bruno);
        assertTheMapSaysWhatWasGranted(city, bruno);
        if (kill == KILLS - 1) {
          assertThat(city.store.verify(Progress.NONE)).isEmpty();
        }
      }
    }
    assertThat(acknowledged).isGreaterThanOrEqualTo(KILLS);
    System.err.println(KILLS + " kills, " + acknowledged + " acknowledged, none lost");
  }

  private static void assertAcknowledgedIsThere(TrialOffice city, List<String> said) {
    for (String line : said) {
      String[] words = line.split(" ");
      CaseFile file = city.find(words[1]);
      switch (words[0]) {
        case "filed" -> assertThat(file.getFiling().folio()).as(line).isEqualTo(words[2]);
        case "granted" -> assertThat(file.state()).as(line).isInstanceOf(CaseState.Granted.class);
        case "paid" -> assertThat(file.filing()).as(line).isNotNull();
        default -> throw new AssertionError(line);
      }
    }
  }

  private static void assertNothingIsDoubledOrHalf(TrialOffice city, String bruno) {
    Set<String> folios = new HashSet<>();
    Map<Long, String> numbers = new TreeMap<>();
    long steps = 0;
    for (CaseFile file : city.desk().tables().listOf(bruno, "", Integer.MAX_VALUE)) {
      List<CaseStep> history = city.desk().tables().history(file.id());
      steps += history.size();
      assertThat(history.stream().filter(step -> step.verb() == Verb.FILE).count())
          .as("filings of " + file.id())
          .isEqualTo(file.filing() == null ? 0 : 1);
      assertThat(history.isEmpty() ? 1 : history.getLast().version())
          .as("the last step of " + file.id())
          .isEqualTo(file.version());
      CaseFile.Filing filing = file.filing();
      if (filing != null) {
        assertThat(folios.add(filing.folio())).as(filing.folio()).isTrue();
        numbers.put(Long.valueOf(filing.folio().substring(8, 14)), file.id());
        assertThat(filing.payment() == null).isEqualTo(filing.terms().cents() == 0);
      }
    }
    assertThat(numbers.keySet().stream().mapToLong(Long::longValue).max().orElse(0))
        .as("folios without a gap")
        .isEqualTo(numbers.size());
    List<String> audited = city.audited();
    assertThat(audited).as("every step in the audit log once").hasSize((int) steps);
    assertThat(new HashSet<>(audited)).hasSize((int) steps);
    assertThat(city.store.audit().findBreak()).isEmpty();
  }

  private static void assertTheMapSaysWhatWasGranted(TrialOffice city, String bruno) {
    List<String> granted = new ArrayList<>();
    for (CaseFile file : city.desk().tables().listOf(bruno, "", Integer.MAX_VALUE)) {
      List<MapTables.Written> written = city.desk().decisions().written(file.id());
      boolean isGranted = file.state() instanceof CaseState.Granted;
      assertThat(written).as("what " + file.id() + " changed").hasSize(isGranted ? 1 : 0);
      if (isGranted) {
        granted.add(file.getFiling().folio());
        assertThat(written.getFirst().line().says()).isNull();
        assertThat(written.getFirst().revision()).isPositive();
      }
    }
    assertThat(new PinMap(city.store).folios())
        .as("each decision on the map once, and nothing else")
        .containsExactlyInAnyOrderElementsOf(granted);
  }
}
