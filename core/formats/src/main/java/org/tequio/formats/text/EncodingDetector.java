package org.tequio.formats.text;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Gathers evidence about an encoding from pieces of text and then decides. One text may come in
 * several {@link #feed} calls; {@link #endOfText} separates texts that are independent, such as the
 * cells of a DBF file. Not thread-safe.
 *
 * <p>A text that is not UTF-8 is judged by which reading turns its bytes above 127 into letters of
 * Spanish and Portuguese in words that make sense: an acute e between small letters speaks for a
 * code page, a box-drawing character or a capital in the middle of a small word against it.
 */
public final class EncodingDetector {
  private static final String EXPECTED_LETTERS = "áéíóúñüÁÉÍÓÚÑÜãõçâêôàÃÕÇÂÊÔÀ";
  private static final String RARE_LETTERS = "èìòùÈÌÒÙëïöäËÏÖÄîûÎÛ";
  private static final String EXPECTED_SIGNS = "¿¡ºª°«»–—‘’“”…€®©½¼¾²³·•´\u00a0§±×";
  private static final int OTHER = 0;
  private static final int SMALL = 1;
  private static final int CAPITAL = 2;
  private static final int HIGH = 3;
  private static final byte[] CLASS = classes();
  private static final List<Charset> CANDIDATES =
      List.of(TextEncoding.WINDOWS_1252, TextEncoding.CP850, TextEncoding.CP437);

  private final Utf8Check utf8 = new Utf8Check();
  // How often each high byte stood between which kinds of neighbours: [before][byte - 128][after].
  private final long[] contexts = new long[4 * 128 * 4];
  private final byte[] start = new byte[4];
  private int startLength;
  private long bytes;
  private long high;
  private long zerosEven;
  private long zerosOdd;
  private int before = OTHER;
  private int pendingHigh = -1;

  /** Looks at some bytes. */
  public EncodingDetector feed(byte[] text, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      byte b = text[i];
      if (startLength < start.length) {
        start[startLength++] = b;
      }
      if (b == 0) {
        if ((bytes & 1) == 0) {
          zerosEven++;
        } else {
          zerosOdd++;
        }
      }
      bytes++;
      utf8.next(b);
      int kind = CLASS[b & 0xff];
      if (pendingHigh >= 0) {
        settle(kind);
      }
      if (b < 0) {
        high++;
        pendingHigh = (b & 0xff) - 128;
      } else {
        before = kind;
      }
    }
    return this;
  }

  /** Says that the next bytes belong to another text. */
  public EncodingDetector endOfText() {
    if (pendingHigh >= 0) {
      settle(OTHER);
    }
    before = OTHER;
    utf8.cut();
    return this;
  }

  /** How many bytes above 127 were seen: without any there is nothing to decide. */
  public long highBytes() {
    return high;
  }

  /** Sequences seen that are not valid UTF-8. */
  public long malformedUtf8() {
    return utf8.malformed();
  }

  /** True where a byte was seen that a single-byte charset does not have, or has as a control. */
  public boolean hasUndefined(Charset charset) {
    for (int b = 0; b < 128; b++) {
      char c = new String(new byte[] {(byte) (b + 128)}, charset).charAt(0);
      if ((c == '\ufffd' || Character.isISOControl(c)) && wasSeen(b)) {
        return true;
      }
    }
    return false;
  }

  /** Decides. */
  public TextEncoding detect() {
    endOfText();
    int mark = utf8Mark();
    if (mark > 0) {
      return certain(StandardCharsets.UTF_8, mark, utf8.malformed(), "a UTF-8 byte order mark");
    }
    if (startsWith(0xff, 0xfe)) {
      return certain(StandardCharsets.UTF_16LE, 2, 0, "a UTF-16 little-endian byte order mark");
    }
    if (startsWith(0xfe, 0xff)) {
      return certain(StandardCharsets.UTF_16BE, 2, 0, "a UTF-16 big-endian byte order mark");
    }
    if (bytes >= 4 && zerosOdd > bytes * 3 / 10 && zerosEven < bytes / 20) {
      return likely(
          StandardCharsets.UTF_16LE, zerosOdd + " of " + bytes + " bytes are zero, at odd places");
    }
    if (bytes >= 4 && zerosEven > bytes * 3 / 10 && zerosOdd < bytes / 20) {
      return likely(
          StandardCharsets.UTF_16BE,
          zerosEven + " of " + bytes + " bytes are zero, at even places");
    }
    if (high == 0) {
      return certain(StandardCharsets.UTF_8, 0, 0, "nothing but ASCII in " + bytes + " bytes");
    }
    if (utf8.malformed() == 0 && utf8.wellFormed() > 0) {
      return certain(
          StandardCharsets.UTF_8, 0, 0, utf8.wellFormed() + " valid UTF-8 sequences, none invalid");
    }
    if (utf8.wellFormed() > 10 * utf8.malformed()) {
      return new TextEncoding(
          StandardCharsets.UTF_8,
          false,
          0,
          utf8.malformed(),
          utf8.wellFormed()
              + " valid UTF-8 sequences against "
              + utf8.malformed()
              + " invalid ones");
    }
    return singleByte();
  }

  private TextEncoding singleByte() {
    List<Reading> readings =
        CANDIDATES.stream()
            .map(this::read)
            .sorted(Comparator.comparingLong((Reading reading) -> -reading.score))
            .toList();
    Reading best = readings.getFirst();
    Charset charset = best.charset;
    if (charset.equals(TextEncoding.WINDOWS_1252) && hasUndefined(charset)) {
      charset = StandardCharsets.ISO_8859_1;
    }
    StringBuilder evidence = new StringBuilder(160);
    evidence.append(high).append(" bytes above 127 that are not UTF-8; as ").append(charset.name());
    evidence.append(" they read ").append(best.letters());
    for (Reading other : readings.subList(1, readings.size())) {
      evidence.append(", as ").append(other.charset.name()).append(' ').append(other.letters());
    }
    return new TextEncoding(charset, false, 0, 0, evidence.toString());
  }

  private Reading read(Charset charset) {
    Reading reading = new Reading(charset);
    for (int b = 0; b < 128; b++) {
      char c = new String(new byte[] {(byte) (b + 128)}, charset).charAt(0);
      for (int p = 0; p < 4; p++) {
        for (int n = 0; n < 4; n++) {
          long times = contexts[(p * 128 + b) * 4 + n];
          if (times > 0) {
            reading.add(c, times, p, n);
          }
        }
      }
    }
    return reading;
  }

  private boolean wasSeen(int highByte) {
    for (int p = 0; p < 4; p++) {
      for (int n = 0; n < 4; n++) {
        if (contexts[(p * 128 + highByte) * 4 + n] > 0) {
          return true;
        }
      }
    }
    return false;
  }

  private void settle(int after) {
    contexts[(before * 128 + pendingHigh) * 4 + after]++;
    pendingHigh = -1;
    before = HIGH;
  }

  private int utf8Mark() {
    return startsWith(0xef, 0xbb, 0xbf) ? 3 : 0;
  }

  private boolean startsWith(int... mark) {
    if (startLength < mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if ((start[i] & 0xff) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  private static TextEncoding certain(Charset charset, int mark, long malformed, String evidence) {
    return new TextEncoding(charset, true, mark, malformed, evidence);
  }

  private static TextEncoding likely(Charset charset, String evidence) {
    return new TextEncoding(charset, false, 0, 0, evidence);
  }

  private static byte[] classes() {
    byte[] classes = new byte[256];
    for (int b = 0; b < 256; b++) {
      if (b >= 'a' && b <= 'z') {
        classes[b] = SMALL;
      } else if (b >= 'A' && b <= 'Z') {
        classes[b] = CAPITAL;
      } else if (b >= 128) {
        classes[b] = HIGH;
      } else {
        classes[b] = OTHER;
      }
    }
    return classes;
  }

  /** What the high bytes would be in one charset, and how likely that is. */
  private static final class Reading {
    private final Charset charset;
    private final Map<Character, Long> seen = new TreeMap<>();
    private long score;

    Reading(Charset charset) {
      this.charset = charset;
    }

    void add(char c, long times, int before, int after) {
      seen.merge(c, times, Long::sum);
      score += times * weight(c, before, after);
    }

    private static int weight(char c, int before, int after) {
      if (EXPECTED_LETTERS.indexOf(c) >= 0 || RARE_LETTERS.indexOf(c) >= 0) {
        int base = EXPECTED_LETTERS.indexOf(c) >= 0 ? 3 : 0;
        return base + caseAgreement(Character.isUpperCase(c), before, after);
      }
      boolean insideWord = isLetter(before) && isLetter(after);
      if (EXPECTED_SIGNS.indexOf(c) >= 0) {
        return insideWord ? -2 : 1;
      }
      if (Character.isISOControl(c) || c == '\ufffd' || (c >= '\u2500' && c <= '\u259f')) {
        return -6;
      }
      return insideWord ? -4 : -2;
    }

    private static int caseAgreement(boolean capital, int before, int after) {
      if (capital) {
        if (before == SMALL) {
          return -5;
        }
        return before == CAPITAL || after == CAPITAL ? 1 : 0;
      }
      if (before == CAPITAL && after == CAPITAL) {
        return -5;
      }
      return before == SMALL || after == SMALL ? 1 : 0;
    }

    private static boolean isLetter(int kind) {
      return kind == SMALL || kind == CAPITAL;
    }

    String letters() {
      StringBuilder text = new StringBuilder();
      seen.entrySet().stream()
          .sorted(Map.Entry.<Character, Long>comparingByValue().reversed())
          .limit(5)
          .forEach(
              entry -> {
                text.append(text.isEmpty() ? "" : " ");
                if (Character.isISOControl(entry.getKey())) {
                  text.append(String.format("U+%04X", (int) entry.getKey()));
                } else {
                  text.append((char) entry.getKey());
                }
                text.append('×').append(entry.getValue());
              });
      return text.toString();
    }
  }
}
