package org.tequio.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tequio.http.Endpoint;
import org.tequio.http.Guard;
import org.tequio.http.HttpConfig;
import org.tequio.http.HttpServer;
import org.tequio.http.StaticSite;

/** A city on the network: every module's endpoints behind one server, and the web page. */
public final class CityServer implements AutoCloseable {
  private final HttpServer server;

  private CityServer(HttpServer server) {
    this.server = server;
  }

  /** Starts; when it returns, requests are answered. */
  public static CityServer start(City city, HttpConfig config) throws IOException {
    List<Endpoint> endpoints = new ArrayList<>(city.publish().endpoints());
    CityServer started =
        new CityServer(HttpServer.start(config, endpoints, webPage(), Guard.NOBODY));
    // The first person who searches should not wait for the index.
    Thread.ofPlatform().daemon().name("warm-up").start(city.publish()::warmUp);
    return started;
  }

  /** The page as built, beside the program; without a build the server answers programs only. */
  private static StaticSite webPage() throws IOException {
    Path home = Path.of(System.getProperty("tequio.home", "."));
    Path dist = home.resolve("app/web/dist");
    return Files.isRegularFile(dist.resolve("index.html"))
        ? StaticSite.ofFolder(dist)
        : StaticSite.NONE;
  }

  /** The port that it listens on. */
  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.close();
  }
}
