package org.tequio.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.aayushatharva.brotli4j.decoder.BrotliInputStream;
import io.github.sebasbaumh.mapbox.vectortile.VectorTile;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.tequio.feature.Feature;
import org.tequio.feature.FeatureId;
import org.tequio.feature.LayerId;
import org.tequio.feature.TileCoord;
import org.tequio.storage.AsOf;
import org.tequio.storage.Edit;
import org.tequio.storage.Revision;

/** Tiles after edits, in every form, and of layers that are too much for them. */
class TilesTest {
  private static final GeometryFactory FACTORY = new GeometryFactory();
  private static final LayerId PARCELS = new LayerId("predios");
  private static final int MOST_BYTES = 10_000;

  @TempDir Path folder;
  private TestCity city;

  @BeforeEach
  void start() {
    city = TestCity.start(folder, new PublishConfig(1 << 20, 64 << 20, MOST_BYTES));
  }

  @AfterEach
  void stop() {
    city.close();
  }

  private static String path(String layer, double x, double y, int z) {
    double[] place = TestCity.lonLat(x, y);
    TileCoord tile = TileCoord.at(place[0], place[1], z);
    return "/tiles/" + layer + "/" + z + "/" + tile.x() + "/" + tile.y();
  }

  private HttpResponse<byte[]> get(String path) throws Exception {
    return city.bytes(path, "Accept-Encoding", "gzip");
  }

  private static String tag(HttpResponse<?> reply) {
    return reply.headers().firstValue("ETag").orElseThrow();
  }

  private static byte[] unpacked(byte[] gzip) throws Exception {
    return new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes();
  }

  private static List<Long> ids(byte[] tile) throws Exception {
    return tile.length == 0
        ? List.of()
        : VectorTile.Tile.parseFrom(tile).getLayers(0).getFeaturesList().stream()
            .map(VectorTile.Tile.Feature::getId)
            .toList();
  }

  private void edit(LayerId layer, List<Edit> edits) {
    city.store.revise(
        new Revision.Note("alicia", "api", "field work"), work -> work.edit(layer, edits));
  }

  @SuppressWarnings("NullAway") // it does not see that the values of a feature may be null
  private void move(long id, double dx) {
    Feature parcel =
        city.store.features().findFeature(PARCELS, new FeatureId(id), AsOf.NOW).orElseThrow();
    Geometry there =
        org.locationtech.jts.geom.util.AffineTransformation.translationInstance(dx, 0)
            .transform(java.util.Objects.requireNonNull(parcel.geometry()));
    edit(
        PARCELS,
        List.of(
            new Edit.Replace(
                new Feature(parcel.id(), there, parcel.properties()),
                city.store.features().headRevision())));
  }

  // ---- what must not happen

  @Test
  void aTileIsNeverOlderThanTheLastEditWhereItTouchedIt() throws Exception {
    String here = path("predios", TestCity.X + 10, TestCity.Y + 10, 16);
    String there = path("predios", TestCity.X + 5_010, TestCity.Y + 10, 16);
    String before = tag(get(here));
    assertThat(get(there).statusCode()).isEqualTo(204);
    String nothing = tag(get(there));

    move(1, 5_000);

    HttpResponse<byte[]> left = get(here);
    assertThat(tag(left)).isNotEqualTo(before);
    assertThat(ids(unpacked(left.body()))).doesNotContain(1L).contains(2L);
    assertThat(city.bytes(there, "If-None-Match", nothing).statusCode()).isEqualTo(200);
    assertThat(ids(unpacked(get(there).body()))).containsExactly(1L);

    edit(PARCELS, List.of(new Edit.Delete(new FeatureId(1), city.store.features().headRevision())));
    // Outside the layer's new extent, and changed all the same.
    assertThat(get(there).statusCode()).isEqualTo(204);
    assertThat(city.bytes(there, "If-None-Match", nothing).statusCode()).isIn(204, 304);
  }

  @Test
  void anEditLeavesTilesAloneThatItDidNotTouch() throws Exception {
    move(1, 5_000);
    String far = path("predios", TestCity.X + 5_010, TestCity.Y + 10, 16);
    String wide = path("predios", TestCity.X + 10, TestCity.Y + 10, 10);
    String tag = tag(get(far));
    String wideTag = tag(get(wide));

    move(30, 1);

    assertThat(tag(get(far))).isEqualTo(tag);
    assertThat(city.bytes(far, "If-None-Match", tag).statusCode()).isEqualTo(304);
    assertThat(tag(get(wide))).isNotEqualTo(wideTag);
  }

