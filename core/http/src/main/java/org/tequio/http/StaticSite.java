package org.tequio.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of the web application, read once at the start and served from memory: what is not in
 * the list does not exist, so no path can lead out of it. Immutable.
 */
public final class StaticSite {
  /** No web application: the root answers with a plain page of links. */
  public static final StaticSite NONE = new StaticSite(Map.of());

  private static final String INDEX = "/index.html";

  /** What the build has packed lies beside the file that it is. */
  private static final Map<String, Coding> PACKED =
      Map.of(".br", Coding.BROTLI, ".gz", Coding.GZIP);

  /**
   * Names that change with their content, as the web build makes them: {@code index-Dk3x9_aB.js}.
   */
  private static final Pattern HASHED = Pattern.compile(".*[.-][A-Za-z0-9_-]{8,}\\.[a-z0-9]+");

  private static final Map<String, String> MEDIA_TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html;charset=utf-8"),
          Map.entry("js", "text/javascript;charset=utf-8"),
          Map.entry("mjs", "text/javascript;charset=utf-8"),
          Map.entry("css", "text/css;charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("geojson", "application/geo+json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("txt", "text/plain;charset=utf-8"),
          Map.entry("map", "application/json"),
          Map.entry("png", "image/png"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("webp", "image/webp"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("pbf", "application/x-protobuf"));

  private final Map<String, Asset> files;

  /**
   * A file.
   *
   * @param packed what clients get that read it so; the build packs at its best
   */
  private record Asset(String mediaType, String tag, Map<Coding, byte[]> packed) {}

  private StaticSite(Map<String, Asset> files) {
    this.files = files;
  }

  /** The site of a folder, such as the web build's {@code dist}. */
  public static StaticSite ofFolder(Path folder) throws IOException {
    Map<String, Asset> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
        String path = "/" + folder.relativize(file).toString().replace('\\', '/');
        if (PACKED.keySet().stream().noneMatch(path::endsWith)) {
          files.put(path, asset(path, file));
        }
      }
    }
    return new StaticSite(files);
  }

  private static Asset asset(String path, Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    String extension = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    String mediaType = MEDIA_TYPES.getOrDefault(extension, "application/octet-stream");
    boolean text =
        mediaType.startsWith("text/") || mediaType.contains("json") || extension.equals("svg");
    Map<Coding, byte[]> packed = new EnumMap<>(Coding.class);
    packed.put(Coding.IDENTITY, bytes);
    for (Map.Entry<String, Coding> one : PACKED.entrySet()) {
      Path beside = file.resolveSibling(file.getFileName() + one.getKey());
      if (Files.exists(beside)) {
        packed.put(one.getValue(), Files.readAllBytes(beside));
      }
    }
    if (text && !packed.containsKey(Coding.GZIP)) {
      packed.put(Coding.GZIP, Coding.GZIP.pack(bytes, bytes.length));
    }
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return new Asset(mediaType, HexFormat.of().formatHex(digest, 0, 8), packed);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The file of a path; the application's page for a path without a dot. */
  Optional<Reply> find(String path) {
    Asset exact = files.get(path);
    if (exact != null && !path.equals(INDEX)) {
      Reply reply = reply(exact);
      return Optional.of(
          HASHED.matcher(path).matches()
              ? reply.with("Cache-Control", "public, max-age=31536000, immutable")
              : reply);
    }
    boolean page = path.equals(INDEX) || path.indexOf('.') < 0;
    return page ? Optional.ofNullable(files.get(INDEX)).map(StaticSite::reply) : Optional.empty();
  }

  private static Reply reply(Asset asset) {
    return Reply.packed(asset.mediaType, asset.packed).tagged(asset.tag);
  }
}
