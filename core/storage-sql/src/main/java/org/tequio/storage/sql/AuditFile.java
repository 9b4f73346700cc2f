package org.tequio.storage.sql;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tequio.storage.AuditLog;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the file of the audit log: forwards to verify it, backwards to show it. */
public final class AuditFile {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final byte[] HASH_KEY =
      ChainedAuditLog.HASH_KEY.getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NUMBER_KEY = "{\"n\":".getBytes(StandardCharsets.US_ASCII);
  private static final int HASH_DIGITS = 64;

  /** What follows the digits of a hash. */
  private static final byte[] ENDING = "\"}".getBytes(StandardCharsets.US_ASCII);

  private static final int TAIL = HASH_KEY.length + HASH_DIGITS + ENDING.length;
  private static final int BLOCK = 64 << 10;
  private static final int LONGEST_LINE = 16 << 20;

  /** What stands before the detail of a line in which the store tells of a break. */
  private static final byte[] TOLD =
      ("\"actor\":\"" + ChainedAuditLog.STORE + "\",\"action\":\"" + ChainedAuditLog.BREAK + "\"")
          .getBytes(StandardCharsets.US_ASCII);

  /** What stands before the actor: {@code {"n":7,"at":"2026-03-02T15:00:00Z",}. */
  private static final int MOST_BEFORE_ACTOR = 80;

  private AuditFile() {}

  /**
   * Whether a log goes as far as it went once, by way of the same line. Looks at that line's hash
   * only, which holds all lines before it.
   */
  static boolean reaches(Path file, ChainedAuditLog.End known) throws IOException {
    if (known.bytes() == 0) {
      return true;
    }
    byte[] tail = new byte[TAIL + 1];
    try (FileChannel channel = FileChannel.open(file)) {
      if (channel.size() < known.bytes() || known.bytes() < tail.length) {
        return false;
      }
      read(channel, known.bytes() - tail.length, tail, tail.length);
    }
    byte[] hash = known.hash().getBytes(StandardCharsets.US_ASCII);
    return isAt(tail, 0, HASH_KEY)
        && isAt(tail, HASH_KEY.length, hash)
        && isAt(tail, HASH_KEY.length + hash.length, ENDING)
        && tail[TAIL] == '\n';
  }

  /**
   * Goes through a log; the store's own word of an earlier break is one.
   *
   * @param known how far it went once: it must go at least as far, by way of the same line
   */
  public static Optional<String> findBreak(Path file, ChainedAuditLog.End known)
      throws IOException {
    MessageDigest sha256 = DurableFiles.sha256();
    byte[] last = ChainedAuditLog.FIRST.getBytes(StandardCharsets.US_ASCII);
    long n = 0;
    long bytes = 0;
    try (InputStream in = Files.newInputStream(file)) {
      Lines lines = new Lines(in);
      while (bytes < known.bytes() && lines.next()) {
        n++;
        bytes += lines.length + 1;
        if (lines.length > LONGEST_LINE || !isLink(lines, n, last, sha256)) {
          return broken(n, "it was changed, added or removed");
        }
        if (tellsOfABreak(lines)) {
          return broken(n, "the lines before it were cut or rewritten, as it says");
        }
        int hash = lines.start + lines.length - ENDING.length - HASH_DIGITS;
        System.arraycopy(lines.block, hash, last, 0, HASH_DIGITS);
      }
    }
    boolean reached =
        n >= known.lines() && new String(last, StandardCharsets.US_ASCII).equals(known.hash());
    return reached ? Optional.empty() : broken(n, "it must go on to line " + known.lines());
  }

  /** The lines of a file one after another, each where it stands in a block that was read. */
  private static final class Lines {
    private final InputStream in;
    private byte[] block = new byte[BLOCK];
    private int start;
    private int length;
    private int next;
    private int filled;

    Lines(InputStream in) {
      this.in = in;
    }

    /**
     * Goes to the next line; the last one may lack its end. One that is longer than {@link
     * #LONGEST_LINE} is cut there, and is the last.
     */
    boolean next() throws IOException {
      start = next;
      int at = start;
      while (true) {
        while (at < filled && block[at] != '\n') {
          at++;
        }
        if (at < filled) {
          length = at - start;
          next = at + 1;
          return true;
        }
        int scanned = at - start;
        if (scanned > LONGEST_LINE || !more()) {
          length = filled - start;
          next = filled;
          return length > 0;
        }
        at = start + scanned;
      }
    }

    /** Reads on behind what is left of the block, which moves to its beginning. */
    private boolean more() throws IOException {
      if (start > 0) {
        System.arraycopy(block, start, block, 0, filled - start);
        filled -= start;
        start = 0;
      }
      if (filled == block.length) {
        block = Arrays.copyOf(block, 2 * filled);
      }
      int read = Math.max(0, in.read(block, filled, block.length - filled));
      filled += read;
      return read > 0;
    }
  }

  private static Optional<String> broken(long line, String why) {
    return Optional.of("audit/log.jsonl: the chain breaks at line " + line + ": " + why);
  }

