package org.tequio.formats.xlsx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.FindingCode;
import org.tequio.formats.FormatException;
import org.tequio.formats.table.Reading;

class XlsxFormatTest {
  @TempDir Path folder;

  @Test
  void aFileThatIsNoWorkbookIsToldSo() throws IOException {
    Path file = Files.writeString(folder.resolve("a.xlsx"), "hola");

    assertThatThrownBy(() -> Reading.of(new XlsxFormat(), file))
        .isInstanceOf(FormatException.class);
  }

  @Test
  void aCellFarBeyondTheLastColumnIsRefused() throws IOException {
    Path file = sheet("<row r='1'><c r='ZZZZZZ1'><v>1</v></c></row>");

    assertThatThrownBy(() -> Reading.of(new XlsxFormat(), file))
        .isInstanceOf(FormatException.class)
        .extracting(e -> ((FormatException) e).code())
        .isEqualTo(FindingCode.FILE_REFUSED);
  }

  @Test
  void titlesAboveTheHeaderDatesAndFormulas() throws Exception {
    Path file = folder.resolve("obras.xlsx");
    try (OutputStream out = Files.newOutputStream(file);
        var book = new org.dhatim.fastexcel.Workbook(out, "t", "1.0")) {
      Worksheet sheet = book.newWorksheet("Obras 2024");
      sheet.value(0, 0, "Padrón de obras");
      sheet.value(2, 0, "Obra");
      sheet.value(2, 1, "Inicio");
      sheet.value(2, 2, "Latitud");
      sheet.value(2, 3, "Longitud");
      sheet.value(3, 0, "Drenaje");
      sheet.value(3, 1, LocalDate.of(2024, 2, 29));
      sheet.style(3, 1).format("dd/mm/yyyy").set();
      sheet.value(3, 2, 19.4326);
      sheet.value(3, 3, -99.1332);
      book.newWorksheet("Vacía");
    }
    Reading reading = Reading.of(new XlsxFormat(), file);

    assertThat(reading.layers()).hasSize(1);
    assertThat(reading.fieldNames()).containsExactly("Obra", "Inicio", "Latitud", "Longitud");
    assertThat(reading.values(0))
        .containsExactly("Drenaje", LocalDate.of(2024, 2, 29), 19.4326, -99.1332);
    assertThat(reading.wkt(0)).isEqualTo("POINT (-99.1332 19.4326)");
    assertThat(reading.codes()).containsExactly(FindingCode.LINES_BEFORE_HEADER);
  }

  @Test
  void theStoredValueOfAFormulaIsReadAndColumnsOfOneTypeHaveIt() throws Exception {
    Path file =
        sheet(
            "<row r='1'><c r='A1' t='inlineStr'><is><t>n</t></is></c><c r='B1' t='str'><v>x</v></c></row>"
                + "<row r='2'><c r='A2'><f>1+1</f><v>2</v></c><c r='B2' t='str'><v>a</v></c></row>"
                + "<row r='4'><c r='A4'><v>2.5</v></c><c r='B4'><v>7</v></c></row>");
    Reading reading = Reading.of(new XlsxFormat(), file);

    assertThat(reading.values(0)).containsExactly(2.0, "a");
    assertThat(reading.values(1)).containsExactly(2.5, "7");
    assertThat(reading.features().get(1).row()).isEqualTo(4);
  }

  @Test
  void dateCodesAreToldFromOtherCodes() {
    assertThat(Workbook.isDate("dd\\-mm\\-yyyy")).isTrue();
    assertThat(Workbook.isDate("[$-80A]d \"de\" mmmm;@")).isTrue();
    assertThat(Workbook.isDate("#,##0.00 \"m\"")).isFalse();
    assertThat(Workbook.isDate("[Red]0.0")).isFalse();
    assertThat(Workbook.isDate("General")).isFalse();
  }

  private Path sheet(String rows) throws IOException {
    Path file = folder.resolve("b.xlsx");
    String ns = " xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'";
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      part(
          zip,
          "xl/workbook.xml",
          "<workbook" + ns + "><sheets><sheet name='a' r:id='r1'/></sheets></workbook>");
      part(
          zip,
          "xl/_rels/workbook.xml.rels",
          "<Relationships><Relationship Id='r1' Type='x/worksheet' Target='/xl/s.xml'/></Relationships>");
      part(zip, "xl/s.xml", "<worksheet><sheetData>" + rows + "</sheetData></worksheet>");
    }
    return file;
  }

  private static void part(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
