package org.tequio.procedure.pack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.dictionary.LayerDictionary;
import org.tequio.feature.Bbox;

/**
 * Where packs are found: those that travel inside the program, and those in a folder of the city. A
 * city's pack with the id of one of the program's, or one that extends it, is laid over it.
 */
public final class PackShelf {
  private static final String HEADER = "pack.yaml";

  private final LayerDictionary dictionary;

  /** Reads packs against this dictionary. */
  public PackShelf(LayerDictionary dictionary) {
    this.dictionary = dictionary;
  }

  /** What is done with the folder of a pack. */
  @FunctionalInterface
  private interface Work<T> {
    T in(Path packs) throws IOException;
  }

  /** Opens the packs of the program: a folder of classes, or of the jar that holds them. */
  private static <T> T inside(Work<T> work) throws IOException {
    try {
      URI home = PackShelf.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      Path place = Path.of(home);
      if (Files.isDirectory(place)) {
        return work.in(place.resolve("packs"));
      }
      try (FileSystem jar = FileSystems.newFileSystem(place)) {
        return work.in(jar.getPath("/packs"));
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Path> folders(Path packs) throws IOException {
    Map<String, Path> found = new TreeMap<>();
    if (Files.isDirectory(packs)) {
      try (Stream<Path> all = Files.list(packs)) {
        all.filter(folder -> Files.isRegularFile(folder.resolve(HEADER)))
            .forEach(folder -> found.put(name(folder), folder));
      }
    }
    return found;
  }

  private static String name(Path folder) {
    return folder.getFileName().toString().replace("/", "");
  }

  /** A pack of the program; none where there is none of this id. */
  public Optional<ReadPack> find(String id) throws IOException {
    return inside(
        packs -> {
          Path folder = folders(packs).get(id);
          return folder == null ? Optional.empty() : Optional.of(read(folder, packs, null));
        });
  }

  /** The files of the program's packs, by the pack's id. */
  public Map<String, PackTexts> texts() throws IOException {
    return inside(
        packs -> {
          Map<String, PackTexts> all = new LinkedHashMap<>();
          for (Map.Entry<String, Path> one : folders(packs).entrySet()) {
            all.put(one.getKey(), PackTexts.of(one.getValue()));
          }
          return all;
        });
  }

  /** The city's pack in a folder, over the one of the program that it extends or is called like. */
  public ReadPack readOwn(Path folder) throws IOException {
    return inside(
        packs -> {
          Path namesake = folders(packs).get(name(folder));
          ReadPack below =
              namesake == null || PackReader.parent(folder) != null
                  ? null
                  : PackReader.read(namesake, dictionary, null);
          return read(folder, packs, below);
        });
  }

  /** The pack in a folder, over the one of the program that it extends. */
  public ReadPack read(Path folder) throws IOException {
    return inside(packs -> read(folder, packs, null));
  }

  private ReadPack read(Path folder, Path packs, @Nullable ReadPack base) throws IOException {
    ReadPack below = base;
    String parent = PackReader.parent(folder);
    if (below == null && parent != null) {
      Path found = folders(packs).get(parent);
      below = found == null ? null : PackReader.read(found, dictionary, null);
    }
    return PackReader.read(folder, dictionary, below);
  }

  /**
   * The packs that a city uses: those of its own folder, and of the program's those that are meant
   * for its place.
   *
   * @param own the folder with the city's packs, which may be absent
   * @param draft one that is tried, over the city's own or in the place of that of its name; null
   *     for none
   * @param bounds of the city in longitude and latitude; null where it is not known
   * @return by id
   */
  public Map<String, ReadPack> ofCity(Path own, @Nullable Path draft, @Nullable Bbox bounds) {
    try {
      Map<String, Path> mine = new LinkedHashMap<>(folders(own));
      if (draft != null) {
        String named = name(draft.toAbsolutePath().normalize());
        mine.remove(named);
        mine.put(named, draft);
      }
      return inside(
          packs -> {
            Map<String, ReadPack> all = new LinkedHashMap<>();
            Map<String, Path> program = folders(packs);
            for (String one : chosen(program, mine, bounds)) {
              all.put(one, read(Objects.requireNonNull(program.get(one)), packs, null));
            }
            for (Map.Entry<String, Path> one : mine.entrySet()) {
              String parent = PackReader.parent(one.getValue());
              String under = parent == null ? one.getKey() : parent;
              ReadPack below = all.get(under);
              if (below == null && program.containsKey(under)) {
                below = read(program.get(under), packs, null);
              }
              if (parent != null) {
                all.remove(parent);
              }
              all.put(one.getKey(), read(one.getValue(), packs, below));
            }
            return all;
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The files of a pack of a city as they are now, with those below it.
   *
   * @param own the folder with the city's packs, which may be absent
   * @param id of one that the city uses
   */
  public byte[] copy(Path own, String id) {
    try {
      Path mine = folders(own).get(id);
      return inside(
          packs -> {
            Map<String, Path> program = folders(packs);
            String parent = mine == null ? null : PackReader.parent(mine);
            List<Path> chain = chain(program, parent == null ? id : parent);
            if (mine != null) {
              chain.add(mine);
            }
            return PackCopy.of(chain);
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> chain(Map<String, Path> program, String id) throws IOException {
    List<Path> chain = new ArrayList<>();
    Path top = program.get(id);
    if (top != null) {
      String parent = PackReader.parent(top);
      Path below = parent == null ? null : program.get(parent);
      if (below != null) {
        chain.add(below);
      }
      chain.add(top);
    }
    return chain;
  }

  /** Reads what {@link #copy} gave. */
  public ReadPack readCopy(byte[] copy) throws IOException {
    return PackCopy.read(copy, dictionary);
  }

  /**
   * Those of the program that are bound to no place, and of those that are the one with the
   * smallest box around the city: countries lie in each other's boxes. A city whose own pack
   * extends one has chosen that, wherever it lies.
   */
  private static List<String> chosen(
      Map<String, Path> program, Map<String, Path> mine, @Nullable Bbox bounds) throws IOException {
    List<String> all = new ArrayList<>();
    String nearest = null;
    double smallest = Double.POSITIVE_INFINITY;
    for (Map.Entry<String, Path> one : program.entrySet()) {
      Bbox box = PackReader.box(one.getValue());
      if (box == null) {
        all.add(one.getKey());
      } else if (bounds != null && holdsMiddle(box, bounds)) {
        double size = (box.maxX() - box.minX()) * (box.maxY() - box.minY());
        if (size < smallest) {
          smallest = size;
          nearest = one.getKey();
        }
      }
    }
    for (Path own : mine.values()) {
      String parent = PackReader.parent(own);
      nearest = parent != null && program.containsKey(parent) ? parent : nearest;
    }
    if (nearest != null) {
      all.add(nearest);
    }
    return all;
  }

  private static boolean holdsMiddle(Bbox box, Bbox bounds) {
    return box.contains((bounds.minX() + bounds.maxX()) / 2, (bounds.minY() + bounds.maxY()) / 2);
  }
}
