package org.tequio.harvest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.harvest.HarvestRun.Outcome;
import org.tequio.http.Egress;
import org.tequio.http.EgressRules;
import org.tequio.identity.IdentityConfig;
import org.tequio.identity.IdentityModule;
import org.tequio.identity.Organisation;
import org.tequio.review.ReviewModule;
import org.tequio.review.Submission;
import org.tequio.review.SubmissionState;
import org.tequio.review.SubmissionState.Verb;
import org.tequio.review.Submissions;

/** What is pulled goes the way of every new version: checked, compared, reviewed. */
class HarvestReviewTest {
  @TempDir Path folder;
  private TrialHarvest city;
  private Submissions submissions;
  private Neighbour neighbour;
  private Source source;

  @BeforeEach
  void open() throws IOException {
    city = new TrialHarvest(folder);
    IdentityModule identity =
        new IdentityModule(
            city.store,
            city.folder,
            IdentityConfig.DEFAULT,
            Clock.systemUTC(),
            () -> List.of(Organisation.department("Obras")));
    ReviewModule review =
        new ReviewModule(
            city.store,
            city.catalogue,
            identity,
            new Egress(EgressRules.STANDARD),
            city.folder.resolve("review"),
            Clock.systemUTC());
    submissions = review.submissions();
    city.deliversTo(new ReviewDelivery(submissions));
    neighbour = new Neighbour(new FaultyWfs(60));
    source = city.add(SourceKind.WFS, neighbour.url("/wfs"));
  }

  @AfterEach
  void close() throws IOException {
    neighbour.close();
    city.close();
  }

  private Submission submission(HarvestRun run) {
    return submissions.find(Long.parseLong(String.valueOf(run.submission()))).orElseThrow();
  }

  private void approve(HarvestRun run) {
    submissions.act(submission(run).id(), Verb.APPROVE, "alicia", "Alicia", "");
  }

  @Test
  void whatCannotBeReadAsALayerIsSaidAndNothingWaits() throws Exception {
    neighbour.becomes(asked -> asked.reply(200, "application/zip", "PK, not really"));
    Source file = city.add(SourceKind.HTTP, neighbour.url("/entrega.zip"));

    HarvestRun run = city.pull(file);

    assertThat(run.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(run.reason()).isNotNull();
    assertThat(city.layers()).isEmpty();
  }

  @Test
  void aNewLayerWaitsForReviewAndIsPublishedWhenApproved() throws Exception {
    HarvestRun run = city.pull(source);

    assertThat(run.outcome()).isEqualTo(Outcome.SUBMITTED);
    assertThat(submission(run).state()).isEqualTo(SubmissionState.IN_REVIEW);
    assertThat(city.layers()).isEmpty();
    approve(run);
    assertThat(city.count()).isEqualTo(60);
  }

  @Test
  void theNextPullIsComparedWithWhatIsPublished() throws Exception {
    approve(city.pull(source));
    neighbour.becomes(new FaultyWfs(63));

    HarvestRun run = city.pull(source);

    var change = submission(run).layers().getFirst();
    assertThat(change.outcome()).isEqualTo("replaced");
    assertThat(change.summary().added()).isEqualTo(3);
    assertThat(change.summary().removed()).isZero();
    assertThat(change.doubtful()).isZero();
    assertThat(city.count()).isEqualTo(60);
  }

  @Test
  void aNewerPullTakesBackTheOneThatNobodyHasLookedAt() throws Exception {
    HarvestRun first = city.pull(source);
    neighbour.becomes(new FaultyWfs(63));

    HarvestRun second = city.pull(source);

    assertThat(submission(first).state()).isEqualTo(SubmissionState.WITHDRAWN);
    assertThat(submission(second).state()).isEqualTo(SubmissionState.IN_REVIEW);
  }

  @Test
  void aFailedPullLeavesWhatWaitsAndWhatIsPublished() throws Exception {
    HarvestRun waiting = city.pull(source);
    String published = city.published();
    neighbour.becomes(asked -> asked.reply(200, "text/html", "<html>Mantenimiento</html>"));

    assertThat(city.reason(source)).contains("web page");

    assertThat(city.published()).isEqualTo(published);
    assertThat(submission(waiting).state()).isEqualTo(SubmissionState.IN_REVIEW);
  }
}
