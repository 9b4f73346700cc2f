package org.tequio.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tequio.feature.Feature;
import org.tequio.feature.FeatureId;
import org.tequio.feature.Progress;
import org.tequio.review.SubmissionState.Verb;
import org.tequio.storage.AsOf;
import org.tequio.storage.Edit;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.Revision;

/** A version with known changes is handed in: the comparison must list these and no others. */
class PlantedChangesTest {
  private static final Revision.Note BRUNO = new Revision.Note("bruno", "api", "by hand");

  @TempDir Path folder;

  /** One percent: some gone, some new, some moved, some with other attributes, some with both. */
  private static Map<String, String> plant(Map<String, String> before, int count, boolean withKey) {
    Map<String, String> after = new HashMap<>(before);
    List<String> keys = List.copyOf(new java.util.TreeSet<>(before.keySet()));
    int each = count / 500;
    for (int i = 0; i < each; i++) {
      after.remove(keys.get(i * 37 + 5));
      int moved = i * 37 + 11;
      after.put(keys.get(moved), TrialReview.parcel(moved, 1.5, moved % 5 + 1, withKey));
      int edited = i * 37 + 17;
      after.put(keys.get(edited), TrialReview.parcel(edited, 0, 40, withKey));
      int both = i * 37 + 23;
      after.put(keys.get(both), TrialReview.parcel(both, 0.8, 41, withKey));
      int fresh = count + 3000 + i * 3;
      after.put("N" + i, TrialReview.parcel(fresh, 0, 2, withKey));
    }
    return after;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ofFortyThousandParcelsExactlyThePlantedOnesAreListed(boolean withKey) throws Exception {
    int count = 40_000;
    int each = count / 500;
    Map<String, String> before = TrialReview.cadastre(count, withKey);
    try (TrialReview city = TrialReview.create(folder)) {
      city.publish(before);
      String published = city.hash();
      Map<Long, String> wasAt = places(city, AsOf.NOW);

      Submission submission = city.handIn(plant(before, count, withKey));

      assertThat(submission.state()).isEqualTo(SubmissionState.DRAFT);
      Submission.LayerChange change = submission.layers().getFirst();
      assertThat(change.summary())
          .isEqualTo(new DiffSummary(each, each, each, each, each, count - 4L * each));
      assertThat(change.doubtful()).isZero();
      assertThat(city.hash()).isEqualTo(published);

      city.submissions().submit(submission.id(), "alicia");
      Submission done =
          city.submissions().act(submission.id(), Verb.APPROVE, "gloria", "Gloria", "");
      assertThat(done.state()).isEqualTo(SubmissionState.PUBLISHED);
      assertThat(city.hash()).isNotEqualTo(published);
      LayerComparison compared =
          city.module.compare(
              TrialReview.PARCELS,
              new AsOf.AtRevision(done.revision() - 1),
              new AsOf.AtRevision(done.revision()),
              Progress.NONE);
      assertThat(compared.summary()).isEqualTo(change.summary());
      assertThatUnchangedFeaturesKeptTheirIds(city, compared, wasAt);

      city.store.undo(done.revision(), BRUNO);
      assertThat(city.hash()).isEqualTo(published);
    }
  }

  private static Map<Long, String> places(TrialReview city, AsOf asOf) {
    Map<Long, String> places = new HashMap<>();
    city.store
        .features()
        .scan(
            TrialReview.PARCELS,
            FeatureQuery.ALL.at(asOf),
            row -> {
              byte[] wkb = java.util.Objects.requireNonNull(row.wkb());
              int from = row.wkbOffset();
              places.put(
                  row.id(),
                  org.tequio.feature.Wkb.getDouble(wkb, from + 13)
                      + " "
                      + org.tequio.feature.Wkb.getDouble(wkb, from + 21));
              return true;
            });
    return places;
  }

  private static void assertThatUnchangedFeaturesKeptTheirIds(
      TrialReview city, LayerComparison compared, Map<Long, String> wasAt) throws IOException {
    Set<Long> changed = new HashSet<>();
    compared.changes().list(0, 100_000).forEach(one -> changed.add(one.feature()));
    Map<Long, String> isAt = places(city, AsOf.NOW);
    isAt.forEach(
        (id, place) -> {
          if (!changed.contains(id)) {
            assertThat(place).isEqualTo(wasAt.get(id));
          }
        });
  }

  @Test
  void aVersionThatChangesNothingIsNotASubmission() throws IOException {
    Map<String, String> parcels = TrialReview.cadastre(300, true);
    try (TrialReview city = TrialReview.create(folder)) {
      city.publish(parcels);

      Submission same = city.handIn(parcels);

      assertThat(same.state()).isEqualTo(SubmissionState.FAILED);
      assertThat(same.reasons().getFirst().en()).contains("changes nothing");
      assertThat(city.store.listWaiting()).isEmpty();
    }
  }

  @Test
  void aVersionThatLosesAThirdOfTheParcelsRaisesAnAlarm() throws IOException {
    Map<String, String> parcels = TrialReview.cadastre(300, true);
    try (TrialReview city = TrialReview.create(folder)) {
      city.publish(parcels);
      Map<String, String> fewer = new HashMap<>(parcels);
      parcels.keySet().stream().limit(160).forEach(fewer::remove);

      Submission submission = city.handIn(fewer);

      assertThat(submission.layers().getFirst().alarms())
          .extracting(Alarm::code)
          .contains("removed-third", "count-halves");
      assertThat(submission.mayAutoPublish()).isFalse();
    }
  }

  @Test
  void whatWasComparedWithAnOlderStateIsNotPublished() throws IOException {
    Map<String, String> parcels = TrialReview.cadastre(300, true);
    try (TrialReview city = TrialReview.create(folder)) {
      city.publish(parcels);
      Map<String, String> changed = new HashMap<>(parcels);
      changed.put("P000007", TrialReview.parcel(7, 0, 9, true));
      Submission submission = city.handIn(changed);
      city.submissions().submit(submission.id(), "alicia");
      Feature first =
          city.store
              .features()
              .findFeature(TrialReview.PARCELS, new FeatureId(1), AsOf.NOW)
              .orElseThrow();
      city.store.revise(
          BRUNO,
          transaction ->
              transaction.edit(
                  TrialReview.PARCELS,
                  List.of(new Edit.Delete(first.id(), city.store.features().headRevision()))));
      String edited = city.hash();

      assertThatThrownBy(
              () -> city.submissions().act(submission.id(), Verb.APPROVE, "gloria", "Gloria", ""))
          .isInstanceOf(SubmissionRefused.class)
          .hasMessageContaining("check it again");
      assertThat(city.hash()).isEqualTo(edited);

      Submission again = city.submissions().check(submission.id(), Progress.NONE);
      assertThat(again.layers().getFirst().summary().added()).isEqualTo(1);
      city.submissions().submit(submission.id(), "alicia");
      Submission done =
          city.submissions().act(submission.id(), Verb.APPROVE, "gloria", "Gloria", "");
      assertThat(done.state()).isEqualTo(SubmissionState.PUBLISHED);
    }
  }

  @Test
  void twoVersionsOfOneLayerAreNotPublishedOneOverTheOther() throws IOException {
    Map<String, String> parcels = TrialReview.cadastre(300, true);
    try (TrialReview city = TrialReview.create(folder)) {
      city.publish(parcels);
      Map<String, String> one = new HashMap<>(parcels);
      one.put("P000007", TrialReview.parcel(7, 0, 9, true));
      Map<String, String> other = new HashMap<>(parcels);
      other.put("P000008", TrialReview.parcel(8, 0, 9, true));
      Submission first = city.handIn(one);
      Submission second = city.handIn(other);
      city.submissions().submit(first.id(), "alicia");
      city.submissions().submit(second.id(), "alicia");

      city.submissions().act(first.id(), Verb.APPROVE, "gloria", "Gloria", "");

      assertThatThrownBy(
              () -> city.submissions().act(second.id(), Verb.APPROVE, "gloria", "Gloria", ""))
          .isInstanceOf(SubmissionRefused.class);
    }
  }

  @Test
  void aSettledPairKeepsTheIdAndCanBeUnsettled() throws IOException {
    Map<String, String> parcels = TrialReview.cadastre(300, true);
    try (TrialReview city = TrialReview.create(folder)) {
      city.publish(parcels);
      Map<String, String> renamed = new HashMap<>(parcels);
      renamed.computeIfPresent("P000007", (key, parcel) -> parcel.replace("P000007", "X1"));
      Submission submission = city.handIn(renamed);
      var doubt = city.submissions().listDoubts(submission.id(), TrialReview.PARCELS).getFirst();
      assertThat(submission.layers().getFirst().doubtful()).isEqualTo(1);
      long before = doubt.match().before();
      long after = doubt.match().after();

      Submission one =
          city.submissions()
              .settle(
                  submission.id(),
                  TrialReview.PARCELS,
                  List.of(new Submissions.Pair(before, after, true)));
      assertThat(one.layers().getFirst().doubtful()).isZero();
      assertThat(one.layers().getFirst().summary()).isEqualTo(new DiffSummary(0, 0, 0, 1, 0, 299));

      Submission two =
          city.submissions()
              .settle(
                  submission.id(),
                  TrialReview.PARCELS,
                  List.of(new Submissions.Pair(before, after, false)));
      assertThat(two.layers().getFirst().summary()).isEqualTo(new DiffSummary(1, 1, 0, 0, 0, 299));
      assertThatThrownBy(
              () ->
                  city.submissions()
                      .settle(
                          submission.id(),
                          TrialReview.PARCELS,
                          List.of(new Submissions.Pair(1, 2, true))))
          .isInstanceOf(SubmissionRefused.class);
    }
  }

  @Test
  void aFileThatIsNoMapFailsAndSaysSo() throws IOException {
    try (TrialReview city = TrialReview.create(folder)) {
      city.publish(TrialReview.cadastre(300, true));
      String published = city.hash();
      Path file = city.files.resolve("predios.geojson");
      java.nio.file.Files.writeString(file, "{\"type\":\"FeatureColl");

      Submission created =
          city.submissions()
              .create(
                  new NewSubmission(
                      file, "predios.geojson", TrialReview.PARCELS, "Catastro", "a", "A", ""));
      Submission failed = city.submissions().check(created.id(), Progress.NONE);

      assertThat(failed.state()).isEqualTo(SubmissionState.FAILED);
      assertThat(city.hash()).isEqualTo(published);
    }
  }

  @Test
  void whatWasBeingCheckedWhenTheProcessEndedSaysSo() throws IOException {
    Path file;
    try (TrialReview city = TrialReview.create(folder)) {
      city.publish(TrialReview.cadastre(300, true));
      file = city.file("x.geojson", TrialReview.cadastre(200, true));
      city.submissions()
          .create(new NewSubmission(file, "x", TrialReview.PARCELS, "Catastro", "alicia", "A", ""));
    }
    try (TrialReview city = TrialReview.open(folder)) {
      Submission left = city.submissions().find(1).orElseThrow();
      assertThat(left.state()).isEqualTo(SubmissionState.FAILED);
      assertThat(left.reasons().getFirst().en()).contains("interrupted");

      Submission again = city.submissions().check(1, Progress.NONE);
      assertThat(again.state()).isEqualTo(SubmissionState.DRAFT);
    }
  }
}
