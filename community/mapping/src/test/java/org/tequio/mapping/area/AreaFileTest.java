package org.tequio.mapping.area;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.locationtech.jts.geom.Envelope;
import org.tequio.feature.Crs;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.GeometryType;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.Wkb;
import org.tequio.formats.FeatureWriter;
import org.tequio.formats.Formats;

/** Areas out of the files that coordinators have. */
class AreaFileTest {
  @TempDir Path folder;

  private AreaOfInterest read(String name, String text) throws IOException {
    return AreaFile.read(Files.writeString(folder.resolve(name), text), folder);
  }

  private static void assertIsRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable reading, String code) {
    assertThatThrownBy(reading)
        .isInstanceOfSatisfying(
            InvalidArea.class, refused -> assertThat(refused.kind()).isEqualTo(code));
  }

  // ---- what is refused

  @Test
  void whatHasNoPolygonsIsNoArea() {
    assertIsRefused(() -> read("points.csv", "a,b\n1,2\n"), "MustHaveFeatures");
    assertIsRefused(() -> read("notes.txt", "meet at nine"), "MustHaveFeatures");
    assertIsRefused(
        () -> read("well.geojson", "{\"type\":\"Point\",\"coordinates\":[-99.1,19.4]}"),
        "MustHaveFeatures");
    assertIsRefused(() -> read("empty.kml", ""), "MustHaveFeatures");
  }

  @Test
  void whatIsBrokenOrCrossesItselfIsRefusedWhole() {
    assertThatThrownBy(() -> read("cut.geojson", "{\"type\":\"FeatureCollection\",\"features\":[{"))
        .isInstanceOf(InvalidArea.class);
    assertIsRefused(
        () ->
            read(
                "bow.geojson",
                "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,1],[1,0],[0,1],[0,0]]]}"),
        "InvalidMultipolygon");
    assertThatThrownBy(() -> read("bomb.zip", "PK\3\4 and nothing that follows"))
        .isInstanceOf(InvalidArea.class);
  }

  @Test
  void anEntityInAKmlIsNotFollowed() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "-99.2,19.3 -99.1,19.3 -99.1,19.4");
    assertThatThrownBy(
            () ->
                read(
                    "entity.kml",
                    "<!DOCTYPE kml [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>" + kml("&x;")))
        .isInstanceOf(InvalidArea.class);
  }

  // ---- what is read

  private static final String RING = "-99.2,19.3 -99.1,19.3 -99.1,19.4 -99.2,19.3";

  private static String kml(String ring) {
    return "<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document><Placemark><Polygon>"
        + "<outerBoundaryIs><LinearRing><coordinates>"
        + ring
        + "</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></Document></kml>";
  }

  @Test
  void aKmlWithHeightsIsAnAreaWithoutThem() throws IOException {
    AreaOfInterest area = read("barrio.kml", kml(RING.replace(" ", ",2240 ") + ",2240"));
    assertThat(area.parts()).hasSize(1);
    assertThat(Polygons.write(area.area())).contains("[-99.1,19.4]").doesNotContain("2240");
  }

  @Test
  void anOsmFileMayHoldAClosedWayThatIsNoAreaToOthers() throws IOException {
    StringBuilder osm = new StringBuilder("<osm version=\"0.6\">");
    int id = 0;
    for (String at : RING.split(" ")) {
      String[] degrees = at.split(",");
      if (id < 3) {
        osm.append(
            "<node id=\"-%d\" lon=\"%s\" lat=\"%s\"/>".formatted(++id, degrees[0], degrees[1]));
      }
    }
    osm.append("<way id=\"-9\"><nd ref=\"-1\"/><nd ref=\"-2\"/><nd ref=\"-3\"/><nd ref=\"-1\"/>")
        .append("<tag k=\"task\" v=\"1\"/></way></osm>");
    assertThat(read("area.osm", osm.toString()).parts()).hasSize(1);
  }

  @Test
  void shapefilesAndGeoPackagesInMetersBecomeDegrees() throws IOException {
    Envelope meters = new Envelope(486_000, 487_000, 2_140_000, 2_141_000);
    for (String extension : new String[] {"shp.zip", "gpkg"}) {
      Path file = folder.resolve("limits." + extension);
      LayerSchema schema =
          new LayerSchema(GeometryType.POLYGON, false, false, java.util.List.of(), null);
      byte[] wkb = Wkb.of(new org.locationtech.jts.geom.GeometryFactory().toGeometry(meters));
      try (FeatureWriter writer =
          Formats.findWriter(file.getFileName().toString())
              .orElseThrow()
              .open(file, "limits", schema, Crs.parse("EPSG:32614"))) {
        writer.write(new Row(wkb));
      }
      AreaOfInterest area = AreaFile.read(file, folder);
      assertThat(area.area().getCentroid().getX()).as(extension).isCloseTo(-99.129, within(0.01));
      assertThat(Polygons.squareMeters(area.area())).isCloseTo(1e6, within(5e3));
      Files.delete(file);
    }
  }

  @Test
  void aZipMayHoldThePartsOfAShapefileAndNothingThatWasLeftBehindStays() throws IOException {
    byte[] packed = kml(RING).getBytes(StandardCharsets.UTF_8);
    Path zip = folder.resolve("barrio.kmz");
    try (var out = new java.util.zip.ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new java.util.zip.ZipEntry("doc.kml"));
      out.write(packed);
    }
    assertThat(AreaFile.read(zip, folder).parts()).hasSize(1);
    try (var left = Files.list(folder)) {
      assertThat(left.map(path -> path.getFileName().toString()).toList())
          .containsExactly("barrio.kmz");
    }
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Row(byte[] wkb) implements FeatureRow {
    @Override
    public long id() {
      return 1;
    }

    @Override
    public @Nullable Object value(int field) {
      return null;
    }
  }
}
