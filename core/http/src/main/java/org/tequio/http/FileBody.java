package org.tequio.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file, whole or from where a client was cut off (RFC 9110, 13.1.5 and 14): one
 * range is answered with 206, one that begins past the end with 416; several ranges, and what is
 * none, get the whole.
 *
 * @param file is opened before the first byte is sent, and may be deleted from then on
 * @param tag strong: the same for the same bytes only
 */
record FileBody(Path file, String tag) implements Reply.Body {
  private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{0,19})-([0-9]{0,19})");
  private static final int CHUNK = 64 * 1024;

  /** The bytes from one to before another. */
  private record Range(long from, long to) {}

  @Override
  public void writeTo(OutputStream out) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      send(channel, new Range(0, channel.size()), out);
    }
  }

  void writeTo(HttpServletRequest request, HttpServletResponse response) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      long size = channel.size();
      response.setHeader("Accept-Ranges", "bytes");
      Range range = range(request, size);
      if (range == null) {
        response.setContentLengthLong(size);
        send(channel, new Range(0, size), response.getOutputStream());
      } else if (range.from >= range.to) {
        response.setStatus(416);
        response.setHeader("Content-Range", "bytes */" + size);
        response.setContentLength(0);
      } else {
        response.setStatus(206);
        response.setHeader(
            "Content-Range", "bytes " + range.from + "-" + (range.to - 1) + "/" + size);
        response.setContentLengthLong(range.to - range.from);
        send(channel, range, response.getOutputStream());
      }
    }
  }

  private @Nullable Range range(HttpServletRequest request, long size) {
    String asked = request.getHeader("Range");
    String condition = request.getHeader("If-Range");
    Matcher matcher = RANGE.matcher(asked == null ? "" : asked.strip());
    boolean same = condition == null || condition.strip().equals('"' + tag + '"');
    if (!matcher.matches() || !same || !request.getMethod().equals("GET")) {
      return null;
    }
    if (matcher.group(1).isEmpty()) {
      return matcher.group(2).isEmpty()
          ? null
          : new Range(Math.max(0, size - number(matcher.group(2))), size);
    }
    long first = number(matcher.group(1));
    long last = matcher.group(2).isEmpty() ? Long.MAX_VALUE : number(matcher.group(2));
    return last < first ? null : new Range(first, last < size ? last + 1 : size);
  }

  // Past any file where it does not fit.
  private static long number(String digits) {
    return digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
  }

  private static void send(FileChannel channel, Range range, OutputStream out) throws IOException {
    byte[] chunk = new byte[CHUNK];
    for (long at = range.from; at < range.to; ) {
      int wanted = (int) Math.min(CHUNK, range.to - at);
      int read = channel.read(ByteBuffer.wrap(chunk, 0, wanted), at);
      if (read < 0) {
        throw new IOException("the file became shorter while it was sent");
      }
      out.write(chunk, 0, read);
      at += read;
    }
  }
}
