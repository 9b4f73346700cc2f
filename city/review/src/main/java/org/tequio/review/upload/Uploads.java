package org.tequio.review.upload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tequio.feature.LocalText;
import org.tequio.http.FileName;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.review.ReceivedFiles;
import tools.jackson.databind.json.JsonMapper;

/**
 * Files that arrive piece by piece, each in a folder of its own until it is handed in or nobody has
 * sent anything for a day. A piece is on disk before it is acknowledged; after a lost connection or
 * a restart the sender asks how much arrived and goes on from there. Thread-safe.
 */
public final class Uploads implements ReceivedFiles {
  /** The largest file. */
  public static final long MAX_BYTES = 4L << 30;

  /** The largest piece. */
  public static final long MAX_CHUNK = 8L << 20;

  /** What one account may have on the way at once. */
  static final long QUOTA = 8L << 30;

  private static final int MOST_OPEN = 20;
  private static final long KEEP_FREE = 512L << 20;
  private static final Duration FORGOTTEN = Duration.ofDays(1);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{22}");
  private static final String ABOUT = "about.json";
  private static final String DATA = "data";

  private final Path folder;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final ConcurrentHashMap<String, ReentrantLock> writing = new ConcurrentHashMap<>();

  /** Uploads in a folder of their own. */
  public Uploads(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** What is known of an upload from the beginning. */
  record About(String account, String name, long bytes) {}

  /**
   * An upload as it stands.
   *
   * @param received how many of its bytes are on disk
   */
  public record Upload(String id, String account, String name, long bytes, long received) {
    /** True where all of it is there. */
    public boolean isWhole() {
      return received == bytes;
    }
  }

  /**
   * Begins an upload.
   *
   * @param name as the sender calls the file; only a harmless form of it is kept
   * @throws ProblemException 400, 413, 429 or 507 when there is no room for it
   */
  public synchronized Upload begin(String account, String name, long bytes) throws IOException {
    if (bytes < 1) {
      throw new ProblemException(
          Problem.invalidBody(
              new LocalText(
                  "'bytes' debe ser positivo",
                  "'bytes' deve ser positivo",
                  "'bytes' must be positive")));
    }
    if (bytes > MAX_BYTES) {
      throw new ProblemException(Problem.tooLarge(MAX_BYTES));
    }
    Files.createDirectories(folder);
    List<Upload> own = list().stream().filter(one -> one.account.equals(account)).toList();
    if (own.size() >= MOST_OPEN || own.stream().mapToLong(Upload::bytes).sum() + bytes > QUOTA) {
      throw new ProblemException(
          Problem.of(
              429,
              "upload-quota",
              new LocalText("Demasiadas cargas", "Envios demais", "Too many uploads"),
              new LocalText(
                  "hay demasiadas cargas sin terminar; termine o borre alguna",
                  "há envios demais sem terminar; termine ou apague algum",
                  "too many uploads are unfinished; finish or delete one")));
    }
    if (Files.getFileStore(folder).getUsableSpace() < bytes + KEEP_FREE) {
      throw noRoom();
    }
    byte[] key = new byte[16];
    random.nextBytes(key);
    String id = Base64.getUrlEncoder().withoutPadding().encodeToString(key);
    Path place = Files.createDirectory(folder.resolve(id));
    Files.createFile(place.resolve(DATA));
    About about = new About(account, FileName.harmless(name), bytes);
    Files.write(place.resolve(ABOUT), JSON.writeValueAsBytes(about));
    return new Upload(id, account, about.name, bytes, 0);
  }

  private static ProblemException noRoom() {
    return new ProblemException(
        Problem.of(
            507,
            "no-room",
            new LocalText("No hay espacio", "Não há espaço", "No room"),
            new LocalText(
                "el disco de la ciudad no tiene espacio para el archivo",
                "o disco da cidade não tem espaço para o arquivo",
                "the city's disk has no room for the file")));
  }

  /** One upload. */
  public Optional<Upload> find(String id) throws IOException {
    Path own = folder.resolve(ID.matcher(id).matches() ? id : "none");
    if (!Files.isRegularFile(own.resolve(ABOUT))) {
      return Optional.empty();
    }
    About about = JSON.readValue(Files.readAllBytes(own.resolve(ABOUT)), About.class);
    return Optional.of(
        new Upload(id, about.account, about.name, about.bytes, Files.size(own.resolve(DATA))));
  }

  /**
   * A whole upload of an account.
   *
   * @throws ProblemException 404 where there is none, 409 where some of it has not arrived
   */
  public Upload whole(String id, String account) throws IOException {
    Upload upload = own(id, account).orElseThrow(() -> new ProblemException(Problem.notFound(id)));
    if (!upload.isWhole()) {
      long missing = upload.bytes - upload.received;
      throw new ProblemException(
          Problem.conflict(
              "upload-incomplete",
              new LocalText(
                  "faltan " + missing + " bytes del archivo",
                  "faltam " + missing + " bytes do arquivo",
                  missing + " bytes of the file are missing")));
    }
    return upload;
  }

  private Optional<Upload> own(String id, String account) throws IOException {
    return find(id).filter(one -> one.account.equals(account));
  }

  @Override
  public Path file(String upload, String account) throws IOException {
    return file(whole(upload, account));
  }

  @Override
  public void remove(String upload, String account) throws IOException {
    Optional<Upload> there = own(upload, account);
    if (there.isPresent()) {
      delete(there.get());
    }
  }

  private List<Upload> list() throws IOException {
    List<Upload> all = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> inside = Files.list(folder)) {
        for (Path one : inside.toList()) {
          find(String.valueOf(one.getFileName())).ifPresent(all::add);
        }
      }
    }
    return all;
  }

  /**
   * Adds a piece. What arrived of it is on disk when this returns; of a piece that breaks off,
   * nothing is kept.
   *
   * @param offset must be how much arrived so far
   * @throws ProblemException 409 when it is not, 413 when the piece does not fit
   */
  public Upload append(Upload upload, long offset, InputStream piece) throws IOException {
    ReentrantLock lock = writing.computeIfAbsent(upload.id, id -> new ReentrantLock());
    if (!lock.tryLock()) {
      throw wrongPlace(upload.received);
    }
    try (FileChannel data =
        FileChannel.open(folder.resolve(upload.id).resolve(DATA), StandardOpenOption.WRITE)) {
      long received = data.size();
      if (offset != received) {
        throw wrongPlace(received);
      }
      boolean whole = false;
      try {
        byte[] buffer = new byte[1 << 16];
        long at = offset;
        for (int n = piece.read(buffer); n >= 0; n = piece.read(buffer)) {
          if (at + n > upload.bytes) {
            throw new ProblemException(Problem.tooLarge(upload.bytes));
          }
          ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, n);
          while (bytes.hasRemaining()) {
            at += data.write(bytes, at);
          }
        }
        data.force(true);
        whole = true;
        return new Upload(upload.id, upload.account, upload.name, upload.bytes, at);
      } finally {
        if (!whole) {
          data.truncate(received);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private static ProblemException wrongPlace(long received) {
    return new ProblemException(
        Problem.conflict(
            "upload-offset",
            new LocalText(
                "ya se recibieron " + received + " bytes; continúe desde ahí",
                "já se receberam " + received + " bytes; continue a partir daí",
                "received " + received + " bytes so far; go on from there")));
  }

  /** The file of a whole upload, under the name that it was sent with. */
  public Path file(Upload upload) throws IOException {
    Path own = folder.resolve(upload.id);
    Path named = own.resolve("file").resolve(upload.name);
    if (!Files.exists(named)) {
      Files.createDirectories(own.resolve("file"));
      Files.createLink(named, own.resolve(DATA));
    }
    return named;
  }

  /** Removes an upload and what arrived of it. */
  public void delete(Upload upload) throws IOException {
    writing.remove(upload.id);
    Path own = folder.resolve(upload.id);
    try (Stream<Path> inside = Files.walk(own)) {
      for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  /** Removes what nobody goes on with. */
  public void deleteForgotten() throws IOException {
    long before = clock.instant().minus(FORGOTTEN).toEpochMilli();
    for (Upload upload : list()) {
      if (Files.getLastModifiedTime(folder.resolve(upload.id).resolve(DATA)).toMillis() < before) {
        delete(upload);
      }
    }
  }
}
