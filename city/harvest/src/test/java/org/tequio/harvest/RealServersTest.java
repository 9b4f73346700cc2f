package org.tequio.harvest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.catalogue.CommunityLinks;
import org.tequio.catalogue.LayerGaps;
import org.tequio.catalogue.LayerRecord;
import org.tequio.feature.Bbox;
import org.tequio.feature.Progress;
import org.tequio.harvest.HarvestRun.Outcome;
import org.tequio.http.Egress;
import org.tequio.http.EgressRules;
import org.tequio.http.Guard;
import org.tequio.http.HttpConfig;
import org.tequio.http.HttpServer;
import org.tequio.http.Permissions;
import org.tequio.http.StaticSite;
import org.tequio.publish.PublishConfig;
import org.tequio.publish.PublishModule;

/** MapServer and QGIS Server of Debian's packages, and our own server, each asked for real. */
class RealServersTest {
  private static final int LAMPS = 250;
  private static final Path MAPSERVER = Path.of("/usr/lib/cgi-bin/mapserv");
  private static final Path QGIS = Path.of("/usr/lib/cgi-bin/qgis_mapserv.fcgi");

  @TempDir Path folder;
  private TrialHarvest city;

  @BeforeEach
  void open() throws IOException {
    EgressRules rules = new EgressRules(Set.of("127.0.0.1"), 64L << 20, Duration.ofMinutes(2), 3);
    city = new TrialHarvest(folder, new Egress(rules));
    StringBuilder text = new StringBuilder("{\"type\":\"FeatureCollection\",\"features\":[");
    for (int i = 1; i <= LAMPS; i++) {
      text.append(i == 1 ? "" : ",\n")
          .append("{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[")
          .append(-99.1 - (i % 50) * 0.001)
          .append(',')
          .append(19.4 + (i / 50) * 0.001)
          .append("]},\"properties\":{\"id_lamp\":" + i + ",\"calle\":\"Calle Ñandú & Río " + i)
          .append("\"}}");
    }
    Files.writeString(folder.resolve("luminarias.geojson"), text.append("]}"));
  }

  @AfterEach
  void close() throws IOException {
    city.close();
  }

  private static void installed(Path program) {
    assumeTrue(Files.isExecutable(program), program + " is not installed");
  }

  private CgiProgram mapServer() throws IOException {
    installed(MAPSERVER);
    Path map = folder.resolve("obras.map");
    Files.writeString(
        map,
        """
        MAP
          NAME "obras"
          EXTENT -100 19 -99 20
          SIZE 100 100
          PROJECTION "init=epsg:4326" END
          WEB METADATA
            "ows_title" "Obras"
            "ows_onlineresource" "http://interno.local/ows"
            "ows_srs" "EPSG:4326 EPSG:32614"
            "ows_enable_request" "*"
          END END
          LAYER
            NAME "luminarias"
            TYPE POINT
            STATUS ON
            CONNECTIONTYPE OGR
            CONNECTION "%s"
            PROJECTION "init=epsg:4326" END
            METADATA
              "ows_title" "Luminarias"
              "gml_include_items" "all"
              "gml_featureid" "id_lamp"
              "gml_types" "auto"
            END
          END
        END
        """
            .formatted(folder.resolve("luminarias.geojson")));
    Path config = folder.resolve("mapserver.conf");
    Files.writeString(config, "CONFIG\n  ENV\n    MS_MAP_PATTERN \".*\"\n  END\nEND\n");
    return new CgiProgram(
        MAPSERVER,
        Map.of("MAPSERVER_CONFIG_FILE", config.toString(), "MS_MAPFILE", map.toString()));
  }

  private CgiProgram qgis() throws IOException {
    installed(QGIS);
    Path project = folder.resolve("obras.qgs");
    Files.writeString(
        project,
        """
        <!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
        <qgis projectname="Obras" version="3.22.16-Białowieża">
          <projectCrs><spatialrefsys><authid>EPSG:4326</authid><srid>4326</srid></spatialrefsys>
          </projectCrs>
          <projectlayers>
            <maplayer type="vector" geometry="Point" hasScaleBasedVisibilityFlag="0">
              <id>luminarias_1</id>
              <datasource>./luminarias.geojson</datasource>
              <layername>luminarias</layername>
              <srs><spatialrefsys><authid>EPSG:4326</authid><srid>4326</srid></spatialrefsys></srs>
              <provider encoding="UTF-8">ogr</provider>
            </maplayer>
          </projectlayers>
          <layer-tree-group><layer-tree-layer id="luminarias_1" name="luminarias" checked="Qt::Checked"/>
          </layer-tree-group>
          <properties>
            <WFSLayers type="QStringList"><value>luminarias_1</value></WFSLayers>
            <WFSLayersPrecision><luminarias_1 type="int">8</luminarias_1></WFSLayersPrecision>
          </properties>
        </qgis>
        """);
    return new CgiProgram(
        QGIS,
        Map.of(
            "QGIS_PROJECT_FILE", project.toString(),
            "QT_QPA_PLATFORM", "offscreen",
            "HOME", folder.toString()));
  }

