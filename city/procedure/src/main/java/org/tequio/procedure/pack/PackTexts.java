package org.tequio.procedure.pack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a pack as their author writes them.
 *
 * @param files by their name in the pack, such as {@code procedures/q.predio.yaml}
 */
public record PackTexts(SortedMap<String, String> files) {
  private static final int MOST = 2_000;
  private static final Pattern NAME =
      Pattern.compile(
          "(pack|offices|shared)\\.yaml"
              + "|(tables|procedures|examples)/[a-z0-9][a-z0-9_-]*(\\.[a-z0-9_-]+)*\\.yaml");

  /** Copies the files. */
  public PackTexts {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  /** True for what a file of a pack may be called; such a name leads nowhere else. */
  public static boolean isName(String name) {
    return name.length() <= 120 && NAME.matcher(name).matches();
  }

  /** The files in the folder of a pack; none where there is no such folder. */
  public static PackTexts of(Path folder) throws IOException {
    SortedMap<String, String> files = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> all = Files.walk(folder, 2)) {
        for (Path file : all.filter(Files::isRegularFile).limit(MOST).toList()) {
          String name = folder.relativize(file).toString().replace('\\', '/');
          if (isName(name)) {
            files.put(name, Files.readString(file));
          }
        }
      }
    }
    return new PackTexts(files);
  }

  /**
   * These with others in their place.
   *
   * @param changes by name; null for a file that goes
   * @throws IllegalArgumentException where a name is none of a pack's
   */
  public PackTexts with(Map<String, @Nullable String> changes) {
    SortedMap<String, String> changed = new TreeMap<>(files);
    changes.forEach(
        (name, text) -> {
          if (!isName(name)) {
            throw new IllegalArgumentException("'" + name + "' is no file of a pack");
          }
          if (text == null) {
            changed.remove(name);
          } else {
            changed.put(name, text);
          }
        });
    if (changed.size() > MOST) {
      throw new IllegalArgumentException("a pack has at most " + MOST + " files");
    }
    return new PackTexts(changed);
  }

  /** Differs where any file does. */
  public String tag() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      files.forEach(
          (name, text) -> {
            digest.update((name + "\0" + text.length() + "\0").getBytes(StandardCharsets.UTF_8));
            digest.update(text.getBytes(StandardCharsets.UTF_8));
          });
      return HexFormat.of().formatHex(digest.digest(), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Writes them into a folder, durably. */
  void writeTo(Path folder) throws IOException {
    for (Map.Entry<String, String> one : files.entrySet()) {
      Path file = folder.resolve(one.getKey());
      Files.createDirectories(file.resolveSibling("."));
      Files.writeString(file, one.getValue(), StandardOpenOption.CREATE_NEW);
      force(file, StandardOpenOption.WRITE);
    }
    try (Stream<Path> all = Files.walk(folder, 1)) {
      for (Path one : all.filter(Files::isDirectory).toList()) {
        force(one, StandardOpenOption.READ);
      }
    }
  }

  /** Makes what was written to a file, or the names in a folder, last. */
  static void force(Path place, StandardOpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(place, how)) {
      channel.force(true);
    }
  }
}
