package org.tequio.storage.geopackage;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.tequio.feature.Progress;
import org.tequio.storage.Sql;
import org.tequio.storage.StoreFault;
import org.tequio.storage.sql.Catalog;
import org.tequio.storage.sql.ChainedAuditLog;
import org.tequio.storage.sql.CityHash;
import org.tequio.storage.sql.Dialect;
import org.tequio.storage.sql.DurableFiles;
import org.tequio.storage.sql.FolderBlobs;

/**
 * A city in one ZIP file: {@code city.gpkg}, {@code audit/log.jsonl}, {@code blobs/…}, and last a
 * {@code manifest} of lines {@code SHA-256 size name} that ends with the content hash. Restoring
 * checks every one of them before the folder appears.
 */
final class Backup {
  private static final String MANIFEST = "manifest";
  private static final String FIRST_LINE = "tequio backup 1";
  private static final Pattern ENTRY = Pattern.compile("([0-9a-f]{64})  (\\d+)  (\\S+)");
  private static final Pattern NAME =
      Pattern.compile("city\\.gpkg|audit/log\\.jsonl|blobs/[0-9a-f]{2}/[0-9a-f]{62}");
  private static final Pattern CONTENT = Pattern.compile("content ([0-9a-f]{64})");

  private Backup() {}

