package org.tequio.formats.xlsx;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.FindingCode;
import org.tequio.formats.FormatException;
import org.tequio.formats.Limits;
import org.tequio.formats.ReadContext;
import org.tequio.formats.XmlReader;
import org.tequio.formats.xml.InflationGuard;

/**
 * The parts of an Office Open XML workbook (ECMA-376 part 1, clause 18) that tables need: names of
 * sheets, shared texts, which styles are dates. Sheets are read as a stream.
 */
final class Workbook {
  private static final long MAX_SHARED_TEXT = 1L << 27;
  private static final int MAX_COLUMNS = 16_384;
  private static final int MAX_SHEETS = 500;
  private static final Pattern NOT_CODE = Pattern.compile("\"[^\"]*\"|\\[[^\\]]*\\]|\\\\.|_.|\\*.");
  private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");

  private final Path file;
  private final Limits limits;
  private final List<Sheet> sheets = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private final Map<String, String> targets = new HashMap<>();
  private final Set<Integer> dateStyles = new HashSet<>();
  private boolean since1904;

  /**
   * A sheet.
   *
   * @param name as on its tab
   * @param part its name in the archive
   */
  record Sheet(String name, String part) {}

  /** Sees each row that has a cell. */
  @FunctionalInterface
  interface RowVisitor {
    /**
     * One row.
     *
     * @param number from 1
     * @param cells String, Long, Double, Boolean, LocalDate or null
     * @return false to stop
     */
    boolean row(long number, @Nullable Object[] cells) throws FormatException;
  }

  private Workbook(Path file, Limits limits) {
    this.file = file;
    this.limits = limits;
  }

  static Workbook open(Path file, ReadContext context) throws IOException, FormatException {
    Workbook workbook = new Workbook(file, context.limits());
    Set<String> parts = workbook.parts();
    if (!parts.contains("xl/workbook.xml")) {
      throw new FormatException(
          FindingCode.FILE_UNREADABLE, "byte 0: the archive holds no workbook");
    }
    if (parts.contains("xl/_rels/workbook.xml.rels")) {
      workbook.relations();
    }
    workbook.sheets(parts);
    if (parts.contains("xl/styles.xml")) {
      workbook.styles();
    }
    if (parts.contains("xl/sharedStrings.xml")) {
      workbook.sharedTexts();
    }
    return workbook;
  }

  List<Sheet> sheets() {
    return sheets;
  }

