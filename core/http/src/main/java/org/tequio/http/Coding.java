package org.tequio.http;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.BrotliInputStream;
import com.aayushatharva.brotli4j.encoder.Encoder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** How bytes are packed for their way: the content codings of RFC 9110, section 8.4. */
public enum Coding {
  /** As they are. */
  IDENTITY,
  /** Level 1: a tenth larger than level 6 for a quarter of the work. */
  GZIP,
  /** Quality 2 (RFC 7932): smaller than gzip at level 1 for about half of the work. */
  BROTLI;

  private static final Encoder.Parameters FAST =
      new Encoder.Parameters().setQuality(2).setWindow(18);
  private static final boolean HAS_BROTLI = Brotli4jLoader.isAvailable();

  /** The name on the wire. */
  public String wireName() {
    return this == BROTLI ? "br" : name().toLowerCase(Locale.ROOT);
  }

  /** True where this machine can pack so; Brotli's encoder is native code that not all can run. */
  public boolean isAvailable() {
    return this != BROTLI || HAS_BROTLI;
  }

  /**
   * What a client reads, the best first: Brotli unless it likes gzip more.
   *
   * @param accepted its {@code Accept-Encoding} (RFC 9110, section 12.5.3); null where it has none
   */
  static List<Coding> readBy(@Nullable String accepted) {
    double brotli = weight(accepted, "br");
    double gzip = weight(accepted, "gzip");
    List<Coding> read = new ArrayList<>(3);
    if (gzip > 0) {
      read.add(GZIP);
    }
    if (brotli > 0) {
      read.add(brotli >= gzip ? 0 : 1, BROTLI);
    }
    read.add(IDENTITY);
    return read;
  }

  /** The best that a client reads and this machine can write. */
  static Coding best(@Nullable String accepted) {
    for (Coding coding : readBy(accepted)) {
      if (coding.isAvailable()) {
        return coding;
      }
    }
    return IDENTITY;
  }

  private static double weight(@Nullable String accepted, String name) {
    if (accepted == null) {
      return 0;
    }
    for (String one : accepted.split(",", 50)) {
      int end = one.indexOf(';');
      if ((end < 0 ? one : one.substring(0, end)).strip().equalsIgnoreCase(name)) {
        return end < 0 ? 1 : quality(one.substring(end + 1).strip());
      }
    }
    return 0;
  }

  // A weight that is none says nothing, so that nothing is packed for it.
  private static double quality(String parameter) {
    try {
      return parameter.startsWith("q=") ? Double.parseDouble(parameter.substring(2)) : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** The first bytes of an array, packed. */
  public byte[] pack(byte[] bytes, int length) {
    try {
      return switch (this) {
        case IDENTITY -> Arrays.copyOf(bytes, length);
        case GZIP -> {
          var packed = new ByteArrayOutputStream(length / 2 + 64);
          try (OutputStream out = new FastGzip(packed)) {
            out.write(bytes, 0, length);
          }
          yield packed.toByteArray();
        }
        case BROTLI ->
            Encoder.compress(length == bytes.length ? bytes : Arrays.copyOf(bytes, length), FAST);
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was packed so, packed otherwise. */
  public byte[] repack(byte[] packed, Coding other) {
    try (InputStream in = unpacking(packed)) {
      byte[] bytes = in.readAllBytes();
      return other.pack(bytes, bytes.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was packed. */
  InputStream unpacking(byte[] packed) throws IOException {
    InputStream in = new ByteArrayInputStream(packed);
    return switch (this) {
      case IDENTITY -> in;
      case GZIP -> new GZIPInputStream(in);
      case BROTLI -> new BrotliInputStream(in);
    };
  }

  /** Writes what is packed while it is made. */
  static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, 16 * 1024);
      def.setLevel(1);
    }
  }
}
