package org.tequio.procedure.pack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder with the packs that a city wrote itself. A pack is saved whole or not at all: the new
 * one is written beside, and takes the old one's place by its name. Thread-safe.
 */
public final class OwnPacks {
  private static final String OLD = ".old";

  private final Path own;
  private final Path beside;

  /**
   * Those in a folder, which may be absent; finishes or takes back a saving that a crash cut short.
   */
  public OwnPacks(Path own) {
    this.own = own;
    this.beside = own.resolveSibling(own.getFileName() + "-being-saved");
    try {
      recover();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void recover() throws IOException {
    if (!Files.isDirectory(beside)) {
      return;
    }
    List<Path> old;
    try (Stream<Path> all = Files.list(beside)) {
      old = all.filter(one -> one.getFileName().toString().endsWith(OLD)).toList();
    }
    for (Path one : old) {
      String name = one.getFileName().toString();
      Path place = own.resolve(name.substring(0, name.length() - OLD.length()));
      if (!Files.exists(place)) {
        Files.move(one, place, StandardCopyOption.ATOMIC_MOVE);
      }
    }
    delete(beside);
  }

  /** The folder of one of them, which may be absent. */
  public Path folder(String id) {
    return own.resolve(id);
  }

  /** True where there is one. */
  public boolean has(String id) {
    return Files.isRegularFile(folder(id).resolve("pack.yaml"));
  }

  /** The ids of all of them. */
  public List<String> ids() throws IOException {
    if (!Files.isDirectory(own)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(own)) {
      return all.map(one -> one.getFileName().toString()).filter(this::has).sorted().toList();
    }
  }

  /** What is done with the folder of a draft. */
  @FunctionalInterface
  public interface Trial<T> {
    /** Does it; the folder is gone afterwards. */
    T in(Path draft) throws IOException;
  }

  /** Tries something with a draft of a pack, in a folder of its name. */
  public static <T> T trying(String id, PackTexts texts, Trial<T> trial) throws IOException {
    Path scratch = Files.createTempDirectory("pack");
    try {
      Path draft = Files.createDirectories(scratch.resolve(id));
      texts.writeTo(draft);
      return trial.in(draft);
    } finally {
      delete(scratch);
    }
  }

  /** Puts it in its place. */
  public synchronized void save(String id, PackTexts texts) throws IOException {
    delete(beside);
    Path fresh = Files.createDirectories(beside.resolve(id));
    texts.writeTo(fresh);
    Files.createDirectories(own);
    Path place = folder(id);
    Path old = beside.resolve(id + OLD);
    if (Files.exists(place)) {
      Files.move(place, old, StandardCopyOption.ATOMIC_MOVE);
      PackTexts.force(beside, StandardOpenOption.READ);
    }
    Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
    PackTexts.force(own, StandardOpenOption.READ);
    delete(beside);
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> tree = Files.walk(folder)) {
      all = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path one : all) {
      Files.delete(one);
    }
  }
}
