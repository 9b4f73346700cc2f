package org.tequio.harvest.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.feature.Progress;
import org.tequio.harvest.HarvestException;
import org.tequio.harvest.fetch.Fetched.Validator;
import org.tequio.http.Egress;

/**
 * Asks servers for one pull. Every answer is whole, on disk and within the limits, or an exception
 * in words; what may be a passing weakness is tried again. Pages are kept under the address they
 * were asked by, so that a pull that is begun again finds them. Belongs to one thread.
 */
public final class Fetcher {
  private static final Set<Integer> PASSING = Set.of(408, 425, 429, 500, 502, 503, 504);
  private static final Pattern FILE_NAME =
      Pattern.compile("filename\\*?=(?:UTF-8'[a-z]*')?\"?([^\";]+)\"?", Pattern.CASE_INSENSITIVE);

  private final Egress egress;
  private final Manners manners;
  private final HostTurns turns;
  private final Clock clock;
  private final Path folder;
  private final RunLog log;
  private final Progress progress;
  private int passing;
  private int reused;

  /**
   * Begins.
   *
   * @param folder where answers are kept; exists
   */
  public Fetcher(
      Egress egress,
      Manners manners,
      HostTurns turns,
      Clock clock,
      Path folder,
      RunLog log,
      Progress progress) {
    this.egress = egress;
    this.manners = manners;
    this.turns = turns;
    this.clock = clock;
    this.folder = folder;
    this.log = log;
    this.progress = progress;
  }

  /** How servers are treated. */
  public Manners manners() {
    return manners;
  }

  /** Asks for what may be different each time; the answer may be an error. */
  public Fetched ask(URI address, String accept) throws IOException, HarvestException {
    Path file = folder.resolve("answer-" + ++passing);
    return send(address, Map.of("Accept", accept), file);
  }

