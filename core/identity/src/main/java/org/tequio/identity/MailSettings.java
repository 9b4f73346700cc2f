package org.tequio.identity;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How mail leaves the city.
 *
 * @param from the address that it comes from
 * @param smtp the city's mail server; null where mails stay in the folder
 */
public record MailSettings(String from, @Nullable Smtp smtp) {
  /** Mails stay in the folder. */
  public static final MailSettings FOLDER_ONLY = new MailSettings("tequio@localhost", null);

  /** How the connection to the server is encrypted. */
  public enum Tls {
    /** Required after the greeting; the usual way on port 587. */
    STARTTLS,
    /** From the first byte; the usual way on port 465. */
    FROM_THE_START,
    /** Not at all: only for a server on the same machine. */
    NONE
  }

  /**
   * A mail server.
   *
   * @param host its name
   * @param port its port
   * @param tls how the connection is encrypted
   * @param user the name to sign in with; null where it asks for none
   * @param passwordFile a file that holds the password and nothing else
   */
  public record Smtp(
      String host, int port, Tls tls, @Nullable String user, @Nullable Path passwordFile) {}
}
