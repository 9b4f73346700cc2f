package org.tequio.formats.geojson;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * A stretch of a file that is JSON: the whole file, or one literal in a script.
 *
 * @param name what the script calls it, or the file's stem
 * @param offset the first byte
 * @param length bytes
 * @param line the line of the first byte, from 1
 * @param charset null where the bytes are UTF-8, or tell themselves
 */
record JsonDocument(
    Path file, String name, long offset, long length, long line, @Nullable Charset charset) {
  // Far deeper than any geometry, so that one absurd feature is set aside and not the whole file.
  private static final int MAX_DEPTH = 100_000;
  private static final int BUFFER = 1 << 16;

  /** The same stretch in a stated encoding. */
  JsonDocument withCharset(Charset charset) {
    return new JsonDocument(file, name, offset, length, line, charset);
  }

  /** A parser at the beginning. */
  JsonParser parser(int maxText) throws IOException {
    JsonFactory factory =
        JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .enable(JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(JsonReadFeature.ALLOW_RS_CONTROL_CHAR)
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(maxText)
                    .build())
            .build();
    InputStream in = stream();
    try {
      ObjectReadContext context = ObjectReadContext.empty();
      return charset == null
          ? factory.createParser(context, in)
          : factory.createParser(context, new InputStreamReader(in, charset));
    } catch (JacksonException e) {
      in.close();
      throw e;
    }
  }

  /** The bytes. */
  InputStream stream() throws IOException {
    InputStream in = Files.newInputStream(file);
    in.skipNBytes(offset);
    return new BufferedInputStream(new Bounded(in, length), BUFFER);
  }

  /** Where something is in the file, for people. */
  String place(TokenStreamLocation location) {
    long at = location.getByteOffset() >= 0 ? location.getByteOffset() : location.getCharOffset();
    String unit = location.getByteOffset() >= 0 ? "byte " : "character ";
    return unit + (offset + Math.max(0, at)) + ", line " + (line + location.getLineNr() - 1);
  }

  private static final class Bounded extends FilterInputStream {
    private long left;

    Bounded(InputStream in, long left) {
      super(in);
      this.left = left;
    }

    @Override
    public int read() throws IOException {
      int b = left > 0 ? super.read() : -1;
      left -= b < 0 ? 0 : 1;
      return b;
    }

    @Override
    public int read(byte[] bytes, int at, int length) throws IOException {
      if (left <= 0) {
        return -1;
      }
      int n = super.read(bytes, at, (int) Math.min(length, left));
      left -= Math.max(0, n);
      return n;
    }
  }
}
