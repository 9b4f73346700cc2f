package org.tequio.storage.postgis;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tequio.storage.StoreFault;

/**
 * Where a city lies in PostgreSQL, written as {@code
 * postgres://user@host:port/database?schema=name&sslmode=require}. A password is never part of it:
 * it comes from {@code PGPASSWORD}, or from the file that {@code PGPASSFILE} names.
 *
 * @param user the role that owns the schema
 * @param host the server's name or address
 * @param port its port
 * @param database the database
 * @param schema the city's own schema in it
 * @param sslmode as PostgreSQL knows it; null for its default
 */
public record PostgisLocation(
    String user, String host, int port, String database, String schema, @Nullable String sslmode) {
  private static final int USUAL_PORT = 5432;
  private static final Pattern SCHEMA = Pattern.compile("[a-z][a-z0-9_]{0,62}");
  private static final Pattern SSLMODE =
      Pattern.compile("disable|allow|prefer|require|verify-ca|verify-full");

  /** Refuses what could not be used. */
  public PostgisLocation {
    if (!SCHEMA.matcher(schema).matches() || schema.startsWith("pg_") || schema.equals("public")) {
      throw new StoreFault(
          "'"
              + schema
              + "' cannot be a city's schema: wanted lower-case letters, digits and underscores,"
              + " not beginning with pg_, and not public");
    }
    if (sslmode != null && !SSLMODE.matcher(sslmode).matches()) {
      throw new StoreFault("there is no sslmode '" + sslmode + "'");
    }
  }

  /** True where a text means a place in PostgreSQL, and no folder. */
  public static boolean isOne(String text) {
    return text.startsWith("postgres://") || text.startsWith("postgresql://");
  }

  /**
   * Reads a location.
   *
   * @param schema the schema where the text names none; made of any name
   * @throws StoreFault naming what is wrong with it
   */
  public static PostgisLocation parse(String text, String schema) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw new StoreFault("not a place in PostgreSQL: " + wanted(e.getReason()), e);
    }
    String user = uri.getUserInfo();
    String path = uri.getPath();
    if (!isOne(text) || user == null || uri.getHost() == null || path == null) {
      throw new StoreFault(wanted("it lacks its user, host or database"));
    }
    if (user.indexOf(':') >= 0) {
      throw new StoreFault(
          "a password does not belong into the address of a store, where others read it: give it in"
              + " PGPASSWORD, or in the file that PGPASSFILE names");
    }
    String database = path.startsWith("/") ? path.substring(1) : path;
    if (database.isEmpty() || database.indexOf('/') >= 0) {
      throw new StoreFault(wanted("it names no database"));
    }
    Map<String, String> words = words(uri.getQuery());
    String named = words.remove("schema");
    String sslmode = words.remove("sslmode");
    if (!words.isEmpty()) {
      throw new StoreFault(
          "there is no '" + words.keySet().iterator().next() + "' here; wanted: schema, sslmode");
    }
    return new PostgisLocation(
        user,
        uri.getHost(),
        uri.getPort() < 0 ? USUAL_PORT : uri.getPort(),
        database,
        named == null ? schema : named,
        sslmode);
  }

  private static Map<String, String> words(@Nullable String query) {
    Map<String, String> words = new LinkedHashMap<>();
    if (query != null) {
      for (String pair : query.split("&")) {
        int equals = pair.indexOf('=');
        words.put(
            equals < 0 ? pair : pair.substring(0, equals),
            equals < 0 ? "" : pair.substring(equals + 1));
      }
    }
    return words;
  }

  private static String wanted(String why) {
    return "wanted postgres://user@host:port/database?schema=name, but " + why;
  }

  /** As it is written, whole. */
  @Override
  public String toString() {
    String mode = sslmode;
    return "postgres://"
        + user
        + "@"
        + host
        + ":"
        + port
        + "/"
        + database
        + "?schema="
        + schema
        + (mode == null ? "" : "&sslmode=" + mode);
  }
}
