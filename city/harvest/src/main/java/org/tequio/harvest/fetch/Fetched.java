package org.tequio.harvest.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tequio.harvest.HarvestException;

/**
 * One whole answer, on disk.
 *
 * @param address where it came from, after redirects
 * @param status the HTTP status; 200 for what was kept
 * @param file its body
 * @param mediaType what the server calls it; empty where it does not say
 * @param validator to ask later whether it changed
 * @param fileName what the server would call the file; null where it does not say
 */
public record Fetched(
    URI address,
    int status,
    Path file,
    String mediaType,
    Validator validator,
    @Nullable String fileName) {
  private static final int SNIFF = 2_048;

  /** The host, for people. */
  public String host() {
    return String.valueOf(address.getHost());
  }

  /** True for a success. */
  public boolean isOk() {
    return status >= 200 && status < 300;
  }

  /** This, where it is a success. */
  public Fetched orFail() throws HarvestException, IOException {
    if (isOk()) {
      return this;
    }
    throw HarvestException.status(
        host(), status, isPage() ? "" : start().replaceAll("<[^>]*>", " "));
  }

  /** True where the body is a page for people, whatever its media type says. */
  public boolean isPage() throws IOException {
    String start = start().strip().toLowerCase(Locale.ROOT);
    start = start.startsWith("\ufeff") ? start.substring(1) : start;
    return start.startsWith("<!doctype html") || start.startsWith("<html");
  }

  /** The first bytes as text. */
  public String start() throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(SNIFF), StandardCharsets.UTF_8);
    }
  }

  /**
   * What a server gave to ask with later.
   *
   * @param tag the entity tag; null where there is none
   * @param modified the date of last change as the server wrote it; null where there is none
   */
  public record Validator(@Nullable String tag, @Nullable String modified) {
    /** Nothing to ask with. */
    public static final Validator NONE = new Validator(null, null);
  }
}
