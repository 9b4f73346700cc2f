package org.tequio.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A private PostgreSQL with PostGIS, made of Debian's packages in a temporary folder and gone when
 * the tests end. It listens on this machine only. Tests that need it skip, with a message, where
 * the packages are absent.
 */
public final class PostgresCluster {
  private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
  private static final String USER = "postgres";
  private static final String DATABASE = "cities";
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final long ENOUGH_MEMORY = 2L << 30;
  private static final AtomicInteger SCHEMAS = new AtomicInteger();

  private final Path programs;
  private final Path folder;
  private final int port;

  private PostgresCluster(Path programs, Path folder, int port) {
    this.programs = programs;
    this.folder = folder;
    this.port = port;
  }

  /** The one that the tests of this process share, started when it is first asked for. */
  private static final class Shared {
    static final Optional<PostgresCluster> ONE = start(shortLived());
  }

  /** A cluster that many tests share; empty where the packages are absent. */
  public static Optional<PostgresCluster> shared() {
    return Shared.ONE;
  }

  /** A new cluster with a database that has PostGIS; empty where the packages are absent. */
  public static Optional<PostgresCluster> start() {
    return start(Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** Where forcing a page to the disk costs nothing: these tests kill programs, not the machine. */
  private static Path shortLived() {
    boolean roomy = Files.isWritable(MEMORY) && MEMORY.toFile().getUsableSpace() >= ENOUGH_MEMORY;
    return roomy ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
  }

  private static Optional<PostgresCluster> start(Path parent) {
    try {
      Optional<Path> programs = programs();
      if (programs.isEmpty() || !hasPostgis()) {
        return Optional.empty();
      }
      Path folder = Files.createTempDirectory(parent, "tequio-postgres-");
      PostgresCluster cluster = new PostgresCluster(programs.get(), folder, freePort());
      Runtime.getRuntime().addShutdownHook(new Thread(cluster::remove));
      cluster.init();
      return Optional.of(cluster);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says why tests skip. */
  public static String absence() {
    return "PostgreSQL 15 with PostGIS (Debian: postgresql postgresql-15-postgis-3) is not here";
  }

  private static Optional<Path> programs() throws IOException {
    if (!Files.isDirectory(VERSIONS)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(VERSIONS)) {
      return versions
          .filter(version -> version.getFileName().toString().matches("\\d+"))
          .filter(version -> Integer.parseInt(version.getFileName().toString()) >= 15)
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.naturalOrder());
    }
  }

  private static boolean hasPostgis() throws IOException {
    Path shared = Path.of("/usr/share/postgresql");
    if (!Files.isDirectory(shared)) {
      return false;
    }
    try (Stream<Path> versions = Files.list(shared)) {
      return versions.anyMatch(
          version -> Files.exists(version.resolve("extension/postgis.control")));
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void init() throws IOException {
    if (isRoot()) {
      run(List.of("chown", USER, folder.toString()));
    }
    server(
        "initdb",
        "-D",
        data(),
        "-U",
        USER,
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        "--no-sync");
    up();
    psql("postgres", "CREATE DATABASE " + DATABASE);
    psql(DATABASE, "CREATE EXTENSION postgis");
  }

  /** Starts the server; returns when it answers. */
  public void up() {
    String options =
        "-p "
            + port
            + " -k "
            + folder
            + " -c listen_addresses=127.0.0.1 -c shared_buffers=128MB -c max_wal_size=1GB";
    server("pg_ctl", "-D", data(), "-o", options, "-l", folder + "/log", "-w", "start");
  }

  /** Stops it at once, as a power cut would. */
  public void crash() {
    server("pg_ctl", "-D", data(), "-m", "immediate", "-w", "stop");
  }

  /** Runs one statement as an administrator; returns what it answers. */
  public String sql(String statement) {
    return psql(DATABASE, statement);
  }

  /** An address of a city that is not there yet. */
  public String newCity() {
    return city("city_" + SCHEMAS.incrementAndGet());
  }

  /** The address of the city in a schema. */
  public String city(String schema) {
    return "postgres://" + USER + "@127.0.0.1:" + port + "/" + DATABASE + "?schema=" + schema;
  }

  /** The port that it listens on. */
  public int port() {
    return port;
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private String psql(String database, String statement) {
    return run(
        List.of(
            programs.resolve("psql").toString(),
            "-X",
            "-q",
            "-A",
            "-t",
            "-v",
            "ON_ERROR_STOP=1",
            "-h",
            "127.0.0.1",
            "-p",
            String.valueOf(port),
            "-U",
            USER,
            "-d",
            database,
            "-c",
            statement));
  }

  // PostgreSQL refuses to run as root.
  private void server(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("runuser", "-u", USER, "--"));
    }
    command.add(programs.resolve(program).toString());
    command.addAll(List.of(arguments));
    run(command);
  }

  private static boolean isRoot() {
    return System.getProperty("user.name", "").equals("root");
  }

  private String run(List<String> command) {
    try {
      Path said = Files.createTempFile("tequio-postgres-", ".out");
      try {
        Process process =
            new ProcessBuilder(command)
                .directory(Path.of("/tmp").toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        int code = process.waitFor();
        String text = Files.readString(said);
        if (code != 0) {
          throw new IllegalStateException(String.join(" ", command) + ": " + text);
        }
        return text.strip();
      } finally {
        Files.deleteIfExists(said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void remove() {
    try {
      crash();
    } catch (IllegalStateException notRunning) {
      // A test has stopped it already.
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
