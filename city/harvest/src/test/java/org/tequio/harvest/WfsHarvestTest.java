package org.tequio.harvest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.LocalText;
import org.tequio.feature.Progress;
import org.tequio.harvest.HarvestRun.Outcome;

/** WFS servers as they are: without keys, without pages, without the whole truth. */
class WfsHarvestTest {
  private static final String LOGIN =
      "<!DOCTYPE html><html><body><form action='/login'>Contraseña</form></body></html>";

  @TempDir Path folder;
  private TrialHarvest city;

  @BeforeEach
  void open() throws IOException {
    city = new TrialHarvest(folder);
  }

  @AfterEach
  void close() throws IOException {
    city.close();
  }

  private HarvestRun pull(Neighbour.Answers wfs) throws IOException {
    try (Neighbour neighbour = new Neighbour(wfs)) {
      return city.pull(city.add(SourceKind.WFS, neighbour.url("/wfs?map=obras")));
    }
  }

  private String reason(Neighbour.Answers wfs) throws IOException {
    HarvestRun run = pull(wfs);
    assertThat(run.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(city.layers()).isEmpty();
    LocalText reason = Objects.requireNonNull(run.reason());
    assertThat(reason.es()).isNotBlank().isNotEqualTo(reason.en());
    return reason.en();
  }

  @Test
  void fewerFeaturesThanTheServerCountsAreNotALayer() throws Exception {
    assertThat(reason(new FaultyWfs(120).saysThereAre(130))).contains("120 / 130");
  }

  @Test
  void anAnswerWithoutFeaturesDoesNotEmptyALayer() throws Exception {
    assertThat(reason(new FaultyWfs(0))).contains("came empty");
  }

  @Test
  void aLoginPageWithStatus200IsNoData() throws Exception {
    assertThat(reason(asked -> asked.reply(200, "text/xml", LOGIN))).contains("web page");
  }

  @Test
  void anErrorReportWithStatus200IsAnErrorInTheServersWords() throws Exception {
    FaultyWfs wfs = new FaultyWfs(120);
    String report =
        "<ServiceExceptionReport><ServiceException code='X'>msWFSGetFeature(): Query error."
            + " </ServiceException></ServiceExceptionReport>";
    assertThat(
            reason(
                asked -> {
                  if (asked.parameter("request").equals("GetFeature")) {
                    asked.reply(200, "text/xml", report);
                  } else {
                    wfs.answer(asked);
                  }
                }))
        .contains("msWFSGetFeature(): Query error.");
  }

  @Test
  void aServerThatRefusesPagesWithoutAnOrderIsAskedForSortedOnes() throws Exception {
    HarvestRun run = pull(new FaultyWfs(230).wantsSort());

    assertThat(run.outcome()).isEqualTo(Outcome.PUBLISHED);
    assertThat(city.count()).isEqualTo(230);
  }

  @Test
  void emptyPagesAfterTheFirstAreGoneAroundByTiles() throws Exception {
    FaultyWfs wfs =
        new FaultyWfs(230).pages((asked, from, count) -> new int[] {from, from > 0 ? 0 : 100});

    assertThat(pull(wfs).outcome()).isEqualTo(Outcome.PUBLISHED);
    assertThat(city.count()).isEqualTo(230);
  }

  @Test
  void theSamePageAgainAndAgainEndsAndTilesBringTheRest() throws Exception {
    FaultyWfs wfs = new FaultyWfs(230).pages((asked, from, count) -> new int[] {0, 100});
    try (Neighbour neighbour = new Neighbour(wfs)) {
      HarvestRun run = city.pull(city.add(SourceKind.WFS, neighbour.url("/wfs")));

      assertThat(run.outcome()).isEqualTo(Outcome.PUBLISHED);
      assertThat(city.count()).isEqualTo(230);
      assertThat(neighbour.requests).hasSizeLessThan(60);
    }
  }

  @Test
  void pagesWithoutEndAreLeft() throws Exception {
    AtomicInteger fresh = new AtomicInteger();
    FaultyWfs wfs =
        new FaultyWfs(1_000_000)
            .saysThereAre(220)
            .pages((asked, from, count) -> new int[] {fresh.addAndGet(50), 50});

    assertThat(reason(wfs)).contains("/ 220");
    assertThat(fresh.get()).isLessThan(20_000);
  }

  @Test
  void overlappingPagesBringEachFeatureOnce() throws Exception {
    FaultyWfs wfs =
        new FaultyWfs(230).pages((asked, from, count) -> new int[] {Math.max(0, from - 10), 60});

    assertThat(pull(wfs).outcome()).isEqualTo(Outcome.PUBLISHED);
    assertThat(city.count()).isEqualTo(230);
  }

  @Test
  void idsMadeUpForEachAnswerAreNotTrusted() throws Exception {
    FaultyWfs wfs =
        new FaultyWfs(230)
            .makesUpIds()
            .pages((asked, from, count) -> new int[] {Math.max(0, from - 10), 60});

    assertThat(pull(wfs).outcome()).isEqualTo(Outcome.PUBLISHED);
    assertThat(city.count()).isEqualTo(230);
  }

  @Test
  void aServerThatDoesNotCountIsFollowedToItsEmptyPage() throws Exception {
    assertThat(pull(new FaultyWfs(230).saysThereAre(-1)).outcome()).isEqualTo(Outcome.PUBLISHED);
    assertThat(city.count()).isEqualTo(230);
  }

  @Test
  void passingErrorsAreTriedAgain() throws Exception {
    FaultyWfs wfs = new FaultyWfs(120);
    AtomicInteger asks = new AtomicInteger();
    HarvestRun run =
        pull(
            asked -> {
              if (asks.incrementAndGet() % 2 == 1) {
                asked.exchange().getResponseHeaders().set("Retry-After", "0");
                asked.reply(503, "text/plain", "busy");
              } else {
                wfs.answer(asked);
              }
            });

    assertThat(run.outcome()).isEqualTo(Outcome.PUBLISHED);
    assertThat(run.log().toString()).contains("HTTP 503");
  }

  @Test
  void aServerThatAsksForALongWaitIsLeftInPeace() throws Exception {
    AtomicInteger asks = new AtomicInteger();
    String reason =
        reason(
            asked -> {
              asks.incrementAndGet();
              asked.exchange().getResponseHeaders().set("Retry-After", "3600");
              asked.reply(429, "text/plain", "too many");
            });

    assertThat(reason).contains("asks to wait 3600 s");
    assertThat(asks.get()).isEqualTo(1);
  }

  @Test
  void aPageThatBreaksOffIsAskedForAgain() throws Exception {
    FaultyWfs wfs = new FaultyWfs(120);
    AtomicInteger halves = new AtomicInteger();
    HarvestRun run =
        pull(
            asked -> {
              boolean page = asked.parameter("startindex").equals("50");
              if (page && halves.incrementAndGet() == 1) {
                asked.half("text/xml", wfs.features(asked));
              } else if (page && halves.get() == 2) {
                String whole = wfs.features(asked);
                asked.reply(200, "text/xml", whole.substring(0, whole.length() / 2));
              } else {
                wfs.answer(asked);
              }
            });

    assertThat(run.outcome()).isEqualTo(Outcome.PUBLISHED);
    assertThat(city.count()).isEqualTo(120);
    assertThat(halves.get()).isEqualTo(3);
  }

  @Test
  void aServerKilledHalfWayChangesNothingAndTheNextPullGoesOnFromTheKeptPages() throws Exception {
    FaultyWfs wfs = new FaultyWfs(230);
    try (Neighbour neighbour = new Neighbour(wfs)) {
      Source source = city.add(SourceKind.WFS, neighbour.url("/wfs"));
      city.pull(source);
      String published = city.published();
      neighbour.becomes(asked -> dead(new FaultyWfs(300), asked, 150));

      assertThat(city.reason(source)).contains("gave no whole answer");
      assertThat(city.published()).isEqualTo(published);
      assertThat(city.count()).isEqualTo(230);

      city.restart();
      neighbour.becomes(new FaultyWfs(300));
      neighbour.requests.clear();
      HarvestRun run = city.pull(source);

      assertThat(run.outcome()).isEqualTo(Outcome.PUBLISHED);
      assertThat(city.count()).isEqualTo(300);
      assertThat(neighbour.requests).noneMatch(request -> request.contains("startIndex=50&"));
      assertThat(neighbour.requests).anyMatch(request -> request.contains("startIndex=200&"));
    }
  }

  private static void dead(FaultyWfs wfs, Neighbour.Asked asked, int from) throws IOException {
    String start = asked.parameter("startindex");
    if (!start.isEmpty() && Integer.parseInt(start) >= from) {
      asked.exchange().close();
    } else {
      wfs.answer(asked);
    }
  }

  @Test
  void keptPagesOfASourceThatChangedMeanwhileAreNotMixedWithNewOnes() throws Exception {
    try (Neighbour neighbour = new Neighbour(asked -> dead(new FaultyWfs(230), asked, 150))) {
      Source source = city.add(SourceKind.WFS, neighbour.url("/wfs"));
      city.pull(source);
      // A tree was felled at the beginning of the row: everything moves up by one.
      FaultyWfs after = new FaultyWfs(231);
      neighbour.becomes(
          after
              .saysThereAre(230)
              .pages((asked, from, count) -> new int[] {from + 1, Math.min(count, 50)}));

      assertThat(city.pull(source).outcome()).isEqualTo(Outcome.PUBLISHED);
      assertThat(city.count()).isEqualTo(230);
    }
  }

  @Test
  void aPullThatSomeoneStopsChangesNothing() throws Exception {
    AtomicInteger pages = new AtomicInteger();
    FaultyWfs wfs = new FaultyWfs(230);
    try (Neighbour neighbour =
        new Neighbour(
            asked -> {
              pages.addAndGet(asked.parameter("startindex").isEmpty() ? 0 : 1);
              wfs.answer(asked);
            })) {
      Source source = city.add(SourceKind.WFS, neighbour.url("/wfs"));
      Progress stopping =
          new Progress() {
            @Override
            public void step(String what, long done, long total) {}

            @Override
            public boolean isCancelled() {
              return pages.get() >= 2;
            }
          };

      assertThatThrownBy(() -> city.module().pull(source.id(), stopping))
          .isInstanceOf(CancellationException.class);

      assertThat(city.module().listRuns(source.id()).getFirst().outcome())
          .isEqualTo(Outcome.CANCELLED);
      assertThat(city.layers()).isEmpty();
    }
  }

  @Test
  void aFeatureTypeThatIsGoneIsSaidByName() throws Exception {
    try (Neighbour neighbour = new Neighbour(new FaultyWfs(10))) {
      assertThat(city.reason(city.add(SourceKind.WFS, neighbour.url("/wfs"), "ms:predios")))
          .contains("'ms:predios'");
    }
  }

  @Test
  void theSameDataAgainIsUnchanged() throws Exception {
    try (Neighbour neighbour = new Neighbour(new FaultyWfs(230))) {
      Source source = city.add(SourceKind.WFS, neighbour.url("/wfs"));
      city.pull(source);

      assertThat(city.pull(source).outcome()).isEqualTo(Outcome.UNCHANGED);
    }
  }

  @Test
  void whatIsOfferedIsShownBeforeAnythingIsAdded() throws Exception {
    try (Neighbour neighbour = new Neighbour(new FaultyWfs(230))) {
      Offer offer = city.module().preview(null, neighbour.url("/wfs"), Progress.NONE);

      assertThat(offer.kind()).isEqualTo(SourceKind.WFS);
      assertThat(offer.items()).extracting(Offer.Item::title).containsExactly("Árboles");
    }
  }
}
