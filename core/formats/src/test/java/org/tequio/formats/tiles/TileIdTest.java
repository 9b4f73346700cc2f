package org.tequio.formats.tiles;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.tequio.feature.TileCoord;

/** Numbers of tiles as PMTiles counts them. */
class TileIdTest {
  @Test
  void theNumbersOfTheSpecification() {
    assertThat(TileId.of(new TileCoord(0, 0, 0))).isZero();
    assertThat(TileId.of(new TileCoord(1, 0, 0))).isEqualTo(1);
    assertThat(TileId.of(new TileCoord(1, 0, 1))).isEqualTo(2);
    assertThat(TileId.of(new TileCoord(1, 1, 1))).isEqualTo(3);
    assertThat(TileId.of(new TileCoord(1, 1, 0))).isEqualTo(4);
    assertThat(TileId.of(new TileCoord(2, 0, 0))).isEqualTo(5);
    assertThat(TileId.of(new TileCoord(12, 3423, 1763))).isEqualTo(19_078_479);
  }

  @Property
  void everyTileHasANumberThatLeadsBackToIt(
      @ForAll @IntRange(max = 24) int z, @ForAll int column, @ForAll int row) {
    TileCoord tile = new TileCoord(z, Math.floorMod(column, 1 << z), Math.floorMod(row, 1 << z));

    assertThat(TileId.tile(TileId.of(tile))).isEqualTo(tile);
  }

  @Property
  void everyNumberIsThatOfOneTile(@ForAll @LongRange(max = 375_299_968_947_540L) long id) {
    assertThat(TileId.of(TileId.tile(id))).isEqualTo(id);
  }
}
