package org.tequio.demo.file;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** A text file that is built piece by piece; packed where its name ends in {@code .gz}. */
final class TextFile implements Closeable {
  private final OutputStream out;
  private final Charset charset;
  private final StringBuilder text = new StringBuilder();

  TextFile(Path file, Charset charset) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    OutputStream plain = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
    this.out =
        file.toString().toLowerCase(Locale.ROOT).endsWith(".gz")
            ? new GZIPOutputStream(plain, 1 << 16)
            : plain;
    this.charset = charset;
  }

  TextFile add(String piece) {
    text.append(piece);
    return this;
  }

  TextFile add(char piece) {
    text.append(piece);
    return this;
  }

  TextFile add(double value, int decimals) {
    Digits.append(text, value, decimals, '.');
    return this;
  }

  TextFile add(double value, int decimals, char point) {
    Digits.append(text, value, decimals, point);
    return this;
  }

  /** XML text. */
  TextFile escaped(String piece) {
    for (int i = 0; i < piece.length(); i++) {
      char c = piece.charAt(i);
      switch (c) {
        case '&' -> text.append("&amp;");
        case '<' -> text.append("&lt;");
        case '>' -> text.append("&gt;");
        case '"' -> text.append("&quot;");
        default -> text.append(c);
      }
    }
    return this;
  }

  /** A JSON string. */
  TextFile quoted(String piece) {
    text.append('"');
    for (int i = 0; i < piece.length(); i++) {
      char c = piece.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ') {
        text.append(' ');
      } else {
        text.append(c);
      }
    }
    text.append('"');
    return this;
  }

  /** Writes out what has gathered, now and then. */
  void flush() throws IOException {
    if (text.length() > 1 << 15) {
      drain();
    }
  }

  private void drain() throws IOException {
    out.write(text.toString().getBytes(charset));
    text.setLength(0);
  }

  @Override
  public void close() throws IOException {
    drain();
    out.close();
  }
}
