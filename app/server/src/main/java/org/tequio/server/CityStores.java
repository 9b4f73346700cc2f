package org.tequio.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LayerId;
import org.tequio.feature.Progress;
import org.tequio.storage.CitySettings;
import org.tequio.storage.StoreFault;
import org.tequio.storage.geopackage.GeoPackageCityStore;
import org.tequio.storage.postgis.PostgisCityStore;
import org.tequio.storage.postgis.PostgisLocation;
import org.tequio.storage.sql.CityCopy;
import org.tequio.storage.sql.DurableFiles;
import org.tequio.storage.sql.SqlCityStore;

/**
 * Where the city of a folder keeps its layers: in {@code city.gpkg} there, or in PostgreSQL where
 * {@code tequio.yaml} says {@code store: postgres://…}; and how it moves from one to the other.
 */
final class CityStores {
  private static final String FILE = "city.gpkg";
  private static final String MOVED = "city.gpkg.migrated";

  private CityStores() {}

  /** True where a city is in this folder. */
  static boolean isIn(Path folder) {
    try {
      return Files.isRegularFile(folder.resolve(FILE)) || CityConfig.read(folder).store() != null;
    } catch (IOException | City.Unusable unreadable) {
      // Opening it says what is wrong.
      return Files.isRegularFile(folder.resolve(CityConfig.FILE));
    }
  }

  /** Opens the store of the city in a folder. */
  static SqlCityStore open(Path folder, CityConfig config) throws IOException {
    String store = config.store();
    return store == null
        ? GeoPackageCityStore.open(folder)
        : PostgisCityStore.open(
            PostgisLocation.parse(store, schema(folder)),
            folder,
            GeoPackageCityStore::backUp,
            Clock.systemUTC());
  }

  /**
   * Makes the store of a new city in an empty folder.
   *
   * @param store where in PostgreSQL; null for a file in the folder
   */
  static SqlCityStore create(Path folder, CitySettings settings, @Nullable String store)
      throws IOException {
    if (store == null) {
      return GeoPackageCityStore.create(folder, settings);
    }
    PostgisLocation location = PostgisLocation.parse(store, schema(folder));
    DurableFiles.createFolder(folder);
    SqlCityStore made =
        PostgisCityStore.create(
            location, folder, settings, GeoPackageCityStore::backUp, Clock.systemUTC());
    try {
      CityConfig.writeStore(folder, location.toString());
      return made;
    } catch (IOException e) {
      made.close();
      throw e;
    }
  }

  /** Goes through everything that a city keeps, even one too damaged to be opened. */
  static List<String> verify(Path folder, Progress progress) throws IOException {
    CityConfig config = CityConfig.read(folder);
    if (config.store() == null) {
      return GeoPackageCityStore.verify(folder, progress);
    }
    try (SqlCityStore store = open(folder, config)) {
      return store.verify(progress);
    }
  }

  // The schema of a city that names none: its folder's name.
  private static String schema(Path folder) {
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return LayerId.ofName(name == null ? "city" : name.toString().toLowerCase(Locale.ROOT)).value();
  }

  /**
   * Moves a city into another store. Until that is done the city is what it was, and what is being
   * made is none.
   *
   * @param target a place in PostgreSQL, where the folder's city then is; or another folder, where
   *     a copy of everything then is
   * @return the content hash, the same before and after
   * @throws StoreFault saying what stood in the way
   */
  static String migrate(Path folder, String target, Path targetFolder, Progress progress)
      throws IOException {
    CityConfig config = CityConfig.read(folder);
    if (!target.contains("://")) {
      try (SqlCityStore source = open(folder, config)) {
        return intoFolder(source, folder, targetFolder, progress);
      }
    }
    PostgisLocation location = PostgisLocation.parse(target, schema(folder));
    String hash;
    try (SqlCityStore source = open(folder, config)) {
      hash = intoPostgres(source, location, progress);
      source.audit().append("command", "migrate", "to " + location);
    }
    CityConfig.writeStore(folder, location.toString());
    if (config.store() == null) {
      Files.deleteIfExists(folder.resolve("audit/seal"));
      Files.move(folder.resolve(FILE), folder.resolve(MOVED), StandardCopyOption.REPLACE_EXISTING);
      DurableFiles.syncFolder(folder);
    }
    return hash;
  }