  /** Asks for a page, or takes the one that is kept; an error is not kept. */
  public Fetched page(URI address, String accept) throws IOException, HarvestException {
    Path kept = kept(address);
    if (Files.exists(kept)) {
      reused++;
      return new Fetched(address, 200, kept, "", Validator.NONE, null);
    }
    Path file = folder.resolve("page.part");
    Fetched fetched = send(address, Map.of("Accept", accept), file);
    if (!fetched.isOk()) {
      return fetched;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(file, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return new Fetched(
        fetched.address(), 200, kept, fetched.mediaType(), fetched.validator(), fetched.fileName());
  }

  /** Asks for a file unless it is the one that the validator knows; empty where it is. */
  public Optional<Fetched> ifChanged(URI address, Validator known)
      throws IOException, HarvestException {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Accept", "*/*");
    if (known.tag() != null) {
      headers.put("If-None-Match", known.tag());
    }
    if (known.modified() != null) {
      headers.put("If-Modified-Since", known.modified());
    }
    Fetched fetched = send(address, headers, folder.resolve("answer-" + ++passing));
    return fetched.status() == 304 ? Optional.empty() : Optional.of(fetched.orFail());
  }

  /** Forgets a page that turned out to be damaged. */
  public void forget(URI address) throws IOException {
    Files.deleteIfExists(kept(address));
  }

  /** True where a page was not asked for, because an earlier pull had kept it. */
  public boolean hasKept() {
    return reused > 0;
  }

  /** Forgets all pages. */
  public void forgetAll() throws IOException {
    reused = 0;
    try (DirectoryStream<Path> pages = Files.newDirectoryStream(folder, "page-*")) {
      for (Path page : pages) {
        Files.delete(page);
      }
    }
  }

  private Path kept(URI address) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(address.toString().getBytes(StandardCharsets.UTF_8));
      return folder.resolve("page-" + HexFormat.of().formatHex(hash, 0, 16));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private Fetched send(URI address, Map<String, String> headers, Path file)
      throws IOException, HarvestException {
    for (int attempt = 1; ; attempt++) {
      progress.check();
      boolean last = attempt >= manners.attempts();
      Duration wait = manners.wait(attempt);
      try (HostTurns.Turn turn = turns.take(address, manners.pause());
          Egress.Answer answer = egress.get(address, headers)) {
        long length = save(answer, file);
        log.answered(length);
        if (last || !PASSING.contains(answer.status())) {
          return fetched(answer, file);
        }
        wait = asked(answer, wait);
        again(address, "HTTP " + answer.status(), wait);
      } catch (Egress.Refused e) {
        throw HarvestException.address(e.why());
      } catch (InterruptedException e) {
        throw interrupted(e);
      } catch (NoDisk e) {
        throw e.cause;
      } catch (IOException e) {
        if (last) {
          throw HarvestException.noAnswer(String.valueOf(address.getHost()), e);
        }
        again(address, String.valueOf(e.getMessage()), wait);
      }
      sleep(wait);
    }
  }

  private void again(URI address, String why, Duration wait) {
    String seconds = String.valueOf(Math.max(1, wait.toSeconds()));
    String host = address.getHost() + " (" + why + ")";
    log.note(
        "se espera " + seconds + " s y se pregunta otra vez a " + host,
        "espera-se " + seconds + " s e pergunta-se de novo a " + host,
        "waiting " + seconds + " s, then asking again: " + host);
  }

  /** The wait that the server asks for, where it does. */
  private Duration asked(Egress.Answer answer, Duration otherwise) throws HarvestException {
    String text = answer.header("Retry-After").orElse("").strip();
    Duration wait = otherwise;
    if (text.matches("\\d{1,9}")) {
      wait = Duration.ofSeconds(Long.parseLong(text));
    } else if (!text.isEmpty()) {
      try {
        ZonedDateTime until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
        wait = Duration.between(clock.instant(), until.toInstant());
      } catch (DateTimeException e) {
        wait = otherwise;
      }
    }
    if (wait.compareTo(manners.longestWait()) > 0) {
      String host = String.valueOf(answer.address().getHost());
      String seconds = String.valueOf(wait.toSeconds());
      throw HarvestException.tooMuch(
          new LocalText(
              host + " pide esperar " + seconds + " s; se intentará en la próxima vuelta",
              host + " pede para esperar " + seconds + " s; tenta-se na próxima vez",
              host + " asks to wait " + seconds + " s; it is tried again next time"));
    }
    return wait.isNegative() ? Duration.ZERO : wait;
  }

  private void sleep(Duration wait) {
    // In steps, so that a cancellation is heard while a busy server is waited for.
    long until = System.nanoTime() + wait.toNanos();
    for (long left = wait.toNanos(); left > 0; left = until - System.nanoTime()) {
      progress.check();
      try {
        Thread.sleep(Duration.ofNanos(Math.min(left, 200_000_000L)));
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    }
  }

  private static CancellationException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    CancellationException cancelled = new CancellationException("interrupted");
    cancelled.initCause(e);
    return cancelled;
  }

  private long save(Egress.Answer answer, Path file) throws IOException, HarvestException {
    long before = log.fetched().bytes();
    long length = 0;
    byte[] block = new byte[1 << 16];
    InputStream in = answer.body();
    try (FileChannel out = open(file)) {
      for (int n = in.read(block); n >= 0; n = in.read(block)) {
        progress.check();
        length += n;
        if (before + length > manners.mostBytes()) {
          long mebibytes = manners.mostBytes() >> 20;
          throw HarvestException.tooMuch(
              new LocalText(
                  "el origen da más de " + mebibytes + " MiB",
                  "a origem dá mais de " + mebibytes + " MiB",
                  "the source gives more than " + mebibytes + " MiB"));
        }
        write(out, ByteBuffer.wrap(block, 0, n));
      }
    }
    return length;
  }

  // A full disk here is no weakness of the other server, and asking again would not help.
  private static FileChannel open(Path file) throws NoDisk {
    try {
      return FileChannel.open(
          file,
          StandardOpenOption.CREATE,
          StandardOpenOption.WRITE,
          StandardOpenOption.TRUNCATE_EXISTING);
    } catch (IOException e) {
      throw new NoDisk(e);
    }
  }

  private static void write(FileChannel out, ByteBuffer bytes) throws NoDisk {
    try {
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    } catch (IOException e) {
      throw new NoDisk(e);
    }
  }

  private static final class NoDisk extends IOException {
    private static final long serialVersionUID = 1L;
    private final IOException cause;

    NoDisk(IOException cause) {
      super(cause);
      this.cause = cause;
    }
  }

  private static Fetched fetched(Egress.Answer answer, Path file) {
    String type = answer.header("Content-Type").orElse("").split(";")[0].strip();
    Validator validator =
        new Validator(
            answer.header("ETag").orElse(null), answer.header("Last-Modified").orElse(null));
    return new Fetched(answer.address(), answer.status(), file, type, validator, fileName(answer));
  }

  private static @Nullable String fileName(Egress.Answer answer) {
    Matcher name = FILE_NAME.matcher(answer.header("Content-Disposition").orElse(""));
    return name.find() ? name.group(1).strip() : null;
  }
}
