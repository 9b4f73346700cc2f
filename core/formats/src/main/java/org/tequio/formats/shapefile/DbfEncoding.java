package org.tequio.formats.shapefile;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Finding;
import org.tequio.feature.FindingCode;
import org.tequio.feature.Findings;
import org.tequio.formats.text.EncodingDetector;
import org.tequio.formats.text.TextEncoding;

/**
 * In which encoding the texts of a table are: what the {@code .cpg} or the header says, unless the
 * bytes prove it wrong; what the bytes say where nothing is declared.
 */
final class DbfEncoding {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final int ROWS_AT_ONCE = 1 << 19;
  private static final Pattern NUMBER = Pattern.compile("(\\d{3,5})");

  /** The language drivers that western programs write. */
  private static final Map<Integer, String> LANGUAGES =
      Map.ofEntries(
          Map.entry(0x01, "IBM437"),
          Map.entry(0x02, "IBM850"),
          Map.entry(0x03, "windows-1252"),
          Map.entry(0x08, "IBM865"),
          Map.entry(0x0a, "IBM850"),
          Map.entry(0x0f, "IBM437"),
          Map.entry(0x10, "IBM850"),
          Map.entry(0x11, "IBM437"),
          Map.entry(0x12, "IBM850"),
          Map.entry(0x14, "IBM850"),
          Map.entry(0x18, "IBM437"),
          Map.entry(0x19, "IBM437"),
          Map.entry(0x1b, "IBM437"),
          Map.entry(0x1d, "IBM850"),
          Map.entry(0x24, "IBM860"),
          Map.entry(0x25, "IBM850"),
          Map.entry(0x37, "IBM850"),
          Map.entry(0x57, "windows-1252"),
          Map.entry(0x58, "windows-1252"),
          Map.entry(0x59, "windows-1252"),
          Map.entry(0x64, "IBM852"),
          Map.entry(0x66, "IBM865"),
          Map.entry(0x6c, "IBM863"),
          Map.entry(0xc8, "windows-1250"),
          Map.entry(0xc9, "windows-1251"));

  private DbfEncoding() {}

  /**
   * Decides, and reports a guess or a contradiction.
   *
   * @param codePage the text of the {@code .cpg}; null where there is none
   */
  static Charset decide(
      FileWindow file,
      DbfHeader header,
      @Nullable String codePage,
      Findings findings,
      String source)
      throws IOException {
    EncodingDetector detector = new EncodingDetector();
    for (DbfColumn column : header.columns()) {
      detector.feed(column.nameBytes(), 0, column.nameBytes().length).endOfText();
    }
    look(file, header, detector);
    Optional<Charset> declared =
        codePage == null ? Optional.empty() : findCharset(codePage).or(Optional::empty);
    String declaredBy = ".cpg says " + codePage;
    if (declared.isEmpty()) {
      declared = findLanguage(header.language());
      declaredBy = "the table's header says language %#04x".formatted(header.language());
    }
    if (detector.highBytes() == 0) {
      return declared.orElse(StandardCharsets.UTF_8);
    }
    TextEncoding seen = detector.detect();
    if (declared.isEmpty()) {
      findings.add(
          Finding.of(
              FindingCode.ENCODING_GUESSED,
              source,
              seen.charset().name(),
              seen.evidence(),
              Finding.Action.ASSUMED));
      return seen.charset();
    }
    Charset said = declared.get();
    if (said.equals(seen.charset()) || !contradicts(said, seen, detector)) {
      return said;
    }
    findings.add(
        Finding.of(
            FindingCode.ENCODING_CONTRADICTED,
            source,
            seen.charset().name(),
            declaredBy + ", but " + seen.evidence(),
            Finding.Action.ASSUMED));
    return seen.charset();
  }

  // A single-byte page accepts nearly everything, so only what it cannot hold speaks against it.
  private static boolean contradicts(Charset said, TextEncoding seen, EncodingDetector detector) {
    if (said.equals(StandardCharsets.UTF_8)) {
      return detector.malformedUtf8() > 0;
    }
    boolean singleByte = said.newEncoder().maxBytesPerChar() == 1;
    return seen.isUtf8() && seen.certain() || singleByte && detector.hasUndefined(said);
  }

  private static void look(FileWindow file, DbfHeader header, EncodingDetector detector)
      throws IOException {
    int rowLength = header.rowLength();
    int step = Math.max(1, ROWS_AT_ONCE / rowLength);
    for (long row = 0; row < header.rows(); row += step) {
      int rows = (int) Math.min(step, header.rows() - row);
      int at = file.at(header.start() + row * rowLength, rows * rowLength);
      byte[] bytes = file.bytes();
      if (hasHigh(bytes, at, rows * rowLength)) {
        for (int r = 0; r < rows; r++, at += rowLength) {
          if (hasHigh(bytes, at, rowLength)) {
            feed(header, bytes, at, detector);
          }
        }
      }
    }
  }

  private static void feed(DbfHeader header, byte[] bytes, int at, EncodingDetector detector) {
    for (DbfColumn column : header.columns()) {
      if (column.isText() && hasHigh(bytes, at + column.offset(), column.width())) {
        detector.feed(bytes, at + column.offset(), column.width()).endOfText();
      }
    }
  }

  private static boolean hasHigh(byte[] bytes, int at, int length) {
    int i = at;
    int end = at + length;
    for (; i + 8 <= end; i += 8) {
      if (((long) LONG.get(bytes, i) & HIGH_BITS) != 0) {
        return true;
      }
    }
    for (; i < end; i++) {
      if (bytes[i] < 0) {
        return true;
      }
    }
    return false;
  }

  private static Optional<Charset> findLanguage(int language) {
    return Optional.ofNullable(LANGUAGES.get(language)).flatMap(DbfEncoding::findByName);
  }

  /** What a {@code .cpg} means: "UTF-8", "1252", "ANSI 1252", "ISO-8859-1", "88591", "OEM 850". */
  static Optional<Charset> findCharset(String codePage) {
    String text = codePage.replace("\ufeff", "").strip().toUpperCase(Locale.ROOT);
    if (text.isEmpty() || text.equals("SYSTEM")) {
      return Optional.empty();
    }
    if (text.startsWith("LDID/")) {
      try {
        return findLanguage(Integer.parseInt(text.substring(5).strip()));
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    }
    if (text.replace("-", "").startsWith("UTF8") || text.equals("65001")) {
      return Optional.of(StandardCharsets.UTF_8);
    }
    Matcher number = NUMBER.matcher(text.replaceAll("ISO[- _]*8859[- _]*", "8859"));
    if (number.find()) {
      String digits = number.group(1);
      if (digits.startsWith("8859") && digits.length() == 5) {
        return findByName("ISO-8859-" + digits.substring(4));
      }
      if (digits.length() == 4 && digits.startsWith("125")) {
        return findByName("windows-" + digits);
      }
      if (digits.length() == 3) {
        return findByName("IBM" + digits);
      }
    }
    return findByName(text);
  }

  private static Optional<Charset> findByName(String name) {
    try {
      return Optional.of(Charset.forName(name));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return Optional.empty();
    }
  }
}