  @Test
  void theVersionOfATileWithoutFeaturesChangesWhenItGetsOne() throws Exception {
    String there = path("predios", TestCity.X - 3_000, TestCity.Y, 14);
    String tag = tag(get(there));
    move(2, -3_000);
    assertThat(city.bytes(there, "If-None-Match", tag).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"predios", "arboles", "calles"})
  void aTileIsNeverTooLargeHoweverMuchThereIs(String layer) throws Exception {
    Random random = new Random(7);
    List<Edit> edits = new ArrayList<>();
    for (int i = 0; i < 4_000; i++) {
      double x = TestCity.X + random.nextInt(2_000);
      double y = TestCity.Y + random.nextInt(2_000);
      Geometry geometry =
          switch (layer) {
            case "predios" -> FACTORY.toGeometry(new Envelope(x, x + 12, y, y + 12));
            case "arboles" -> FACTORY.createPoint(new Coordinate(x, y));
            default ->
                FACTORY.createLineString(
                    new Coordinate[] {new Coordinate(x, y), new Coordinate(x + 9, y + 15)});
          };
      edits.add(new Edit.Create(new Feature(new FeatureId(1), geometry, Map.of())));
    }
    edit(new LayerId(layer), edits);
    for (int turn = 0; turn < 2; turn++) {
      for (int z = 8; z <= 16; z++) {
        HttpResponse<byte[]> reply = get(path(layer, TestCity.X + 300, TestCity.Y + 300, z));
        assertThat(reply.body().length).as("z" + z).isBetween(1, MOST_BYTES);
        assertThat(ids(unpacked(reply.body()))).as("z" + z).hasSizeGreaterThan(z < 10 ? 0 : 50);
      }
      // From memory as from the store.
      city.module.warmUp();
    }
  }

  // ---- forms

  @Test
  void everyPackingHoldsTheSameTile() throws Exception {
    for (int z = 9; z <= 18; z++) {
      String path = path("predios", TestCity.X + 60, TestCity.Y + 60, z);
      HttpResponse<byte[]> packed = get(path);
      HttpResponse<byte[]> plain = city.bytes(path);
      assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
      assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
      assertThat(plain.headers().firstValue("Vary").orElse("")).contains("Accept-Encoding");
      assertThat(plain.body()).isEqualTo(unpacked(packed.body()));
      assertThat(tag(plain)).isEqualTo(tag(packed));
      assertThat(get(path).body()).isEqualTo(packed.body());
      HttpResponse<byte[]> modern = city.bytes(path, "Accept-Encoding", "gzip, deflate, br, zstd");
      assertThat(modern.headers().firstValue("Content-Encoding")).contains("br");
      assertThat(new BrotliInputStream(new ByteArrayInputStream(modern.body())))
          .hasBinaryContent(plain.body());
    }
  }

  @Test
  void memoryTellsWhatTheStoreTells() throws Exception {
    String box = "/ogc/collections/predios/items?limit=100&bbox=-180,-85,180,85";
    String page = "/ogc/collections/predios/items?limit=7&after=11";
    String value = "/ogc/collections/predios/items?uso=C&limit=100";
    List<String> paths =
        List.of(box, page, value, path("predios", TestCity.X + 60, TestCity.Y + 60, 16));
    List<byte[]> cold = new ArrayList<>();
    for (String path : paths) {
      cold.add(city.bytes(path).body());
    }
    city.module.warmUp();
    for (int i = 0; i < paths.size(); i++) {
      assertThat(city.bytes(paths.get(i)).body()).as(paths.get(i)).isEqualTo(cold.get(i));
    }
    move(12, 3);
    edit(
        PARCELS, List.of(new Edit.Delete(new FeatureId(13), city.store.features().headRevision())));
    List<byte[]> patched = new ArrayList<>();
    for (String path : paths) {
      patched.add(city.bytes(path).body());
    }
    assertThat(patched.get(1)).isNotEqualTo(cold.get(1));
    city.module.warmUp();
    for (int i = 0; i < paths.size(); i++) {
      assertThat(city.bytes(paths.get(i)).body()).as(paths.get(i)).isEqualTo(patched.get(i));
    }
  }
}
