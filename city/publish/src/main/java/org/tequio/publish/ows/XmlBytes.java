package org.tequio.publish.ows;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * XML as UTF-8 bytes on their way out, for documents of any length: nothing is built up but a
 * buffer that whoever writes hands on now and then. Not thread-safe.
 */
public final class XmlBytes {
  private static final byte[] UNKNOWN = "\ufffd".getBytes(StandardCharsets.UTF_8);

  private byte[] bytes = new byte[64 * 1024];
  private int size;

  /** How many bytes are waiting. */
  public int size() {
    return size;
  }

  /** Hands on what is waiting. */
  public void flushTo(OutputStream out) throws IOException {
    out.write(bytes, 0, size);
    size = 0;
  }

  /** Writes markup of ASCII characters as it is. */
  public XmlBytes raw(String ascii) {
    int length = ascii.length();
    room(length);
    for (int i = 0; i < length; i++) {
      bytes[size + i] = (byte) ascii.charAt(i);
    }
    size += length;
    return this;
  }

  /** Writes markup that is UTF-8 already. */
  public XmlBytes raw(byte[] utf8) {
    room(utf8.length);
    System.arraycopy(utf8, 0, bytes, size, utf8.length);
    size += utf8.length;
    return this;
  }

  /** Writes a text, escaped for content and attributes; what XML cannot hold becomes U+FFFD. */
  public XmlBytes text(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      room(6);
      if (c == '&') {
        raw("&amp;");
      } else if (c == '<') {
        raw("&lt;");
      } else if (c == '>') {
        raw("&gt;");
      } else if (c == '"') {
        raw("&quot;");
      } else if (c >= ' ' && c < 0x80 || c == '\n' || c == '\t') {
        bytes[size++] = (byte) c;
      } else if (c == '\r') {
        raw("&#13;");
      } else if (c < ' ' || c >= 0xfffe) {
        raw(UNKNOWN);
      } else if (!Character.isSurrogate(c)) {
        utf8(c);
      } else if (i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1))) {
        utf8(Character.toCodePoint(c, text.charAt(++i)));
      } else {
        raw(UNKNOWN);
      }
    }
    return this;
  }

  private void utf8(int c) {
    if (c < 0x800) {
      bytes[size++] = (byte) (0xc0 | c >> 6);
    } else {
      if (c < 0x10000) {
        bytes[size++] = (byte) (0xe0 | c >> 12);
      } else {
        bytes[size++] = (byte) (0xf0 | c >> 18);
        bytes[size++] = (byte) (0x80 | c >> 12 & 0x3f);
      }
      bytes[size++] = (byte) (0x80 | c >> 6 & 0x3f);
    }
    bytes[size++] = (byte) (0x80 | c & 0x3f);
  }

  /** Writes a whole number. */
  public XmlBytes number(long value) {
    return raw(Long.toString(value));
  }

  /** Writes a number so that whoever reads it has the same again. */
  public XmlBytes number(double value) {
    long whole = (long) value;
    // Nearly all coordinates of a plan are short decimals, which are quick to write exactly.
    if (Math.abs(value) < 1e9) {
      long thousandths = Math.round(value * 1000);
      if (thousandths / 1000.0 == value) {
        return fixed(thousandths, 1000);
      }
    }
    return whole == value ? number(whole) : raw(Double.toString(value));
  }

  /**
   * Writes a number rounded to some decimals.
   *
   * @param unit ten to the power of the decimals that are wanted
   */
  public XmlBytes rounded(double value, long unit) {
    return Math.abs(value) < 1e8 ? fixed(Math.round(value * unit), unit) : number(value);
  }

  private XmlBytes fixed(long scaled, long unit) {
    room(32);
    long left = scaled;
    if (left < 0) {
      bytes[size++] = '-';
      left = -left;
    }
    number(left / unit);
    long fraction = left % unit;
    if (fraction != 0) {
      room(24);
      bytes[size++] = '.';
      for (long digit = unit / 10; fraction != 0; digit /= 10) {
        bytes[size++] = (byte) ('0' + fraction / digit);
        fraction %= digit;
      }
    }
    return this;
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }
}
