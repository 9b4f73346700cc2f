package org.tequio.harvest.client;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.tequio.harvest.HarvestException;
import org.tequio.harvest.Offer;
import org.tequio.harvest.Source;
import org.tequio.harvest.SourceKind;
import org.tequio.harvest.fetch.Haul;

/**
 * A file or folder in the city's inbox, where another system of the house leaves its exports.
 * Nothing else of the server's disk can be pulled, however the path is written. Links are not
 * followed.
 */
final class FileClient implements SourceClient {
  private final Path inbox;

  FileClient(Path inbox) {
    this.inbox = inbox;
  }

  @Override
  public SourceKind kind() {
    return SourceKind.FILE;
  }

  @Override
  public Optional<Offer> look(Glance glance) throws IOException, HarvestException {
    if (glance.isWeb() && !glance.isWanted(kind())) {
      return Optional.empty();
    }
    Path path = resolve(glance.address());
    List<Offer.Item> items = new ArrayList<>();
    for (Path file : files(path)) {
      String name = path.equals(file) ? name(file) : path.relativize(file).toString();
      items.add(Offer.Item.named(name, name));
    }
    return Optional.of(new Offer(kind(), items));
  }

  @Override
  public Pulled pull(Source source, Haul haul) throws IOException, HarvestException {
    Path path = resolve(source.address());
    List<Path> chosen = new ArrayList<>();
    for (Path file : files(path)) {
      String name = path.equals(file) ? name(file) : path.relativize(file).toString();
      if (source.names().isEmpty() || source.names().contains(name)) {
        chosen.add(copy(file, haul.folder().resolve(name), haul));
      }
    }
    for (String name : source.names()) {
      if (chosen.stream().noneMatch(file -> file.equals(haul.folder().resolve(name)))) {
        throw HarvestException.gone(name);
      }
    }
    if (chosen.isEmpty()) {
      throw HarvestException.empty(source.title());
    }
    return Pulled.Files.of(List.of(haul.folder()));
  }

  /** The path, where it lies in the inbox. */
  private Path resolve(String address) throws IOException, HarvestException {
    try {
      String text =
          address.toLowerCase(Locale.ROOT).startsWith("file:")
              ? Path.of(URI.create(address)).toString()
              : address;
      Path path = inbox.resolve(text).normalize();
      if (!path.startsWith(inbox.normalize()) || !Files.exists(path)) {
        throw HarvestException.unreadable(address);
      }
      Path real = path.toRealPath();
      if (!real.startsWith(inbox.toRealPath())) {
        throw HarvestException.unreadable(address);
      }
      return real;
    } catch (IllegalArgumentException e) {
      throw HarvestException.unreadable(address);
    }
  }

  private static List<Path> files(Path path) throws IOException {
    try (Stream<Path> all = Files.walk(path, 8, new FileVisitOption[0])) {
      return all.filter(file -> Files.isRegularFile(file) && !Files.isSymbolicLink(file))
          .sorted()
          .limit(10_000)
          .toList();
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  /** Copies a file that nobody is writing. */
  private static Path copy(Path file, Path to, Haul haul) throws IOException, HarvestException {
    haul.progress().check();
    long size = Files.size(file);
    FileTime modified = Files.getLastModifiedTime(file);
    Path parent = to.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.copy(file, to);
    if (Files.size(file) != size || !Files.getLastModifiedTime(file).equals(modified)) {
      throw HarvestException.damaged(name(file), "it is being written");
    }
    return to;
  }
}