  private static String intoPostgres(
      SqlCityStore source, PostgisLocation location, Progress progress) throws IOException {
    Path scratch = Files.createTempDirectory("tequio-migrating-");
    try (PostgisCityStore copy =
        PostgisCityStore.createUnfinished(location, scratch, source.settings())) {
      boolean done = false;
      try {
        CityCopy.copy(source, copy, blobs(source), progress);
        copy.finish();
        done = true;
      } finally {
        if (!done) {
          copy.abandon();
        }
      }
      return source.contentHash();
    } finally {
      DurableFiles.deleteTree(scratch);
    }
  }

  private static String intoFolder(SqlCityStore source, Path folder, Path target, Progress progress)
      throws IOException {
    if (Files.exists(target)) {
      try (Stream<Path> inside = Files.list(target)) {
        if (inside.findAny().isPresent()) {
          throw new StoreFault("the folder " + target + " is not empty");
        }
      }
    }
    Path parent = DurableFiles.folderOf(target);
    DurableFiles.createFolder(parent);
    Path made = Files.createTempDirectory(parent, target.getFileName() + ".migrating-");
    try {
      List<String> blobs = blobs(source);
      try (GeoPackageCityStore copy = GeoPackageCityStore.create(made, source.settings())) {
        CityCopy.copy(source, copy, blobs, progress);
        for (int i = 0; i < blobs.size(); i++) {
          progress.check();
          progress.step("blobs", i, blobs.size());
          try (InputStream bytes = source.blobs().open(blobs.get(i))) {
            copy.blobs().put(bytes);
          }
        }
      }
      copyRest(folder, made);
      CityConfig.writeStore(made, null);
      String hash = source.contentHash();
      try (GeoPackageCityStore copy = GeoPackageCityStore.open(made)) {
        if (!copy.contentHash().equals(hash)) {
          throw new StoreFault("the city was changed while it was copied; do it again");
        }
      }
      Files.deleteIfExists(target);
      Files.move(made, target);
      DurableFiles.syncFolder(parent);
      source.audit().append("command", "migrate", "a copy in a folder");
      return hash;
    } finally {
      DurableFiles.deleteTree(made);
    }
  }

  private static List<String> blobs(SqlCityStore store) throws IOException {
    try (Stream<String> list = store.blobs().list()) {
      return list.collect(Collectors.toList());
    }
  }

  // The audit log, what is told of removed blobs, keys, mails, submissions: all but what the copy
  // has already, and what belongs to a running process.
  private static void copyRest(Path folder, Path made) throws IOException {
    List<Path> files;
    try (Stream<Path> tree = Files.walk(folder)) {
      files = tree.filter(Files::isRegularFile).map(folder::relativize).toList();
    }
    for (Path file : files) {
      String name = file.toString().replace('\\', '/');
      boolean own =
          name.startsWith(FILE)
              || name.equals("city.lock")
              || name.equals("city.control")
              || name.equals("audit/seal")
              || name.matches("blobs/[0-9a-f]{2}/.*");
      if (!own) {
        Path place = made.resolve(file);
        DurableFiles.createFolder(DurableFiles.folderOf(place));
        Files.copy(
            folder.resolve(file),
            place,
            StandardCopyOption.REPLACE_EXISTING,
            StandardCopyOption.COPY_ATTRIBUTES);
        DurableFiles.sync(place);
      }
    }
  }

  /** The text of a configuration that names a store, or none. */
  static byte[] withStore(String text, @Nullable String store) {
    String rest =
        text.lines()
            .filter(line -> !line.startsWith("store:"))
            .map(line -> line + "\n")
            .collect(Collectors.joining());
    String first = store == null ? "" : "store: " + store + "\n";
    return (first + rest).getBytes(StandardCharsets.UTF_8);
  }
}
