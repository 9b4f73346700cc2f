package org.tequio.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tequio.feature.Crs;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;
import org.tequio.feature.Findings;
import org.tequio.feature.GeometryType;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.Progress;

/**
 * Good files of every format with some of their bytes changed, doubled or cut, thousands of times
 * from a fixed seed: whatever comes of it is a finding or a refusal, in good time, and never a
 * fault of ours.
 */
@Timeout(300)
class BrokenBytesTest {
  private static final Set<String> ONLY_WRITTEN = Set.of("fgb", "parquet");
  private static final int ROUNDS = Integer.getInteger("tequio.broken.rounds", 50);
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final Limits LIMITS =
      new Limits(64 << 20, 2_000, 3, 200, 8 << 20, 1 << 20, 1_000, 64);

  /** What breaks sums and sizes best. */
  private static final int[] EXTREMES = {0, -1, 1, 0x7fffffff, 0x80000000, 0x7fff, 0xffff, 0xff};

  @TempDir Path folder;

  private record Sample(String file, byte[] bytes) {
    @Override
    public String toString() {
      return file;
    }
  }

  static List<Sample> samples() throws IOException {
    List<Sample> all = new ArrayList<>();
    Path made = Files.createTempDirectory("samples");
    for (WriterFormat writer : Formats.writers()) {
      if (ONLY_WRITTEN.contains(writer.extension())) {
        continue; // written only
      }
      String file = "predios." + writer.extension();
      all.add(new Sample(file, written(writer, made.resolve(file))));
      Files.delete(made.resolve(file));
    }
    Files.delete(made);
    for (Map.Entry<String, String> text : TEXTS.entrySet()) {
      all.add(new Sample(text.getKey(), text.getValue().getBytes(StandardCharsets.UTF_8)));
    }
    all.add(new Sample("plana.tif", tiff(1)));
    all.add(new Sample("comprimida.tif", tiff(8)));
    all.add(new Sample("a.kmz", zip(Map.of("doc.kml", text("a.kml")))));
    all.add(new Sample("gtfs.zip", zip(GTFS)));
    ByteArrayOutputStream gz = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(gz)) {
      out.write(text("a.geojson"));
    }
    all.add(new Sample("a.geojson.gz", gz.toByteArray()));
    all.sort(java.util.Comparator.comparing(Sample::file));
    return all;
  }

  private static final String POLYGON =
      "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[9,0],[9,9],[0,9],[0,0]],[[1,1],[2,1],[2,2],[1,1]]]}";

  private static final Map<String, String> TEXTS =
      Map.ofEntries(
          Map.entry(
              "a.geojson",
              "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"id\":7,"
                  + "\"properties\":{\"a\":1.5,\"b\":\"Peñón\",\"c\":null,\"d\":[1,{\"e\":2}]},"
                  + "\"geometry\":"
                  + POLYGON
                  + "},{\"type\":\"Feature\",\"properties\":null,\"geometry\":null}]}"),
          Map.entry(
              "a.js",
              "var json_barrios_1 = {\"type\":\"FeatureCollection\",\"features\":[{\"type\":"
                  + "\"Feature\",\"properties\":{},\"geometry\":"
                  + POLYGON
                  + "}]};"),
          Map.entry(
              "esri.json",
              "{\"displayFieldName\":\"\",\"geometryType\":\"esriGeometryPolygon\","
                  + "\"spatialReference\":{\"wkid\":32614},\"fields\":[{\"name\":\"A\",\"type\":"
                  + "\"esriFieldTypeDate\"}],\"features\":[{\"attributes\":{\"A\":1700000000000},"
                  + "\"geometry\":{\"rings\":[[[0,0],[0,9],[9,9],[0,0]]]}}]}"),
          Map.entry(
              "tabla.json",
              "[{\"id\":1,\"nombre\":\"a\",\"lugar\":{\"lat\":19.4,\"lon\":-99.1}},{\"id\":2}]"),
          Map.entry(
              "a.csv", "id;nombre;lat;lon\n1;\"La \"\"Merced\"\"\";19,4;-99,1\n2;x;19,5;-99,2\n"),
          Map.entry(
              "a.kml",
              "<?xml version='1.0'?><kml xmlns='http://www.opengis.net/kml/2.2'><Document><Folder>"
                  + "<name>f</name><Placemark><name>&lt;x&gt;</name><ExtendedData><Data name='k'>"
                  + "<value>1</value></Data></ExtendedData><Polygon><outerBoundaryIs><LinearRing>"
                  + "<coordinates>0,0,0 9,0,0 9,9,0 0,0,0</coordinates></LinearRing>"
                  + "</outerBoundaryIs></Polygon></Placemark></Folder></Document></kml>"),
          Map.entry(
              "a.gml",
              "<FeatureCollection xmlns:gml='http://www.opengis.net/gml'><gml:featureMember>"
                  + "<barrio gml:id='b1'><nombre>x</nombre><geom><gml:Polygon srsName='EPSG:32614'>"
                  + "<gml:exterior><gml:LinearRing><gml:posList>0 0 9 0 9 9 0 0</gml:posList>"
                  + "</gml:LinearRing></gml:exterior></gml:Polygon></geom></barrio>"
                  + "</gml:featureMember></FeatureCollection>"),
          Map.entry(
              "a.gpx",
              "<gpx version='1.1'><wpt lat='19.4' lon='-99.1'><ele>2240</ele><name>x</name></wpt>"
                  + "<trk><trkseg><trkpt lat='1' lon='2'/><trkpt lat='3' lon='4'/></trkseg></trk>"
                  + "</gpx>"),
          Map.entry(
              "a.osm",
              "<osm version='0.6'><node id='1' lat='1' lon='1'/><node id='2' lat='1' lon='2'/>"
                  + "<node id='3' lat='2' lon='2'><tag k='amenity' v='cafe'/></node>"
                  + "<way id='4'><nd ref='1'/><nd ref='2'/><nd ref='3'/><nd ref='1'/>"
                  + "<tag k='building' v='yes'/></way></osm>"),
          Map.entry(
              "a.asc",
              "ncols 3\nnrows 2\nxllcorner 0\nyllcorner 0\ncellsize 1\nNODATA_value -9999\n"
                  + "1 2 -9999\n4 5 6\n"));

  private static final Map<String, byte[]> GTFS =
      Map.of(
          "agency.txt",
          bytes("agency_id,agency_name,agency_url,agency_timezone\n1,A,http://a,America/Lima\n"),
          "stops.txt",
          bytes("stop_id,stop_name,stop_lat,stop_lon\ns1,Uno,19.4,-99.1\ns2,Dos,19.5,-99.2\n"),
          "routes.txt",
          bytes("route_id,agency_id,route_short_name,route_long_name,route_type\nr1,1,1,L,3\n"),
          "trips.txt",
          bytes("route_id,service_id,trip_id,shape_id\nr1,d,t1,h1\n"),
          "shapes.txt",
          bytes(
              "shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence\nh1,19.4,-99.1,1\n"
                  + "h1,19.5,-99.2,2\n"));

  /** Four cells in one strip. */
  private static byte[] tiff(int compression) {
    byte[] cells = {1, 2, 3, 4};
    if (compression == 8) {
      byte[] packed = new byte[64];
      Deflater deflater = new Deflater();
      deflater.setInput(cells);
      deflater.finish();
      cells = Arrays.copyOf(packed, deflater.deflate(packed));
      deflater.end();
    }
    ByteBuffer bytes = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
    int[][] tags = {
      {256, 4, 1, 2},
      {257, 4, 1, 2},
      {258, 3, 1, 8},
      {259, 3, 1, compression},
      {262, 3, 1, 1},
      {273, 4, 1, 400},
      {277, 3, 1, 1},
      {278, 4, 1, 2},
      {279, 4, 1, cells.length},
      {33550, 12, 3, 300},
      {33922, 12, 6, 330},
      {34735, 3, 8, 380}
    };
    bytes.putShort((short) 0x4949).putShort((short) 42).putInt(8).putShort((short) tags.length);
    for (int[] tag : tags) {
      bytes.putShort((short) tag[0]).putShort((short) tag[1]).putInt(tag[2]).putInt(tag[3]);
    }
    bytes.position(300).putDouble(10).putDouble(10).putDouble(0);
    bytes.position(330).putDouble(0).putDouble(0).putDouble(0).putDouble(100).putDouble(200);
    bytes.position(380);
    for (int key : new int[] {1, 1, 0, 1, 3072, 0, 1, 32614}) {
      bytes.putShort((short) key);
    }
    bytes.position(400).put(cells);
    return bytes.array();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] text(String file) {
    return bytes(TEXTS.getOrDefault(file, ""));
  }

  private static byte[] zip(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : new java.util.TreeMap<>(entries).entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }

  private static byte[] written(WriterFormat format, Path file) throws IOException {
    List<Field> fields =
        List.of(
            Field.of("nombre", FieldType.TEXT),
            Field.of("numero", FieldType.INTEGER),
            Field.of("valor", FieldType.DECIMAL),
            Field.of("abierto", FieldType.BOOLEAN),
            Field.of("desde", FieldType.DATE),
            Field.of("visto", FieldType.INSTANT));
    LayerSchema areas = new LayerSchema(GeometryType.POLYGON, false, false, fields, null);
    boolean holdsAreas = format.refusal(areas).isEmpty();
    LayerSchema schema =
        holdsAreas ? areas : new LayerSchema(GeometryType.LINESTRING, false, false, fields, null);
    String wkt =
        holdsAreas
            ? "POLYGON((0 0,0 10,10 10,10 0,0 0),(1 1,2 1,2 2,1 1))"
            : "LINESTRING(0 0,0 10,10 10,10 0)";
    try (FeatureWriter writer =
        format.open(file, "predios", schema, format.crsFor(new Crs(32614)))) {
      for (long id = 1; id < 6; id++) {
        writer.write(
            TestRow.of(
                id, wkt, "Peñón " + id, id, 0.5, true, LocalDate.of(2020, 2, 29), Instant.EPOCH));
      }
      writer.write(TestRow.of(9, null, null, null, null, null, null, null));
    }
    return Files.readAllBytes(file);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void changedDoubledAndCutBytesAreFindingsAndNeverFaultsOfOurs(Sample sample) throws IOException {
    RandomGenerator random =
        RandomGeneratorFactory.of("L64X128MixRandom").create(sample.file.hashCode());
    assertThat(read(sample.bytes, sample.file)).as("the good %s", sample).isPositive();
    for (int round = 0; round < ROUNDS; round++) {
      byte[] broken = broken(sample.bytes, random);
      String what = sample + ", round " + round;
      Instant begun = Instant.now();
      try {
        read(broken, sample.file);
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
        throw new AssertionError(what, e);
      }
      assertThat(Duration.between(begun, Instant.now())).as(what).isLessThan(LONGEST);
    }
  }

  private static byte[] broken(byte[] good, RandomGenerator random) {
    byte[] bytes = good.clone();
    switch (random.nextInt(6)) {
      case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(1, bytes.length));
      case 1 -> {
        int from = random.nextInt(bytes.length);
        int to = random.nextInt(from, bytes.length);
        byte[] doubled = new byte[bytes.length + to - from];
        System.arraycopy(bytes, 0, doubled, 0, to);
        System.arraycopy(bytes, from, doubled, to, bytes.length - from);
        bytes = doubled;
      }
      case 2, 3 -> {
        int extreme = EXTREMES[random.nextInt(EXTREMES.length)];
        int width = 1 << random.nextInt(4);
        int at = random.nextInt(Math.max(1, bytes.length - width));
        boolean little = random.nextBoolean();
        for (int i = 0; i < width && at + i < bytes.length; i++) {
          int shift = 8 * (little ? i : width - 1 - i);
          bytes[at + i] = (byte) (shift > 31 ? extreme >> 31 : extreme >> shift);
        }
      }
      default -> {
        for (int i = random.nextInt(1, 12); i > 0; i--) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
      }
    }
    return bytes;
  }

  /** Everything that an import would look at; how many things there were. */
  private int read(byte[] bytes, String name) throws IOException {
    Path file = Files.write(folder.resolve(name), bytes);
    Path scratch = Files.createTempDirectory(folder, "scratch");
    Findings findings = new Findings();
    Counting seen = new Counting();
    try (SourceScan scan = SourceScan.of(List.of(file), scratch, LIMITS, findings)) {
      for (Dataset dataset : scan.datasets()) {
        read(dataset, new ReadContext(findings, LIMITS, Progress.NONE), seen);
      }
    }
    return seen.count;
  }

  private static void read(Dataset dataset, ReadContext context, Counting seen) throws IOException {
    try (SourceDataset opened = dataset.format().open(dataset, context)) {
      for (SourceLayer layer : opened.layers()) {
        assertThat(layer.fields()).doesNotContainNull();
        assertThat(layer.crs()).isNotNull();
        layer.date();
        layer.read(seen);
      }
      for (SourceRaster raster : opened.rasters()) {
        seen.count++;
        raster.statistics();
        raster.valueAt(raster.extent().minX(), raster.extent().minY());
      }
    } catch (FormatException | IOException e) {
      assertThat(e.getMessage()).as("what is told of %s", e).isNotBlank();
    }
  }

  private static final class Counting implements SourceLayer.FeatureSink {
    private int count;

    @Override
    public void accept(SourceFeature feature) {
      count++;
    }

    @Override
    public void setAside(long row, String reason, String raw) {
      assertThat(reason).isNotBlank();
      count++;
    }
  }
}