  private static boolean isLink(Lines lines, long n, byte[] last, MessageDigest sha256) {
    byte[] line = lines.block;
    int end = lines.start + lines.length;
    int key = end - TAIL;
    if (key < lines.start
        || numberOf(line, lines.start, end) != n
        || !isAt(line, key, HASH_KEY)
        || !isAt(line, end - ENDING.length, ENDING)) {
      return false;
    }
    sha256.update(last);
    sha256.update((byte) '\n');
    sha256.update(line, lines.start, key - lines.start);
    byte[] digest = sha256.digest();
    for (int i = 0; i < digest.length; i++) {
      int at = key + HASH_KEY.length + 2 * i;
      if (line[at] != hex(digest[i] >> 4) || line[at + 1] != hex(digest[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean tellsOfABreak(Lines lines) {
    byte[] line = lines.block;
    int last = lines.start + Math.min(MOST_BEFORE_ACTOR, lines.length - TOLD.length);
    for (int i = lines.start; i < last; i++) {
      if (line[i] == TOLD[0] && line[i + 1] == TOLD[1] && line[i + 2] == TOLD[2]) {
        return isAt(line, i, TOLD);
      }
    }
    return false;
  }

  private static byte hex(int value) {
    int low = value & 0xf;
    return (byte) (low < 10 ? '0' + low : 'a' + low - 10);
  }

  private static boolean isAt(byte[] line, int from, byte[] wanted) {
    return Arrays.equals(line, from, from + wanted.length, wanted, 0, wanted.length);
  }

  private static long numberOf(byte[] line, int from, int end) {
    if (end - from < NUMBER_KEY.length + 2 || !isAt(line, from, NUMBER_KEY)) {
      return -1;
    }
    long number = 0;
    int at = from + NUMBER_KEY.length;
    while (at < end && line[at] >= '0' && line[at] <= '9' && number < Long.MAX_VALUE / 20) {
      number = 10 * number + line[at++] - '0';
    }
    return at < end && line[at] == ',' ? number : -1;
  }

  /** Reads lines from the newest back, as {@link AuditLog#readBack} promises. */
  static void readBack(
      FileChannel channel, long bytes, long before, Predicate<AuditLog.Line> reader)
      throws IOException {
    long at = before == Long.MAX_VALUE ? bytes : startOf(channel, bytes, before);
    byte[] rest = new byte[0];
    while (at > 0) {
      int length = (int) Math.min(BLOCK, at);
      at -= length;
      byte[] block = new byte[length + rest.length];
      read(channel, at, block, length);
      System.arraycopy(rest, 0, block, length, rest.length);
      int end = block.length;
      for (int i = end - 2; i >= -1; i--) {
        boolean isStart = i < 0 ? at == 0 : block[i] == '\n';
        if (isStart && end > i + 1) {
          AuditLog.Line line = line(block, i + 1, end);
          if (line != null && line.number() < before && !reader.test(line)) {
            return;
          }
          end = i + 1;
        }
      }
      rest = Arrays.copyOf(block, end);
      if (rest.length > LONGEST_LINE) {
        throw new IOException("a line of the log is too long to be one of ours");
      }
    }
  }

  /** Where a line begins, or one a little after it: lines stand in the order of their numbers. */
  private static long startOf(FileChannel channel, long bytes, long number) throws IOException {
    long low = 0;
    long high = bytes;
    while (high - low > BLOCK) {
      long middle = (low + high) >>> 1;
      byte[] block = new byte[(int) Math.min(BLOCK, bytes - middle)];
      read(channel, middle, block, block.length);
      int start = 0;
      while (start < block.length && block[start] != '\n') {
        start++;
      }
      byte[] line = Arrays.copyOfRange(block, Math.min(start + 1, block.length), block.length);
      if (line.length > 0 && numberOf(line, 0, line.length) < number) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return endOfLine(channel, high, bytes);
  }

  private static long endOfLine(FileChannel channel, long from, long bytes) throws IOException {
    long at = from;
    while (at < bytes) {
      byte[] block = new byte[(int) Math.min(BLOCK, bytes - at)];
      read(channel, at, block, block.length);
      for (int i = 0; i < block.length; i++) {
        if (block[i] == '\n') {
          return at + i + 1;
        }
      }
      at += block.length;
    }
    return bytes;
  }

  private static void read(FileChannel channel, long from, byte[] into, int length)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(into, 0, length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, from + buffer.position()) < 0) {
        throw new IOException("the log ends before its end");
      }
    }
  }

  /** A line's members; null where somebody made it unreadable, which verifying it tells. */
  private static AuditLog.@Nullable Line line(byte[] block, int from, int to) {
    try {
      JsonNode node = JSON.readTree(block, from, to - from);
      return new AuditLog.Line(
          node.required("n").asLong(),
          Instant.parse(node.required("at").asString()),
          node.required("actor").asString(),
          node.required("action").asString(),
          node.required("detail").asString());
    } catch (JacksonException | java.time.format.DateTimeParseException e) {
      return null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
