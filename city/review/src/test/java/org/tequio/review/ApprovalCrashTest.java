package org.tequio.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.review.SubmissionState.Verb;

/** The process is killed while it publishes: afterwards all of it happened, or none of it. */
class ApprovalCrashTest {
  private static final int KILLS = Integer.getInteger("tequio.kills", 4);

  @TempDir Path folder;

  /** What the victim does: approves whatever it is told to. */
  static final class Victim {
    private Victim() {}

    public static void main(String[] arguments) throws IOException {
      TrialReview city = TrialReview.open(Path.of(arguments[0]));
      System.out.println("ready");
      city.submissions().act(Long.parseLong(arguments[1]), Verb.APPROVE, "gloria", "Gloria", "");
      System.out.println("done");
      while (true) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void aKillBetweenApprovalAndPublicationLeavesEither() throws Exception {
    Random random = new Random(20211125);
    Map<String, String> parcels = new HashMap<>(TrialReview.cadastre(2000, true));
    try (TrialReview city = TrialReview.create(folder)) {
      city.publish(parcels);
    }
    int published = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      parcels.put("P000003", TrialReview.parcel(3, 0, 50 + kill, true));
      long id;
      String before;
      try (TrialReview city = TrialReview.open(folder)) {
        before = city.hash();
        id = city.handIn(parcels).id();
        city.submissions().submit(id, "alicia");
      }
      boolean acknowledged = killWhileApproving(id, random.nextInt(60));
      try (TrialReview city = TrialReview.open(folder)) {
        Submission after = city.submissions().find(id).orElseThrow();
        boolean isNew = !city.hash().equals(before);
        assertThat(after.state())
            .isEqualTo(isNew ? SubmissionState.PUBLISHED : SubmissionState.IN_REVIEW);
        assertThat(isNew || !acknowledged).as("what was acknowledged is there").isTrue();
        assertThat(city.store.verify(org.tequio.feature.Progress.NONE)).isEmpty();
        if (!isNew) {
          city.submissions().act(id, Verb.WITHDRAW, "alicia", "Alicia", "");
        }
        assertThat(city.store.listWaiting()).isEmpty();
        published += isNew ? 1 : 0;
      }
    }
    assertThat(published).isBetween(0, KILLS);
  }

  private boolean killWhileApproving(long id, int millis) throws Exception {
    Process victim =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                folder.toString(),
                Long.toString(id))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(victim.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(out.readLine()).isEqualTo("ready");
      TimeUnit.MILLISECONDS.sleep(millis);
      victim.toHandle().destroyForcibly();
      boolean done = "done".equals(out.readLine());
      victim.waitFor();
      return done;
    }
  }
}
