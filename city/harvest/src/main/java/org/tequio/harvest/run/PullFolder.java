package org.tequio.harvest.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * A source's folder on disk: the pages of a pull that was broken off, and the files that are being
 * made of them. Pages are used again for a day, and only for the source as it was.
 */
final class PullFolder {
  private static final Duration PAGES_LIVE = Duration.ofDays(1);
  private static final String BEGUN = "begun";

  private final Path folder;

  PullFolder(Path folder) {
    this.folder = folder;
  }

  Path pages() {
    return folder.resolve("pages");
  }

  Path files() {
    return folder.resolve("files");
  }

  /**
   * Makes it ready for a pull.
   *
   * @param definition what is pulled; pages of anything else are removed
   * @return true where pages are left to go on from
   */
  boolean begin(String definition, Instant now) throws IOException {
    empty(files());
    boolean goesOn = isOf(definition, now);
    if (!goesOn) {
      empty(pages());
    }
    Files.createDirectories(pages());
    Files.createDirectories(files());
    try (Stream<Path> kept = Files.list(pages())) {
      goesOn &= kept.anyMatch(page -> String.valueOf(page.getFileName()).startsWith("page-"));
    }
    if (!goesOn) {
      Files.writeString(folder.resolve(BEGUN), now + "\n" + definition);
    }
    return goesOn;
  }

  private boolean isOf(String definition, Instant now) throws IOException {
    Path begun = folder.resolve(BEGUN);
    if (!Files.isRegularFile(begun)) {
      return false;
    }
    String[] lines = Files.readString(begun).split("\n", 2);
    try {
      Duration age = Duration.between(Instant.parse(lines[0]), now);
      return lines.length == 2
          && lines[1].equals(definition)
          && !age.isNegative()
          && age.compareTo(PAGES_LIVE) < 0;
    } catch (DateTimeParseException e) {
      return false; // written only half: nothing is known of the pages
    }
  }

  /** Removes everything. */
  void remove() throws IOException {
    empty(folder);
  }

  /** Removes the files, and leaves the pages for the next pull. */
  void keepPages() throws IOException {
    empty(files());
  }

  private static void empty(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** The hash of files and folders: their names and bytes. */
  static String sha256(List<Path> paths) throws IOException {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (Path path : paths) {
        try (Stream<Path> all = Files.walk(path)) {
          for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
            sha.update((path.relativize(file) + "\n").getBytes(StandardCharsets.UTF_8));
            try (InputStream in = Files.newInputStream(file)) {
              byte[] block = new byte[1 << 16];
              for (int n = in.read(block); n >= 0; n = in.read(block)) {
                sha.update(block, 0, n);
              }
            }
          }
        }
      }
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
