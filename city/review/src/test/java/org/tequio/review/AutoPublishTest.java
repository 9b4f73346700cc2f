package org.tequio.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.catalogue.LayerSettings;
import org.tequio.catalogue.PublishingRules;
import org.tequio.feature.Language;
import org.tequio.http.Caller;
import org.tequio.identity.Person;

/** A layer whose own rules let small changes pass; Gloria administers the map. */
class AutoPublishTest {
  private static final int COUNT = 300;

  @TempDir Path folder;
  private TrialReview city;
  private Person gloria;
  private Map<String, String> parcels;

  @BeforeEach
  void open() throws IOException {
    city = TrialReview.create(folder);
    gloria =
        city.identity.invite(
            "Gloria",
            "gloria@tequio.org",
            Language.ES,
            List.of(new Caller.Holding("gis-admin", null)),
            "admin");
    parcels = TrialReview.cadastre(COUNT, true);
    city.publish(parcels);
  }

  @AfterEach
  void close() {
    city.close();
  }

  private void rules(PublishingRules rules) {
    city.catalogue
        .stewardship()
        .save(TrialReview.PARCELS, LayerSettings.EMPTY.withRules(rules), 0, "gloria");
  }

  private Submission submitted(int changed) throws IOException {
    Map<String, String> next = new HashMap<>(parcels);
    for (int i = 0; i < changed; i++) {
      next.put("P%06d".formatted(i), TrialReview.parcel(i, 0, 9, true));
    }
    return city.submissions().submit(city.handIn(next).id(), "alicia");
  }

  private String told() {
    return city.identity.personalData().getFirst().heldAbout(gloria.id()).toString();
  }

  @Test
  void withoutRulesOfItsOwnALayerIsReviewed() throws IOException {
    String before = city.hash();

    Submission waiting = submitted(1);

    assertThat(waiting.state()).isEqualTo(SubmissionState.IN_REVIEW);
    assertThat(city.hash()).isEqualTo(before);
    assertThat(told()).contains("Submission to review").doesNotContain("own rules");
  }

  @Test
  void whatGoesBeyondTheRulesIsReviewedAndTheReasonsAreSaid() throws IOException {
    rules(new PublishingRules(true, 0.01, 0.02, true));
    String before = city.hash();

    Submission waiting = submitted(7);

    assertThat(waiting.state()).isEqualTo(SubmissionState.IN_REVIEW);
    assertThat(waiting.reasons())
        .singleElement()
        .satisfies(why -> assertThat(why.en()).contains("more features change"));
    assertThat(city.hash()).isEqualTo(before);
  }

  @Test
  void whatKeepsToTheRulesIsPublishedAtOnceAndTheReviewersLearnOfIt() throws IOException {
    rules(new PublishingRules(true, 0.01, 0.02, false));
    String before = city.hash();

    Submission published = submitted(6);

    assertThat(published.state()).isEqualTo(SubmissionState.PUBLISHED);
    assertThat(published.revision()).isPositive();
    assertThat(city.hash()).isNotEqualTo(before);
    assertThat(city.store.listWaiting()).isEmpty();
    assertThat(told())
        .contains("Published by the layer's own rules")
        .doesNotContain("Submission to review");
  }
}
