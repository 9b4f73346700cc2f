package org.tequio.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tequio.feature.Finding;
import org.tequio.feature.FindingCode;
import org.tequio.feature.Findings;

class SourceScanTest {
  private static final byte[] POINT =
      "{\"type\":\"Point\",\"coordinates\":[1,2]}".getBytes(StandardCharsets.UTF_8);
  private static final Limits SMALL = new Limits(4 << 20, 50, 2, 100, 1 << 20, 1 << 20, 100, 64);

  @TempDir Path top;
  private final Findings findings = new Findings();
  private Path folder = Path.of("");
  private Path scratch = Path.of("");

  @BeforeEach
  void folders() throws IOException {
    folder = Files.createDirectory(top.resolve("entrega"));
    scratch = Files.createDirectory(top.resolve("scratch"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../fuera.geojson",
        "a/../../fuera.geojson",
        "/etc/fuera.geojson",
        "..\\fuera.geojson",
        "C:/fuera.geojson",
        "a/.."
      })
  void anArchiveThatTriesToWriteOutsideIsRefusedWhole(String name) throws IOException {
    zip("malo.zip", StandardCharsets.UTF_8, "bueno.geojson", name);

    try (SourceScan scan = scan()) {
      assertThat(scan.datasets()).isEmpty();
      assertThat(codes()).containsExactly(FindingCode.FILE_REFUSED);
    }
    assertThat(filesUnder(top)).containsExactly("malo.zip");
  }

  @Test
  void aSymbolicLinkInAnArchiveIsRefused() throws IOException {
    zip("enlace.zip", StandardCharsets.UTF_8, "a.geojson");
    patchDirectory("enlace.zip", 5, 3);
    patchDirectory("enlace.zip", 41, 0xa1);

    try (SourceScan scan = scan()) {
      assertThat(scan.datasets()).isEmpty();
      assertThat(findings.list().getFirst().evidence()).contains("symbolic link");
    }
  }

  @Test
  void anEncryptedEntryIsRefusedWithItsReason() throws IOException {
    zip("clave.zip", StandardCharsets.UTF_8, "a.geojson");
    patchDirectory("clave.zip", 8, 1);

    try (SourceScan scan = scan()) {
      assertThat(scan.received()).hasSize(1);
      assertThat(findings.list().getFirst().evidence()).contains("encrypted");
    }
  }

  @Test
  void entriesThatShareTheirBytesAreRefused() throws IOException {
    zip("encimado.zip", StandardCharsets.UTF_8, "a.geojson", "b.geojson");
    byte[] bytes = Files.readAllBytes(folder.resolve("encimado.zip"));
    int second = directoryEntry(bytes, 1);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(second + 42, 0);
    Files.write(folder.resolve("encimado.zip"), bytes);

    try (SourceScan scan = scan()) {
      assertThat(scan.datasets()).isEmpty();
      assertThat(findings.list().getFirst().evidence()).contains("overlap");
    }
  }

  @Test
  void aBombIsStoppedByItsRatioEvenWhereItLiesAboutItsSize() throws IOException {
    zipOf("bomba.zip", "ceros.dbf", new byte[3 << 20]);
    byte[] bytes = Files.readAllBytes(folder.resolve("bomba.zip"));
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(directoryEntry(bytes, 0) + 24, 10);
    Files.write(folder.resolve("bomba.zip"), bytes);

    try (SourceScan scan = scan()) {
      assertThat(scan.datasets()).isEmpty();
      assertThat(findings.list().getFirst().evidence()).contains("more than 100 times");
    }
  }

  @Test
  void tooManyBytesEntriesOrLevelsAreRefused() throws IOException {
    byte[] noise = new byte[5 << 20];
    new java.util.Random(7).nextBytes(noise);
    zipOf("grande.zip", "a.bin", noise);
    zip(
        "muchos.zip",
        StandardCharsets.UTF_8,
        Stream.iterate(1, i -> i + 1).limit(60).map(i -> i + ".geojson").toArray(String[]::new));
    byte[] inner = zipBytes("a.geojson", POINT);
    for (int i = 0; i < 3; i++) {
      inner = zipBytes("dentro.zip", inner);
    }
    Files.write(folder.resolve("hondo.zip"), inner);

    try (SourceScan scan = scan()) {
      assertThat(scan.datasets()).isEmpty();
      assertThat(findings.list()).extracting(Finding::code).containsOnly(FindingCode.FILE_REFUSED);
      assertThat(findings.list()).hasSize(3);
    }
  }

  @Test
  void brokenArchivesAreUnreadable() throws IOException {
    Files.writeString(folder.resolve("nada.zip"), "esto no es un zip");
    Files.writeString(folder.resolve("nada.geojson.gz"), "esto tampoco");
    byte[] good = zipBytes("a.geojson", POINT);
    Files.write(folder.resolve("corto.zip"), java.util.Arrays.copyOf(good, good.length - 30));

    try (SourceScan scan = scan()) {
      assertThat(scan.datasets()).isEmpty();
      assertThat(codes()).containsOnly(FindingCode.FILE_UNREADABLE).hasSize(3);
    }
  }

  @Test
  void archivesInArchivesAndSingleCompressedFilesAreOpened() throws IOException {
    Files.write(
        folder.resolve("a.zip"), zipBytes("dentro/b.zip", zipBytes("capas/c.geojson", POINT)));
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("d.geojson.gz")))) {
      out.write(POINT);
    }

    try (SourceScan scan = scan()) {
      assertThat(names(scan))
          .containsExactly("a.zip!/dentro/b.zip!/capas/c.geojson", "d.geojson.gz!/d.geojson");
      assertThat(scan.received())
          .extracting(SourceFile::displayName)
          .containsExactly("a.zip", "d.geojson.gz");
    }
    assertThat(filesUnder(scratch)).isEmpty();
  }

  @Test
  void namesInDosAndWindowsCodePagesAreDecoded() throws IOException {
    zip("dos.zip", Charset.forName("IBM850"), "Peñón de los Baños.geojson", "Álamos.geojson");
    zip("win.zip", Charset.forName("windows-1252"), "Conceição.geojson");

    try (SourceScan scan = scan()) {
      assertThat(names(scan))
          .containsExactlyInAnyOrder(
              "dos.zip!/Peñón de los Baños.geojson",
              "dos.zip!/Álamos.geojson",
              "win.zip!/Conceição.geojson");
    }
  }

  @Test
  void strangeNamesNeverReachTheFileSystem() throws IOException {
    zip(
        "raro.zip",
        StandardCharsets.UTF_8,
        "CON.geojson",
        "é".repeat(200) + ".geojson",
        "a\u202egpj.geojson",
        "b\nc.geojson",
        "\"; DROP TABLE.geojson");

    try (SourceScan scan = scan()) {
      assertThat(scan.datasets()).hasSize(5);
      assertThat(names(scan)).noneMatch(name -> name.contains("\u202e") || name.contains("\n"));
    }
  }

  @Test
  void whatProgramsAndPeopleLeaveBesideTheDataIsNotedAndNotRead() throws IOException {
    for (String name :
        List.of(
            ".DS_Store",
            "Thumbs.db",
            "._barrios.geojson",
            "LEEME.txt",
            "PROVENANCE.tsv",
            "plano.dwg")) {
      Files.write(folder.resolve(name), POINT);
    }
    Files.createDirectory(folder.resolve("__MACOSX"));
    Files.write(folder.resolve("licencias_de_obra.geojson"), POINT);

    try (SourceScan scan = scan()) {
      assertThat(names(scan)).containsExactly("licencias_de_obra.geojson");
      assertThat(codes()).containsOnly(FindingCode.FILE_UNKNOWN).hasSize(7);
    }
  }

  @Test
  void anExactCopyIsADatasetAndAFinding() throws IOException {
    Files.write(folder.resolve("a.geojson"), POINT);
    Files.write(folder.resolve("b.zip"), zipBytes("otra.geojson", POINT));
    Files.writeString(folder.resolve("c.geojson"), "{\"type\":\"Point\",\"coordinates\":[1,3]}");

    try (SourceScan scan = scan()) {
      assertThat(scan.datasets()).hasSize(3);
      assertThat(findings.list()).hasSize(1);
      assertThat(findings.list().getFirst().source()).isEqualTo("b.zip!/otra.geojson");
      assertThat(findings.list().getFirst().subject()).isEqualTo("a.geojson");
      assertThat(scan.sha256(scan.received().getFirst())).hasSize(64);
    }
  }

  @Test
  void aFileWithoutBytesIsEmptyAndALinkOutsideIsNotFollowed() throws IOException {
    Files.createFile(folder.resolve("vacio.shp"));
    Files.write(top.resolve("secreto.geojson"), POINT);
    Files.createSymbolicLink(folder.resolve("x.geojson"), top.resolve("secreto.geojson"));

    try (SourceScan scan = scan()) {
      assertThat(scan.datasets()).isEmpty();
      assertThat(codes())
          .containsExactlyInAnyOrder(FindingCode.FILE_EMPTY, FindingCode.FILE_REFUSED);
    }
  }

  private SourceScan scan() throws IOException {
    return SourceScan.of(List.of(folder), scratch, SMALL, findings);
  }

  private List<FindingCode> codes() {
    return findings.list().stream().map(Finding::code).toList();
  }

  private static List<String> names(SourceScan scan) {
    return scan.datasets().stream().map(dataset -> dataset.primary().displayName()).toList();
  }

  private static List<String> filesUnder(Path path) throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      return all.filter(Files::isRegularFile)
          .map(file -> String.valueOf(file.getFileName()))
          .toList();
    }
  }

  private void zip(String name, Charset charset, String... entries) throws IOException {
    try (OutputStream out = Files.newOutputStream(folder.resolve(name));
        ZipOutputStream zip = new ZipOutputStream(out, charset)) {
      for (String entry : entries) {
        zip.putNextEntry(new ZipEntry(entry));
        zip.write(POINT);
        zip.closeEntry();
      }
    }
  }

  private void zipOf(String name, String entry, byte[] content) throws IOException {
    Files.write(folder.resolve(name), zipBytes(entry, content));
  }

  private static byte[] zipBytes(String entry, byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write(content);
      zip.closeEntry();
    }
    return out.toByteArray();
  }

  // Changes a byte of the first entry of the central directory.
  private void patchDirectory(String name, int offset, int value) throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve(name));
    bytes[directoryEntry(bytes, 0) + offset] = (byte) value;
    Files.write(folder.resolve(name), bytes);
  }

  private static int directoryEntry(byte[] bytes, int number) {
    int seen = 0;
    for (int i = 0; i + 4 < bytes.length; i++) {
      boolean entry =
          bytes[i] == 'P' && bytes[i + 1] == 'K' && bytes[i + 2] == 1 && bytes[i + 3] == 2;
      if (entry && seen++ == number) {
        return i;
      }
    }
    throw new AssertionError("no entry " + number);
  }
}
