package org.tequio.publish.download;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;

/**
 * Files that were made for downloads, kept so that whoever was cut off gets the rest of the same
 * bytes. Together they take a bounded part of the disk: the ones that nobody asked for longest go
 * first. What an earlier run left is removed. Two who want the same file wait for the same making.
 * Thread-safe.
 */
final class KeptFiles {
  /** Whoever was just given a file must still find it. */
  private static final Duration JUST_NOW = Duration.ofMinutes(1);

  private static final int MOST_TAGS = 10_000;

  private final Path folder;
  private final long mostBytes;
  private final Clock clock;
  private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<String, CompletableFuture<Kept>> making = new HashMap<>();
  private final Map<String, String> tags =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > MOST_TAGS;
        }
      };
  private boolean cleared;
  private long forgotten;

  /**
   * A file.
   *
   * @param tag tells its bytes from all others
   */
  record Kept(Path file, String tag, long bytes, Instant used) {}

  /** Makes a file. */
  @FunctionalInterface
  interface Making {
    /** Makes it whole, or leaves nothing. */
    void make(Path file) throws IOException;
  }

  /**
   * Keeps files in a folder of their own.
   *
   * @param mostBytes that they take in the long run
   */
  KeptFiles(Path folder, long mostBytes, Clock clock) {
    this.folder = folder;
    this.mostBytes = mostBytes;
    this.clock = clock;
  }

  /** The folder, free of what an earlier run left in it. */
  synchronized Path folder() throws IOException {
    if (!cleared) {
      clear();
      cleared = true;
    }
    return Files.createDirectories(folder);
  }

  private void clear() throws IOException {
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> left = Files.newDirectoryStream(folder)) {
        for (Path file : left) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /** Removes all; what is being made just now will not be kept. Returns how often that was done. */
  long forget() throws IOException {
    synchronized (kept) {
      kept.clear();
      tags.clear();
      forgotten++;
      clear();
      return forgotten;
    }
  }

  /** The tag that the file of a wish had when it was last made in this run. */
  Optional<String> findTag(String wish) {
    synchronized (kept) {
      return Optional.ofNullable(tags.get(name(wish)));
    }
  }

  /** Where the file of a wish is, if it is kept. */
  Path place(String wish) {
    return folder.resolve(name(wish));
  }

  /**
   * The file of a wish: the kept one, else a new one.
   *
   * @param wish says all on which the bytes depend
   */
  Kept get(String wish, Making making) throws IOException {
    String name = name(wish);
    CompletableFuture<Kept> mine = null;
    CompletableFuture<Kept> theirs;
    synchronized (kept) {
      Kept known = kept.get(name);
      if (known != null && Files.exists(known.file)) {
        return use(name, known);
      }
      theirs = this.making.get(name);
      if (theirs == null) {
        mine = new CompletableFuture<>();
        this.making.put(name, mine);
      }
    }
    return mine == null ? await(theirs) : make(name, making, mine);
  }

  private Kept use(String name, Kept known) {
    Kept used = new Kept(known.file, known.tag, known.bytes, clock.instant());
    kept.put(name, used);
    return used;
  }

  private static Kept await(@Nullable CompletableFuture<Kept> theirs) throws IOException {
    try {
      return java.util.Objects.requireNonNull(theirs).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof IOException io) {
        throw new IOException(io);
      }
      throw e.getCause() instanceof RuntimeException fault ? fault : e;
    }
  }

  private Kept make(String name, Making making, CompletableFuture<Kept> mine) throws IOException {
    try {
      Path file = folder().resolve(name);
      long before;
      synchronized (kept) {
        before = forgotten;
      }
      making.make(file);
      Kept made = new Kept(file, tag(file), Files.size(file), clock.instant());
      synchronized (kept) {
        if (before != forgotten) {
          Files.deleteIfExists(file);
          throw new ProblemException(Problem.busy());
        }
        kept.put(name, made);
        tags.put(name, made.tag);
        makeRoom();
      }
      mine.complete(made);
      return made;
    } catch (IOException | RuntimeException | Error e) {
      mine.completeExceptionally(e);
      throw e;
    } finally {
      synchronized (kept) {
        this.making.remove(name);
      }
    }
  }

  private void makeRoom() throws IOException {
    long sum = kept.values().stream().mapToLong(Kept::bytes).sum();
    Instant before = clock.instant().minus(JUST_NOW);
    for (var each = kept.entrySet().iterator(); sum > mostBytes && each.hasNext(); ) {
      Kept oldest = each.next().getValue();
      if (oldest.used.isBefore(before)) {
        Files.deleteIfExists(oldest.file);
        sum -= oldest.bytes;
        each.remove();
      }
    }
  }

  private static String name(String wish) {
    return hex(sha256().digest(wish.getBytes(StandardCharsets.UTF_8)));
  }

  private static String tag(Path file) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in = Files.newInputStream(file);
        DigestOutputStream out =
            new DigestOutputStream(java.io.OutputStream.nullOutputStream(), digest)) {
      in.transferTo(out);
    }
    return hex(digest.digest());
  }

  private static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest, 0, 16);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