  private Set<String> parts() throws IOException, FormatException {
    Set<String> names = new HashSet<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      if (zip.size() > limits.archiveEntries()) {
        throw new FormatException(
            FindingCode.FILE_REFUSED, "byte 0: " + zip.size() + " parts in one workbook");
      }
      for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
        String name = all.nextElement().getName();
        if (!names.add(name)) {
          throw new FormatException(
              FindingCode.FILE_REFUSED, "byte 0: two parts of one name in the workbook");
        }
      }
    } catch (ZipException | EOFException e) {
      throw new FormatException(FindingCode.FILE_UNREADABLE, "byte 0: not a whole workbook", e);
    }
    return names;
  }

  private XmlReader part(String name) throws IOException, FormatException {
    return XmlReader.open(InflationGuard.open(file, name, limits), limits);
  }

  private void relations() throws IOException, FormatException {
    try (XmlReader xml = part("xl/_rels/workbook.xml.rels")) {
      while (xml.next()) {
        String id = xml.isStart("Relationship") ? xml.attribute("Id") : null;
        String target = id == null ? null : xml.attribute("Target");
        String type = id == null ? null : xml.attribute("Type");
        if (id != null && target != null && type != null && type.endsWith("/worksheet")) {
          targets.put(id, target.startsWith("/") ? target.substring(1) : "xl/" + target);
        }
      }
    }
  }

  private void sheets(Set<String> parts) throws IOException, FormatException {
    try (XmlReader xml = part("xl/workbook.xml")) {
      while (xml.next()) {
        if (xml.isStart("workbookPr")) {
          String value = xml.attribute("date1904");
          since1904 = "1".equals(value) || "true".equals(value);
        } else if (xml.isStart("sheet")) {
          String name = xml.attribute("name");
          String id = xml.attribute("id"); // r:id; the sheet's own number is sheetId
          String part = id == null ? null : targets.get(id);
          if (name != null && part != null && parts.remove(part)) {
            sheets.add(new Sheet(name, part));
          }
          if (sheets.size() > MAX_SHEETS) {
            throw new FormatException(
                FindingCode.FILE_REFUSED, "line " + xml.line() + ": more than 500 sheets");
          }
        }
      }
    }
  }

  private void styles() throws IOException, FormatException {
    Set<Integer> dateFormats = new HashSet<>();
    try (XmlReader xml = part("xl/styles.xml")) {
      boolean inside = false;
      int style = 0;
      while (xml.next()) {
        if (xml.isStart("numFmt")) {
          int id = number(xml.attribute("numFmtId"), -1);
          String code = xml.attribute("formatCode");
          if (code != null && isDate(code)) {
            dateFormats.add(id);
          }
        } else if (xml.isStart("cellXfs") || xml.isEnd("cellXfs")) {
          inside = xml.isStart();
        } else if (inside && xml.isStart("xf")) {
          int format = number(xml.attribute("numFmtId"), 0);
          if (isBuiltInDate(format) || dateFormats.contains(format)) {
            dateStyles.add(style);
          }
          style++;
        }
      }
    }
  }

  private static boolean isBuiltInDate(int format) {
    return (format >= 14 && format <= 22)
        || (format >= 27 && format <= 36)
        || (format >= 45 && format <= 47)
        || (format >= 50 && format <= 58);
  }

  /** True for a format code (18.8.30) that shows a date or a time. */
  static boolean isDate(String code) {
    String bare = NOT_CODE.matcher(code).replaceAll("");
    int section = bare.indexOf(';');
    String first = section < 0 ? bare : bare.substring(0, section);
    return !first.equalsIgnoreCase("general") && first.matches("(?i).*[dmyhs].*");
  }

  private void sharedTexts() throws IOException, FormatException {
    long total = 0;
    try (XmlReader xml = part("xl/sharedStrings.xml")) {
      while (xml.next()) {
        if (xml.isStart("si")) {
          String text = richText(xml);
          total += text.length() + 40L;
          if (total > MAX_SHARED_TEXT) {
            throw new FormatException(
                FindingCode.FILE_REFUSED,
                "shared text " + texts.size() + ": more than " + MAX_SHARED_TEXT + " characters");
          }
          texts.add(text);
        }
      }
    }
  }

  // All runs of a text, without the readings (rPh) that stand beside it.
  private static String richText(XmlReader xml) throws FormatException {
    int inside = xml.depth();
    StringBuilder text = new StringBuilder();
    while (xml.next() && !(xml.isEnd() && xml.depth() == inside)) {
      if (xml.isStart("t")) {
        text.append(xml.text());
      } else if (xml.isStart("rPh")) {
        xml.skip();
      }
    }
    return unescaped(text.toString());
  }

  private static String unescaped(String text) {
    return text.indexOf("_x") < 0
        ? text
        : ESCAPED
            .matcher(text)
            .replaceAll(
                match ->
                    java.util.regex.Matcher.quoteReplacement(
                        String.valueOf((char) Integer.parseInt(match.group(1), 16))));
  }

  private static int number(@Nullable String text, int otherwise) {
    try {
      return text == null ? otherwise : Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  /** Passes on the rows of a sheet that hold something. */
  void forEach(Sheet sheet, ReadContext context, RowVisitor visitor)
      throws IOException, FormatException {
    try (XmlReader xml = part(sheet.part)) {
      long row = 0;
      List<@Nullable Object> cells = new ArrayList<>();
      while (xml.next()) {
        if (xml.isStart("row")) {
          row = Math.max(row + 1, number(xml.attribute("r"), 0));
          cells.clear();
        } else if (xml.isStart("c")) {
          cell(xml, row, cells);
        } else if (xml.isEnd("row") && !cells.isEmpty()) {
          if ((row & 0xfff) == 0) {
            context.progress().check();
          }
          if (!visitor.row(row, cells.toArray())) {
            return;
          }
        } else if (xml.isEnd("sheetData")) {
          return;
        }
      }
    }
  }

  private void cell(XmlReader xml, long row, List<@Nullable Object> cells) throws FormatException {
    String place = xml.attribute("r");
    int column = place == null ? cells.size() : column(place);
    if (column < 0 || column >= Math.min(MAX_COLUMNS, limits.columns())) {
      throw new FormatException(
          FindingCode.FILE_REFUSED, "row " + row + ": a cell beyond column " + limits.columns());
    }
    String kind = xml.attribute("t");
    int style = number(xml.attribute("s"), 0);
    int inside = xml.depth();
    String text = null;
    while (xml.next() && !(xml.isEnd() && xml.depth() == inside)) {
      if (xml.isStart("v")) {
        text = xml.text();
      } else if (xml.isStart("is")) {
        text = richText(xml);
      } else if (xml.isStart()) {
        xml.skip();
      }
    }
    Object value = text == null ? null : value(kind == null ? "n" : kind, style, text);
    if (value == null) {
      return;
    }
    while (cells.size() <= column) {
      cells.add(null);
    }
    cells.set(column, value);
  }

  /** The index of a column in a reference such as {@code AB12}; -1 where it is none. */
  static int column(String place) {
    int column = 0;
    int i = 0;
    for (; i < place.length() && i < 4; i++) {
      char c = Character.toUpperCase(place.charAt(i));
      if (c < 'A' || c > 'Z') {
        break;
      }
      column = column * 26 + (c - 'A' + 1);
    }
    return i == 0 || i > 3 ? -1 : column - 1;
  }

  private @Nullable Object value(String kind, int style, String text) {
    return switch (kind) {
      case "s" -> {
        int index = number(text, -1);
        String shared = index >= 0 && index < texts.size() ? texts.get(index) : null;
        yield shared == null || shared.isEmpty() ? null : shared;
      }
      case "b" -> text.strip().equals("1");
      case "n" -> numeric(style, text.strip());
      case "str" -> text.isEmpty() ? null : unescaped(text);
      default -> text.isEmpty() ? null : text;
    };
  }

  private @Nullable Object numeric(int style, String text) {
    if (text.isEmpty()) {
      return null;
    }
    double number;
    try {
      number = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return text;
    }
    if (!Double.isFinite(number)) {
      return text;
    }
    if (dateStyles.contains(style) && number >= 0 && number < 2_958_466) {
      return date(number);
    }
    boolean whole = number == Math.rint(number) && Math.abs(number) < 1e15;
    return whole ? (Object) (long) number : (Object) number;
  }

  // A day that never was, 29 February 1900, counts in the 1900 system (18.17.4.1).
  private Object date(double serial) {
    long day = (long) Math.floor(serial);
    LocalTime time =
        LocalTime.MIDNIGHT.plus(Math.round((serial - day) * 86_400_000), ChronoUnit.MILLIS);
    if (day == 0 && !since1904) {
      return time.toString();
    }
    LocalDate start =
        since1904
            ? LocalDate.of(1904, 1, 1)
            : day < 60 ? LocalDate.of(1899, 12, 31) : LocalDate.of(1899, 12, 30);
    LocalDate date = start.plusDays(day);
    boolean midnight = time.equals(LocalTime.MIDNIGHT);
    return midnight ? date : LocalDateTime.of(date, time).toString();
  }
}
