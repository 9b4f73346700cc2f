package org.tequio.http;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * How the server stands on the network.
 *
 * @param address the interface to listen on; {@code 127.0.0.1} for this machine only
 * @param port 0 for any free one
 * @param publicBase the address that the city's people use, where a proxy stands before the server;
 *     null where links repeat the address that the client used
 */
public record HttpConfig(String address, int port, @Nullable URI publicBase) {
  /** Refuses ports that do not exist and bases that are no web address. */
  public HttpConfig {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("wanted a port from 0 to 65535 but got " + port);
    }
    if (publicBase != null
        && (publicBase.getHost() == null
            || !String.valueOf(publicBase.getScheme()).matches("https?"))) {
      throw new IllegalArgumentException(
          "wanted a public base such as https://mapa.ciudad.gob.mx but got " + publicBase);
    }
  }

  /** Listens for this machine only. */
  public static HttpConfig local(int port) {
    return new HttpConfig("127.0.0.1", port, null);
  }
}