  /** Writes a backup; the city may be written meanwhile. */
  static String write(
      CityFolder folder, FolderBlobs blobs, ChainedAuditLog audit, Path file, Progress progress)
      throws IOException {
    ChainedAuditLog.End end = audit.end();
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Path snapshot = file.resolveSibling(file.getFileName() + ".snapshot");
    try {
      progress.step("city.gpkg", 0, 0);
      Files.deleteIfExists(snapshot);
      snapshot(folder, snapshot);
      List<String> names;
      try (Stream<String> list = blobs.list()) {
        names = list.toList();
      }
      String hash = hashOf(snapshot, names);
      try (ZipOutputStream zip =
          new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(part), 1 << 16))) {
        Writing writing = new Writing(zip, progress);
        writing.entry("city.gpkg", snapshot, Long.MAX_VALUE, Deflater.BEST_SPEED);
        writing.entry("audit/log.jsonl", audit.file(), end.bytes(), Deflater.BEST_SPEED);
        for (String name : names) {
          writing.entry(
              "blobs/" + name.substring(0, 2) + "/" + name.substring(2),
              blobs.path(name),
              Long.MAX_VALUE,
              Deflater.NO_COMPRESSION);
        }
        writing.manifest(hash);
      }
      DurableFiles.moveInto(part, file);
      return hash;
    } finally {
      Files.deleteIfExists(part);
      Files.deleteIfExists(snapshot);
    }
  }

  private static void snapshot(CityFolder folder, Path snapshot) throws IOException {
    try (Connection connection = folder.openToCopy()) {
      Sql.update(connection, "VACUUM INTO ?", snapshot.toAbsolutePath().toString());
    } catch (SQLException e) {
      throw new IOException("the snapshot for the backup failed: " + e.getMessage(), e);
    }
  }

  private static String hashOf(Path gpkg, List<String> blobs) throws IOException {
    Dialect dialect = new SqliteDialect(new CityFolder(DurableFiles.folderOf(gpkg)));
    try (Connection connection = CityFolder.openToRead(gpkg)) {
      return CityHash.of(
          connection, dialect, Catalog.read(connection, new Catalog.Known(dialect)), blobs);
    } catch (SQLException e) {
      throw Sqlite.fault(e);
    }
  }

  /** Writes entries and remembers what they were. */
  private static final class Writing {
    private final ZipOutputStream zip;
    private final Progress progress;
    private final StringBuilder manifest = new StringBuilder(FIRST_LINE).append('\n');
    private final byte[] buffer = new byte[1 << 16];

    Writing(ZipOutputStream zip, Progress progress) {
      this.zip = zip;
      this.progress = progress;
    }

    void entry(String name, Path file, long limit, int level) throws IOException {
      MessageDigest digest = DurableFiles.sha256();
      long size = Math.min(limit, Files.size(file));
      long done = 0;
      zip.setLevel(level);
      zip.putNextEntry(new ZipEntry(name));
      try (InputStream in = Files.newInputStream(file)) {
        while (done < size) {
          progress.check();
          progress.step(name, done, size);
          int read = in.read(buffer, 0, (int) Math.min(buffer.length, size - done));
          if (read < 0) {
            throw new IOException(name + " became shorter while it was read");
          }
          digest.update(buffer, 0, read);
          zip.write(buffer, 0, read);
          done += read;
        }
      }
      zip.closeEntry();
      manifest
          .append(HexFormat.of().formatHex(digest.digest()))
          .append("  ")
          .append(size)
          .append("  ")
          .append(name)
          .append('\n');
    }

    void manifest(String contentHash) throws IOException {
      manifest.append("content ").append(contentHash).append('\n');
      zip.putNextEntry(new ZipEntry(MANIFEST));
      zip.write(manifest.toString().getBytes(StandardCharsets.US_ASCII));
      zip.closeEntry();
    }
  }

  /**
   * What a manifest says.
   *
   * @param hashes by entry name
   */
  private record Manifest(Map<String, String> hashes, Map<String, Long> sizes, String content) {
    static Manifest parse(String text) {
      List<String> lines = text.lines().toList();
      Map<String, String> hashes = new LinkedHashMap<>();
      Map<String, Long> sizes = new LinkedHashMap<>();
      if (lines.size() < 3 || !lines.getFirst().equals(FIRST_LINE)) {
        throw new StoreFault("the backup's manifest is not one of this version of Tequio");
      }
      for (String line : lines.subList(1, lines.size() - 1)) {
        Matcher entry = ENTRY.matcher(line);
        if (!entry.matches() || !NAME.matcher(entry.group(3)).matches()) {
          throw new StoreFault("the backup's manifest has a line that makes no sense: " + line);
        }
        hashes.put(entry.group(3), entry.group(1));
        sizes.put(entry.group(3), Long.valueOf(entry.group(2)));
      }
      Matcher content = CONTENT.matcher(lines.getLast());
      if (!content.matches() || !hashes.containsKey("city.gpkg")) {
        throw new StoreFault("the backup's manifest is not complete");
      }
      return new Manifest(hashes, sizes, content.group(1));
    }
  }

  /** Makes a city folder of a backup. */
  static String restore(Path file, Path folder, Progress progress) throws IOException {
    Path target = folder.toAbsolutePath();
    if (Files.exists(target)) {
      try (Stream<Path> inside = Files.list(target)) {
        if (inside.findAny().isPresent()) {
          throw new StoreFault("the folder " + folder + " is not empty; nothing was restored");
        }
      }
    }
    Path parent = DurableFiles.folderOf(target);
    DurableFiles.createFolder(parent);
    Path temporary = Files.createTempDirectory(parent, target.getFileName() + ".restoring-");
    try {
      String hash = unpack(file, temporary, progress);
      Files.deleteIfExists(target);
      Files.move(temporary, target);
      DurableFiles.syncFolder(parent);
      return hash;
    } catch (ZipException e) {
      throw new StoreFault(
          file + " is no whole backup: " + e.getMessage() + "; nothing was restored", e);
    } finally {
      DurableFiles.deleteTree(temporary);
    }
  }

  private static String unpack(Path file, Path folder, Progress progress) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry manifestEntry = zip.getEntry(MANIFEST);
      if (manifestEntry == null) {
        throw new StoreFault(file + " is no whole backup: it has no manifest");
      }
      Manifest manifest;
      try (InputStream in = zip.getInputStream(manifestEntry)) {
        manifest = Manifest.parse(new String(in.readAllBytes(), StandardCharsets.US_ASCII));
      }
      for (Map.Entry<String, String> entry : manifest.hashes.entrySet()) {
        long size = manifest.sizes.getOrDefault(entry.getKey(), 0L);
        unpack(zip, entry.getKey(), entry.getValue(), size, folder, progress);
      }
      DurableFiles.createFolder(folder.resolve("blobs"));
      DurableFiles.createFolder(folder.resolve("audit"));
      String hash = hashOf(folder.resolve("city.gpkg"), blobsOf(manifest));
      if (!hash.equals(manifest.content)) {
        throw new StoreFault(
            file + " was changed: its content hash is " + hash + ", not " + manifest.content);
      }
      syncFolders(folder);
      return hash;
    }
  }

  private static List<String> blobsOf(Manifest manifest) {
    return manifest.hashes.keySet().stream()
        .filter(name -> name.startsWith("blobs/"))
        .map(name -> name.substring("blobs/".length()).replace("/", ""))
        .sorted()
        .toList();
  }

  private static void unpack(
      ZipFile zip, String name, String hash, long size, Path folder, Progress progress)
      throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new StoreFault(zip.getName() + " is no whole backup: " + name + " is missing");
    }
    Path place = folder.resolve(name);
    Files.createDirectories(DurableFiles.folderOf(place));
    MessageDigest digest = DurableFiles.sha256();
    long done = 0;
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = new DigestInputStream(zip.getInputStream(entry), digest);
        OutputStream out = Files.newOutputStream(place)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        progress.check();
        progress.step(name, done, size);
        done += read;
        if (done > size) {
          break;
        }
        out.write(buffer, 0, read);
      }
    }
    if (done != size || !HexFormat.of().formatHex(digest.digest()).equals(hash)) {
      throw new StoreFault(
          zip.getName() + " was changed: " + name + " is not what the manifest says");
    }
    DurableFiles.sync(place);
  }

  private static void syncFolders(Path folder) throws IOException {
    TreeSet<Path> folders = new TreeSet<>();
    try (Stream<Path> tree = Files.walk(folder)) {
      tree.filter(Files::isDirectory).forEach(folders::add);
    }
    for (Path each : folders) {
      DurableFiles.syncFolder(each);
    }
  }
}
