package org.tequio.formats.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.FindingCode;
import org.tequio.formats.Format;
import org.tequio.formats.FormatException;
import org.tequio.formats.gml.GmlFormat;
import org.tequio.formats.gpx.GpxFormat;
import org.tequio.formats.kml.KmlFormat;
import org.tequio.formats.osm.OsmFormat;
import org.tequio.formats.table.Reading;
import org.tequio.formats.xlsx.XlsxFormat;

/** Every XML format against the same attacks, with a file and a port that nobody may touch. */
class HostileXmlTest {
  private static final String SECRET = "canary-4711";
  private static final List<Target> TARGETS =
      List.of(
          new Target(
              new KmlFormat(),
              "a.kml",
              "kml",
              "<Placemark><name>%s</name><Point><coordinates>1,2</coordinates></Point></Placemark>"),
          new Target(new GpxFormat(), "a.gpx", "gpx", "<wpt lat='1' lon='2'><name>%s</name></wpt>"),
          new Target(
              new GmlFormat(),
              "a.gml",
              "FeatureCollection",
              "<featureMember><barrio><nombre>%s</nombre></barrio></featureMember>"),
          new Target(
              new OsmFormat(),
              "a.osm",
              "osm",
              "<node id='1' lat='1' lon='2'><tag k='name' v='x'/>%s</node>"));

  private record Target(Format format, String file, String root, String body) {
    String document(String doctype, String inside) {
      return "<?xml version='1.0'?>"
          + doctype
          + "<"
          + root
          + ">"
          + body.formatted(inside)
          + "</"
          + root
          + ">";
    }
  }

  @TempDir Path folder;
  private ServerSocket canary;

  @BeforeEach
  void listen() throws IOException {
    canary = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    canary.setSoTimeout(150);
  }

