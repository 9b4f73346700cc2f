package org.tequio.harvest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When sources are pulled by themselves. */
class RhythmTest {
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir Path folder;
  private TrialHarvest city;
  private Neighbour neighbour;

  @BeforeEach
  void open() throws IOException {
    city = new TrialHarvest(folder);
    neighbour = new Neighbour(new FaultyWfs(60));
  }

  @AfterEach
  void close() throws IOException {
    neighbour.close();
    city.close();
  }

  private SourceStatus status(Source source) {
    return city.module().findSource(source.id()).orElseThrow();
  }

  private void tick() throws InterruptedException {
    city.module().chores().getFirst().work().run();
    for (int i = 0; i < 600; i++) {
      if (city.module().listSources().stream()
          .noneMatch(status -> status.state() instanceof SourceState.Running)) {
        return;
      }
      Thread.sleep(20);
    }
    throw new AssertionError("the pull does not end");
  }

  @Test
  void aSourceThatFailsIsTriedSoonerThenEverLater() throws Exception {
    neighbour.becomes(asked -> asked.reply(404, "text/plain", "gone"));
    Source source = city.add(SourceKind.WFS, neighbour.url("/wfs"), DAY);
    Duration before = Duration.ZERO;
    for (int failures = 1; failures <= 4; failures++) {
      tick();
      SourceState.Failing failing = (SourceState.Failing) status(source).state();
      assertThat(failing.failures()).isEqualTo(failures);
      Duration wait = Duration.between(city.clock.instant(), failing.next());
      assertThat(wait).isGreaterThan(before).isLessThan(DAY);
      before = wait;
      city.clock.advance(wait);
    }
  }

  @Test
  void itsDepartmentIsToldOnceOfASourceThatKeepsFailing() throws Exception {
    neighbour.becomes(asked -> asked.reply(404, "text/plain", "gone"));
    Source source = city.add(SourceKind.WFS, neighbour.url("/wfs"), DAY);
    for (int failures = 1; failures <= 5; failures++) {
      assertThat(city.told).hasSize(failures > 3 ? 1 : 0);
      tick();
      city.clock.advance(DAY);
    }

    assertThat(city.told)
        .singleElement()
        .asString()
        .startsWith(source.id() + ": ")
        .contains("did not answer");
  }

  @Test
  void aNewSourceIsPulledAtOnceThenAtItsRhythmWithinATenth() throws Exception {
    Source source = city.add(SourceKind.WFS, neighbour.url("/wfs"), DAY);
    tick();

    Instant next = status(source).state().next();

    assertThat(next)
        .isBetween(
            city.clock.instant().plus(Duration.ofHours(21)),
            city.clock.instant().plus(Duration.ofHours(27)));
    tick();
    assertThat(city.module().listRuns(source.id())).hasSize(1);
  }

  @Test
  void whatWasMissedWhileTheServerStoodStillIsPulledOnce() throws Exception {
    Source source = city.add(SourceKind.WFS, neighbour.url("/wfs"), DAY);
    tick();
    city.clock.advance(Duration.ofDays(9));
    city.restart();
    tick();
    tick();

    assertThat(city.module().listRuns(source.id())).hasSize(2);
  }

  @Test
  void aSourceThatIsOffRests() throws Exception {
    Source source = city.add(SourceKind.WFS, neighbour.url("/wfs"), DAY);
    city.module().replace(source, false);
    city.clock.advance(Duration.ofDays(2));
    tick();

    assertThat(status(source).state()).isEqualTo(new SourceState.Off());
    assertThat(city.module().listRuns(source.id())).isEmpty();
  }

  @Test
  void sourcesWithOneTitleAreTwo() {
    Source one = city.add(SourceKind.WFS, neighbour.url("/wfs"));
    Source other = city.add(SourceKind.WFS, neighbour.url("/wfs"));

    assertThat(other.id()).isNotEqualTo(one.id());
    assertThat(city.module().listSources()).hasSize(2);
  }

  @Test
  void aSourceThatIsRemovedTakesItsPullsAlongAndLeavesTheLayer() throws Exception {
    Source source = city.add(SourceKind.WFS, neighbour.url("/wfs"));
    city.pull(source);

    assertThat(city.module().remove(source.id())).isTrue();

    assertThat(city.module().listSources()).isEmpty();
    assertThat(city.count()).isEqualTo(60);
  }
}
