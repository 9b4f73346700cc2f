package org.tequio.formats.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The encoding of a text as its bytes show it.
 *
 * @param charset UTF-8, UTF-16LE, UTF-16BE, windows-1252, ISO-8859-1, IBM850 or IBM437; where a
 *     single-byte text has no byte between 0x80 and 0x9F it is called windows-1252, which then
 *     equals ISO-8859-1
 * @param certain true where the bytes prove it (a byte order mark, nothing but ASCII, or UTF-8
 *     sequences that could not be chance); false where it is the likeliest reading
 * @param markBytes length of the byte order mark to skip at the beginning; 0 where there is none
 * @param malformed sequences that are not valid in the charset; they decode to U+FFFD
 * @param evidence one sentence of facts, fit for a finding
 */
public record TextEncoding(
    Charset charset, boolean certain, int markBytes, long malformed, String evidence) {
  private static final int BLOCK = 1 << 16;

  /** Windows-1252, what most western desktop programs call ANSI. */
  public static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  /** The DOS code page of Latin America and western Europe. */
  public static final Charset CP850 = Charset.forName("IBM850");

  /** The DOS code page of the United States, frequent in old dBase files. */
  public static final Charset CP437 = Charset.forName("IBM437");

  /** True where the bytes are ASCII or UTF-8, so that nobody has to be told. */
  public boolean isUtf8() {
    return charset.equals(StandardCharsets.UTF_8);
  }

  /** The encoding of one whole text. */
  public static TextEncoding of(byte[] text) {
    return new EncodingDetector().feed(text, 0, text.length).detect();
  }

  /**
   * The encoding of a file, from its first bytes.
   *
   * @param maxBytes how far to look; accents may come late, so look at tens of megabytes
   */
  public static TextEncoding ofFile(Path file, long maxBytes) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return of(in, maxBytes);
    }
  }

  /** The encoding of a stream, from its first bytes. Reads to the end or to the limit. */
  public static TextEncoding of(InputStream in, long maxBytes) throws IOException {
    EncodingDetector detector = new EncodingDetector();
    byte[] block = new byte[BLOCK];
    long left = maxBytes;
    while (left > 0) {
      int n = in.read(block, 0, (int) Math.min(block.length, left));
      if (n < 0) {
        break;
      }
      detector.feed(block, 0, n);
      left -= n;
    }
    return detector.detect();
  }

  /** True where the bytes are valid UTF-8; a character cut off at the very end is forgiven. */
  public static boolean isValidUtf8(byte[] bytes, int offset, int length) {
    Utf8Check check = new Utf8Check();
    for (int i = offset; i < offset + length; i++) {
      check.next(bytes[i]);
    }
    return check.malformed() == 0;
  }
}