  @AfterEach
  void nobodyCalled() throws IOException {
    try (ServerSocket closing = canary) {
      assertThat(catchThrowable(closing::accept)).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void anEntityThatNamesAFileIsRefusedAndTheFileIsNotRead() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret.txt"), SECRET);
    String doctype = "<!DOCTYPE x [<!ENTITY e SYSTEM '" + secret.toUri() + "'>]>";

    for (Target target : TARGETS) {
      refused(target, target.document(doctype, "&e;").getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void anExternalDocumentTypeIsNotFetched() throws Exception {
    String url = "http://127.0.0.1:" + canary.getLocalPort() + "/evil.dtd";

    for (Target target : TARGETS) {
      for (String doctype :
          List.of(
              "<!DOCTYPE x SYSTEM '" + url + "'>",
              "<!DOCTYPE x PUBLIC '-//X//Y' '" + url + "'>",
              "<!DOCTYPE x [<!ENTITY % p SYSTEM '" + url + "'> %p;]>")) {
        refused(target, target.document(doctype, "a").getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  @Test
  void entitiesThatMultiplyAreRefusedBeforeTheyGrow() throws Exception {
    StringBuilder laughs = new StringBuilder("<!DOCTYPE x [<!ENTITY l0 'ja'>");
    for (int i = 1; i < 12; i++) {
      laughs.append("<!ENTITY l").append(i).append(" '");
      laughs.append(("&l" + (i - 1) + ";").repeat(10)).append("'>");
    }
    String quadratic = "<!DOCTYPE x [<!ENTITY q '" + "a".repeat(100_000) + "'>]>";

    for (Target target : TARGETS) {
      refused(target, target.document(laughs + "]>", "&l11;").getBytes(StandardCharsets.UTF_8));
      refused(
          target, target.document(quadratic, "&q;".repeat(50)).getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void otherEncodingsDoNotHideADocumentType() throws Exception {
    String doctype = "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/hostname'>]>";
    for (Target target : TARGETS) {
      String document = target.document(doctype, "&e;");
      for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
        refused(target, ("\ufeff" + document).getBytes(charset));
      }
      String utf7 =
          "<?xml version='1.0' encoding='UTF-7'?>+ADwAIQ-DOCTYPE x+AD4-" + document.substring(21);
      refused(target, utf7.getBytes(StandardCharsets.US_ASCII));
    }
  }

  @Test
  void schemaLocationsAreNotVisited() throws Exception {
    String url = "http://127.0.0.1:" + canary.getLocalPort() + "/a.xsd";
    for (Target target : TARGETS) {
      String document =
          target
              .document("", "Barrio")
              .replaceFirst(
                  "<" + target.root,
                  "<"
                      + target.root
                      + " xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'"
                      + " xsi:schemaLocation='urn:x "
                      + url
                      + "' xsi:noNamespaceSchemaLocation='"
                      + url
                      + "'");
      assertThat(Reading.of(target.format, folder, target.file, document).features()).hasSize(1);
    }
  }

  @Test
  void elementsNestedWithoutEndAreRefused() throws Exception {
    String deep = "<a>".repeat(200_000);
    for (Target target : TARGETS) {
      refused(target, target.document("", deep).getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void anAttributeWithoutEndIsRefused() throws Exception {
    byte[] huge = new byte[20 << 20];
    java.util.Arrays.fill(huge, (byte) 'a');
    System.arraycopy("<kml a='".getBytes(StandardCharsets.UTF_8), 0, huge, 0, 8);
    Path file = Files.write(folder.resolve("a.kml"), huge);

    assertThatThrownBy(() -> Reading.of(new KmlFormat(), file))
        .isInstanceOf(FormatException.class)
        .extracting(e -> ((FormatException) e).code())
        .isEqualTo(FindingCode.FILE_REFUSED);
  }

  @Test
  void aDocumentTypeInAPartOfAWorkbookOrAKmzIsRefused() throws Exception {
    String evil = "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/hostname'>]>";
    for (String part :
        List.of(
            "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/worksheets/s.xml")) {
      Path file = folder.resolve("a.xlsx");
      workbook(file, part, evil);
      assertThatThrownBy(() -> Reading.of(new XlsxFormat(), file))
          .as(part)
          .isInstanceOf(FormatException.class)
          .extracting(e -> ((FormatException) e).code())
          .isEqualTo(FindingCode.FILE_REFUSED);
    }
    Path kmz = folder.resolve("a.kmz");
    zip(kmz, "doc.kml", TARGETS.getFirst().document(evil, "&e;"));
    assertThatThrownBy(() -> Reading.of(new KmlFormat(), kmz)).isInstanceOf(FormatException.class);
  }

  @Test
  void aKmzThatUnpacksWithoutEndIsStopped() throws Exception {
    Path kmz = folder.resolve("bomba.kmz");
    zip(kmz, "doc.kml", "<kml>" + " ".repeat(12 << 20));

    assertThatThrownBy(() -> Reading.of(new KmlFormat(), kmz))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("times its size");
  }

  private void refused(Target target, byte[] document) throws IOException {
    Path file = Files.write(folder.resolve(target.file), document);
    Throwable fault = catchThrowable(() -> Reading.of(target.format, file));
    assertThat(fault).as(target.file).isInstanceOf(FormatException.class);
    assertThat(fault.toString()).doesNotContain(SECRET).doesNotContain("/etc/");
  }

  private static void workbook(Path file, String evilPart, String evil) throws IOException {
    String ns = " xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'";
    String[][] parts = {
      {
        "xl/workbook.xml",
        "<workbook" + ns + "><sheets><sheet name='a' r:id='r1'/></sheets></workbook>"
      },
      {
        "xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id='r1' Type='x/worksheet' Target='worksheets/s.xml'/></Relationships>"
      },
      {"xl/sharedStrings.xml", "<sst><si><t>nombre</t></si></sst>"},
      {"xl/styles.xml", "<styleSheet/>"},
      {
        "xl/worksheets/s.xml",
        "<worksheet><sheetData><row r='1'><c r='A1' t='s'><v>0</v></c></row>"
            + "<row r='2'><c r='A2'><v>1</v></c></row></sheetData></worksheet>"
      }
    };
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (String[] part : parts) {
        zip.putNextEntry(new ZipEntry(part[0]));
        String text = part[0].equals(evilPart) ? evil + part[1] : part[1];
        zip.write(text.getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private static void zip(Path file, String entry, String text) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