  private void everyLampIsWhereItStands(HarvestRun run) {
    assertThat(run.reason()).isNull();
    assertThat(run.outcome()).isEqualTo(Outcome.PUBLISHED);
    LayerRecord layer = city.layers().getFirst();
    assertThat(layer.count()).isEqualTo(LAMPS);
    Bbox extent = Objects.requireNonNull(layer.extent());
    assertThat(extent.minX()).isBetween(-99.1500, -99.1489);
    assertThat(extent.minY()).isBetween(19.3999, 19.4001);
    assertThat(layer.schema().fields())
        .extracting(field -> field.name())
        .contains("calle", "id_lamp");
  }

  @Test
  void mapServerIsPulledByPages() throws Exception {
    try (Neighbour neighbour = new Neighbour(mapServer())) {
      String address = neighbour.url("/cgi-bin/mapserv");
      Offer offer = city.module().preview(null, address, Progress.NONE);
      assertThat(offer.items()).extracting(Offer.Item::title).containsExactly("Luminarias");

      everyLampIsWhereItStands(city.pull(city.add(SourceKind.WFS, address)));
    }
  }

  @Test
  void mapServerKilledHalfWayChangesNothingAndTheNextPullCompletes() throws Exception {
    CgiProgram mapServer = mapServer();
    try (Neighbour neighbour = new Neighbour(mapServer)) {
      AtomicInteger pages = new AtomicInteger();
      neighbour.becomes(
          asked -> {
            if (!asked.parameter("startindex").isEmpty() && pages.incrementAndGet() > 1) {
              asked.exchange().close();
            } else {
              mapServer.answer(asked);
            }
          });
      Source source = city.add(SourceKind.WFS, neighbour.url("/cgi-bin/mapserv"));
      String published = city.published();
      assertThat(city.reason(source)).contains("no whole answer");
      assertThat(city.published()).isEqualTo(published);

      neighbour.becomes(mapServer);
      neighbour.requests.clear();
      everyLampIsWhereItStands(city.pull(source));
      assertThat(neighbour.requests).noneMatch(request -> request.contains("startIndex=0&"));
    }
  }

  @Test
  void qgisServerIsPulled() throws Exception {
    try (Neighbour neighbour = new Neighbour(qgis())) {
      everyLampIsWhereItStands(
          city.pull(city.add(SourceKind.WFS, neighbour.url("/cgi-bin/qgis_mapserv.fcgi"))));
    }
  }

  @Test
  void ourOwnServerIsPulledByItsOgcApi() throws Exception {
    Path other = Files.createDirectories(folder.resolve("other"));
    try (TrialHarvest neighbourCity = new TrialHarvest(other)) {
      neighbourCity.inbox(
          "luminarias.geojson", Files.readString(folder.resolve("luminarias.geojson")));
      neighbourCity.pull(neighbourCity.add(SourceKind.FILE, "luminarias.geojson"));
      PublishModule publish =
          new PublishModule(
              neighbourCity.catalogue.catalogue(),
              neighbourCity.store,
              neighbourCity.catalogue.mappings(),
              neighbourCity.catalogue.metadata(),
              Permissions.publicReading(),
              Clock.systemUTC(),
              PublishConfig.DEFAULT,
              EgressRules.STANDARD,
              folder,
              LayerGaps.NONE,
              CommunityLinks.NONE);
      try (HttpServer server =
          HttpServer.start(
              HttpConfig.local(0), publish.endpoints(), StaticSite.NONE, Guard.NOBODY)) {
        String address = "http://127.0.0.1:" + server.port() + "/ogc";
        Offer offer = city.module().preview(null, address, Progress.NONE);
        assertThat(offer.kind()).isEqualTo(SourceKind.OGC_FEATURES);

        everyLampIsWhereItStands(city.pull(city.add(SourceKind.OGC_FEATURES, address)));
      }
    }
  }
}
