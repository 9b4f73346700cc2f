package org.tequio.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.FeatureId;
import org.tequio.feature.LayerId;
import org.tequio.publish.layer.PublicLayers;
import org.tequio.publish.memory.LayersInMemory;
import org.tequio.publish.tile.OverviewTiles;
import org.tequio.publish.tile.TilesEndpoint;
import org.tequio.storage.Edit;
import org.tequio.storage.Revision;

/** The tiles of low levels are there before anybody asks, and after an edit those it touched. */
class OverviewTilesTest {
  @TempDir private Path folder;

  @Test
  void afterAnEditOnlyTheTilesThatItTouchedAreMadeAgain() throws Exception {
    try (TestCity city = TestCity.start(folder)) {
      OverviewTiles overview = overview(city, TestCity.PARCELS / 2);

      int all = overview.make();
      assertThat(all).isBetween(10, 200);
      assertThat(overview.make()).isZero();

      city.store.revise(
          new Revision.Note("alicia", "api", "it was torn down"),
          work ->
              work.edit(
                  new LayerId("predios"),
                  List.of(
                      new Edit.Delete(new FeatureId(1), city.store.features().headRevision()))));
      assertThat(overview.make()).isBetween(1, all - 1);
      assertThat(overview.make()).isZero();
    }
  }

  @Test
  void aSmallLayerIsLeftToThoseWhoAsk() throws Exception {
    try (TestCity city = TestCity.start(folder)) {
      assertThat(overview(city, OverviewTiles.MANY_FEATURES).make()).isZero();
    }
  }

  private static OverviewTiles overview(TestCity city, long many) {
    PublicLayers layers = new PublicLayers(city.catalogue, city.store.features());
    TilesEndpoint tiles =
        new TilesEndpoint(
            new LayersInMemory(city.store.features(), 50_000_000),
            layers,
            TestCity.PERMISSIONS,
            50_000_000,
            500_000);
    return new OverviewTiles(tiles, layers, many);
  }
}
