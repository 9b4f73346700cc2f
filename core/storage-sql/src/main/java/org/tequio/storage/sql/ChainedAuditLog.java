package org.tequio.storage.sql;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tequio.storage.AuditLog;

/**
 * Lines of JSON, each ending with the SHA-256 of the line before and itself: {@code
 * {"n":7,"at":"…","actor":"…","action":"…","detail":"…","hash":"…"}}, where the hash is taken over
 * the hash of line 6, a line feed, and everything of line 7 before {@code ,"hash"}. Threads that
 * append at once share a write and an fsync.
 */
public final class ChainedAuditLog implements AuditLog, Closeable {
  /** What stands for the hash before the first line. */
  public static final String FIRST = "0".repeat(64);

  /** What stands before the hash of a line. */
  public static final String HASH_KEY = ",\"hash\":\"";

  /** Who tells what the log itself went through; no account is called so. */
  static final String STORE = "store";

  /** What the store says where the log is not what it was. */
  static final String BREAK = "break";

  private final Path file;
  private final Clock clock;
  private final FileChannel channel;
  private final List<Waiting> waiting = new ArrayList<>();
  private final Object disk = new Object();
  private long number;
  private String hash = FIRST;
  private long length;
  private @Nullable IOException fault;

  /** A line on its way to the disk. */
  private static final class Waiting {
    final String actor;
    final String action;
    final String detail;
    boolean durable;

    Waiting(String actor, String action, String detail) {
      this.actor = actor;
      this.action = action;
      this.detail = detail;
    }
  }

  /**
   * How far a log goes.
   *
   * @param lines how many whole lines
   * @param hash of the last one
   * @param bytes of the whole lines
   */
  public record End(long lines, String hash, long bytes) {}

  private ChainedAuditLog(Path file, Clock clock, FileChannel channel) {
    this.file = file;
    this.clock = clock;
    this.channel = channel;
  }

  /** Opens the log; a last line that a crash tore is cut off, and a line says so. */
  public static ChainedAuditLog open(Path file, Clock clock) throws IOException {
    boolean isNew = !Files.exists(file);
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    ChainedAuditLog log = new ChainedAuditLog(file, clock, channel);
    if (isNew) {
      DurableFiles.syncFolder(DurableFiles.folderOf(file));
    }
    log.recover();
    return log;
  }

  private void recover() throws IOException {
    long size = channel.size();
    long whole = endOfLastLine(size);
    length = whole;
    if (whole > 0) {
      String last = lastLine(whole);
      number = numberOf(last);
      hash = hashOf(last).orElse(FIRST);
    }
    if (whole < size) {
      channel.truncate(whole);
      append(
          STORE,
          "repair",
          "the last line was cut short by a crash; "
              + (size - whole)
              + " bytes of it were removed");
    }
  }

  private long endOfLastLine(long size) throws IOException {
    long at = size;
    ByteBuffer one = ByteBuffer.allocate(8192);
    while (at > 0) {
      long from = Math.max(0, at - one.capacity());
      one.clear().limit((int) (at - from));
      readFully(one, from);
      for (int i = one.position() - 1; i >= 0; i--) {
        if (one.get(i) == '\n') {
          return from + i + 1;
        }
      }
      at = from;
    }
    return 0;
  }

  private String lastLine(long end) throws IOException {
    long from = endOfLastLine(end - 1);
    ByteBuffer bytes = ByteBuffer.allocate((int) (end - 1 - from));
    readFully(bytes, from);
    return new String(bytes.array(), StandardCharsets.UTF_8);
  }

  private void readFully(ByteBuffer into, long from) throws IOException {
    while (into.hasRemaining() && channel.read(into, from + into.position()) >= 0) {
      continue;
    }
  }

  @Override
  public void append(String actor, String action, String detail) {
    Waiting line = new Waiting(actor, action, detail);
    synchronized (waiting) {
      waiting.add(line);
    }
    synchronized (disk) {
      if (!line.durable) {
        writeWaiting();
      }
    }
  }

  // Holds the disk: everyone whose line is in this write finds it durable when they come.
  private void writeWaiting() {
    if (fault != null) {
      throw new UncheckedIOException("audit/log.jsonl could not be written", fault);
    }
    List<Waiting> lines;
    synchronized (waiting) {
      lines = List.copyOf(waiting);
      waiting.clear();
    }
    StringBuilder text = new StringBuilder();
    String last = hash;
    long n = number;
    for (Waiting line : lines) {
      n++;
      String body = body(n, line);
      last = hash(last, body);
      text.append(body).append(HASH_KEY).append(last).append("\"}\n");
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer, length + buffer.position());
      }
      channel.force(false);
    } catch (IOException e) {
      // What reached the disk is not known: no further line is acknowledged until the next start.
      fault = e;
      throw new UncheckedIOException("audit/log.jsonl could not be written", e);
    }
    length += bytes.length;
    number = n;
    hash = last;
    lines.forEach(line -> line.durable = true);
  }

  private String body(long n, Waiting line) {
    return "{\"n\":"
        + n
        + ",\"at\":\""
        + clock.instant()
        + "\",\"actor\":"
        + quoted(line.actor)
        + ",\"action\":"
        + quoted(line.action)
        + ",\"detail\":"
        + quoted(line.detail);
  }

  // JSON strings with everything outside printable ASCII escaped: no line can hide or look like
  // another in any viewer.
  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < 0x20 || (c >= 0x7f && !Character.isLetterOrDigit(c))) {
        out.append("\\u").append(HexFormat.of().toHexDigits(c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }

  private static String hash(String before, String body) {
    return HexFormat.of()
        .formatHex(
            DurableFiles.sha256().digest((before + "\n" + body).getBytes(StandardCharsets.UTF_8)));
  }

  private static long numberOf(String line) {
    int from = "{\"n\":".length();
    int to = line.indexOf(',');
    try {
      return Long.parseLong(line.substring(from, to));
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      return 0;
    }
  }

  private static Optional<String> hashOf(String line) {
    int key = line.lastIndexOf(HASH_KEY);
    return key >= 0 && line.length() == key + HASH_KEY.length() + 66
        ? Optional.of(line.substring(key + HASH_KEY.length(), line.length() - 2))
        : Optional.empty();
  }

  /**
   * Compares the log with how far it went when the folder was last at rest. Where lines were cut
   * off or rewritten since, that is written down in the log itself, so that every later look finds
   * it.
   */
  public void compare(End atRest) throws IOException {
    if (!AuditFile.reaches(file, atRest)) {
      append(
          STORE,
          BREAK,
          "when the city was last closed, the log went to line "
              + atRest.lines()
              + ", which is not there any more");
    }
  }

  /** Where it is. */
  public Path file() {
    return file;
  }

  /** How far the log goes now. */
  public End end() {
    synchronized (disk) {
      return new End(number, hash, length);
    }
  }

  @Override
  public Optional<String> findBreak() {
    try {
      return AuditFile.findBreak(file, end());
    } catch (IOException e) {
      return Optional.of("audit/log.jsonl: " + e.getMessage());
    }
  }

  @Override
  public long lines() {
    return end().lines();
  }

  @Override
  public void readBack(long before, Predicate<Line> reader) {
    try {
      AuditFile.readBack(channel, end().bytes(), before, reader);
    } catch (IOException e) {
      throw new UncheckedIOException("audit/log.jsonl could not be read", e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
