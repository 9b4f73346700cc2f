package org.tequio.harvest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a server that means harm can send. The lines are those of the checklist of hostile inputs:
 * 1-4 and 8 (XML), 10 and 11 (bombs), 42 (HTTP), 43 and 44 (addresses).
 */
class HostileServerTest {
  private static final String SECRET = "tequio-secret-7d1f";

  @TempDir Path folder;
  private TrialHarvest city;
  private ServerSocket canary;
  private final AtomicInteger sung = new AtomicInteger();

  @BeforeEach
  void open() throws IOException {
    city = new TrialHarvest(folder);
    canary = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::listen);
  }

  private void listen() {
    while (!canary.isClosed()) {
      try {
        canary.accept().close();
        sung.incrementAndGet();
      } catch (IOException e) {
        return; // closed: the test is over
      }
    }
  }

  @AfterEach
  void close() throws IOException {
    canary.close();
    city.close();
  }

  private String canaryUrl() {
    return "http://127.0.0.1:" + canary.getLocalPort() + "/evil.dtd";
  }

  /** Sends a document as capabilities and as features; neither may leave anything behind. */
  private void refused(String document, Charset charset) throws Exception {
    byte[] bytes = document.getBytes(charset);
    FaultyWfs wfs = new FaultyWfs(120);
    for (String evil : new String[] {"GetCapabilities", "DescribeFeatureType", "GetFeature"}) {
      try (Neighbour neighbour =
          new Neighbour(
              asked -> {
                if (asked.parameter("request").equals(evil)) {
                  asked.reply(200, "text/xml", bytes);
                } else {
                  wfs.answer(asked);
                }
              })) {
        Source source = city.add(SourceKind.WFS, neighbour.url("/wfs"));
        HarvestRun run = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> city.pull(source));
        boolean harmless = evil.equals("DescribeFeatureType");
        assertThat(run.reason() == null).as(evil).isEqualTo(harmless);
        assertThat(run.toString()).doesNotContain(SECRET);
      }
    }
    assertThat(sung.get()).isZero();
    assertThat(city.layers().toString()).doesNotContain(SECRET);
  }

  private String fileEntity() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret.txt"), SECRET);
    return "<!DOCTYPE a [<!ENTITY x SYSTEM '" + secret.toUri() + "'>]><a>&x;</a>";
  }

  @Test
  void entitiesOfFilesAreNotRead() throws Exception {
    refused("<?xml version='1.0'?>" + fileEntity(), StandardCharsets.UTF_8);
  }

  @Test
  void entitiesAreNotReadInUtf16Either() throws Exception {
    refused("<?xml version='1.0' encoding='UTF-16'?>" + fileEntity(), StandardCharsets.UTF_16);
  }

  @Test
  void outerDocumentTypesAreNotFetched() throws Exception {
    refused(
        "<!DOCTYPE a [<!ENTITY % p SYSTEM '" + canaryUrl() + "'>%p;]><a/>", StandardCharsets.UTF_8);
  }

  @Test
  void laughsAndDepthEndAtOnce() throws Exception {
    refused(
        "<!DOCTYPE a [<!ENTITY a 'lol'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]><a>&b;</a>",
        StandardCharsets.UTF_8);
    refused("<a>".repeat(200_000), StandardCharsets.UTF_8);
  }

  @Test
  void schemaLocationsAreNotFetched() throws Exception {
    FaultyWfs wfs = new FaultyWfs(120);
    try (Neighbour neighbour =
        new Neighbour(
            asked -> {
              if (asked.parameter("startindex").isEmpty()) {
                wfs.answer(asked);
              } else {
                String schema =
                    "<wfs:FeatureCollection xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'"
                        + " xsi:schemaLocation='http://mapa "
                        + canaryUrl()
                        + "'";
                asked.reply(
                    200,
                    "text/xml",
                    wfs.features(asked).replaceFirst("<wfs:FeatureCollection", schema));
              }
            })) {
      assertThat(city.pull(city.add(SourceKind.WFS, neighbour.url("/wfs"))).reason()).isNull();
      assertThat(sung.get()).isZero();
    }
  }

  @Test
  void bombsAndPathsOutOfAnArchiveStayInside() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("../../../slipped.geojson"));
      zip.write(
          "{\"type\":\"FeatureCollection\",\"features\":[]}".getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("bomb.csv"));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 400; i++) {
        zip.write(zeros);
      }
    }
    long before = diskUse();
    try (Neighbour neighbour =
        new Neighbour(asked -> asked.reply(200, "application/zip", bytes.toByteArray()))) {
      city.pull(city.add(SourceKind.HTTP, neighbour.url("/a.zip")));
    }
    try (Stream<Path> all = Files.walk(folder)) {
      assertThat(all.map(Path::toString)).noneMatch(path -> path.contains("slipped"));
    }
    assertThat(city.layers()).isEmpty();
    assertThat(diskUse() - before).isLessThan(100L << 20);
  }

  private long diskUse() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      long sum = 0;
      for (Path path : all.filter(Files::isRegularFile).toList()) {
        sum += Files.size(path);
      }
      return sum;
    }
  }

  @Test
  void namesOfFilesAndLayersNeverBecomePaths() throws Exception {
    for (String name :
        List.of("../../x.csv", "..\\\\x.csv", "/etc/x.csv", "a\u0000b.csv", "CON.csv")) {
      try (Neighbour neighbour =
          new Neighbour(
              asked -> {
                String shown = name.replace("\u0000", "%00");
                asked
                    .exchange()
                    .getResponseHeaders()
                    .set("Content-Disposition", "attachment; filename=\"" + shown + "\"");
                asked.reply(200, "text/csv", "clave,lat,lon\n1,19.4,-99.1\n2,19.5,-99.1\n");
              })) {
        assertThat(city.pull(city.add(SourceKind.HTTP, neighbour.url("/d"))).reason()).isNull();
      }
    }
    assertThat(folder.resolve("x.csv")).doesNotExist();
    assertThat(folder.resolveSibling("x.csv")).doesNotExist();
  }

  @Test
  void headersWithoutEndAndBrokenHttpEndThePull() throws Exception {
    List<String> answers = new ArrayList<>();
    answers.add("HTTP/1.1 200 OK\r\nX: " + "a".repeat(2 << 20) + "\r\n\r\n");
    answers.add("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 50\r\n\r\nhello");
    answers.add("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\nhello");
    answers.add("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
    answers.add("nonsense\r\n\r\n");
    for (String answer : answers) {
      try (ServerSocket raw = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
        Thread.ofVirtual().start(() -> speak(raw, answer));
        String address = "http://127.0.0.1:" + raw.getLocalPort() + "/a.csv";
        assertThat(city.reason(city.add(SourceKind.HTTP, address)))
            .as(answer.substring(0, 12))
            .contains("no whole answer");
      }
    }
    assertThat(city.layers()).isEmpty();
  }

  private static void speak(ServerSocket raw, String answer) {
    while (!raw.isClosed()) {
      try (var socket = raw.accept()) {
        socket.getInputStream().read(new byte[4096]);
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
      } catch (IOException e) {
        continue; // the other side hung up in the middle, as it should
      }
    }
  }

  @Test
  void jsonWithoutEndOrBottomIsDamage() throws Exception {
    for (String json :
        List.of(
            "[".repeat(100_000),
            "{\"type\":\"FeatureCollection\",\"features\":[{\"a\":" + "[".repeat(5_000),
            "{\"type\":\"FeatureCollection\",\"features\":[1,2]}",
            "{\"type\":\"FeatureCollection\",\"features\":[]} extra")) {
      try (Neighbour neighbour =
          new Neighbour(
              asked -> {
                switch (asked.path()) {
                  case "/ogc" -> asked.reply(200, "application/json", "{\"links\":[]}");
                  case "/ogc/collections" ->
                      asked.reply(200, "application/json", "{\"collections\":[{\"id\":\"a\"}]}");
                  default -> asked.reply(200, "application/geo+json", json);
                }
              })) {
        Source source = city.add(SourceKind.OGC_FEATURES, neighbour.url("/ogc"));
        assertThat(assertTimeoutPreemptively(Duration.ofSeconds(20), () -> city.pull(source)))
            .extracting(HarvestRun::outcome)
            .isEqualTo(HarvestRun.Outcome.FAILED);
      }
    }
  }
}
