package org.tequio.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.tequio.http.Chore;
import org.tequio.http.Endpoint;
import org.tequio.http.HttpConfig;
import org.tequio.http.HttpServer;
import org.tequio.http.Jobs;
import org.tequio.http.OpenApi;
import org.tequio.http.StaticSite;
import org.tequio.identity.IdentityModule;

/** A city on the network: every module's endpoints behind one server, its chores, the web page. */
public final class CityServer implements AutoCloseable {
  private final City city;
  private final HttpServer server;
  private final Jobs jobs;
  private final ChoreRunner chores;
  private final WarmUp warmUp;

  private CityServer(City city, HttpServer server, Jobs jobs, ChoreRunner chores, WarmUp warmUp) {
    this.city = city;
    this.server = server;
    this.jobs = jobs;
    this.chores = chores;
    this.warmUp = warmUp;
  }

  /** Starts; when it returns, requests are answered. */
  public static CityServer start(City city, HttpConfig config) throws IOException {
    city.procedure().procedures().check();
    IdentityModule identity = city.identity();
    Jobs jobs = new Jobs(identity.permissions(), Clock.systemUTC());
    List<Endpoint> endpoints = endpoints(city, jobs);
    identity.roles().requireLines(endpoints.stream().map(Endpoint::action).toList());
    HttpServer server = HttpServer.start(config, endpoints, webPage(), identity.guard());
    identity.serveAt(config, server.port());
    List<Chore> chores = new ArrayList<>(identity.chores());
    chores.addAll(city.privacy().chores());
    chores.addAll(city.reconcile().chores());
    chores.addAll(city.review().chores());
    chores.addAll(city.harvest().chores());
    chores.addAll(city.publish().chores());
    chores.addAll(city.procedure().chores(city.egress()));
    chores.addAll(city.osm().chores());
    chores.addAll(city.editor().chores());
    chores.addAll(city.mapping().chores());
    chores.addAll(city.mapLayers().chores());
    city.publish().resumeJobs();
    // The first person who searches should not wait for the index, nor who asks for the rules.
    WarmUp warmUp =
        WarmUp.start(List.of(city.publish()::warmUp, city.procedure().procedures()::list));
    return new CityServer(city, server, jobs, ChoreRunner.start(chores), warmUp);
  }

  /** Every operation of every module, in the order in which they are asked. */
  static List<Endpoint> endpoints(City city, Jobs jobs) {
    IdentityModule identity = city.identity();
    List<Endpoint> endpoints = new ArrayList<>();
    endpoints.addAll(identity.endpoints());
    endpoints.addAll(jobs.endpoints());
    endpoints.addAll(city.reconcile().endpoints(jobs));
    endpoints.addAll(city.review().endpoints(jobs));
    endpoints.addAll(city.harvest().endpoints(identity.permissions(), jobs));
    endpoints.addAll(city.publish().endpoints());
    endpoints.addAll(city.procedure().endpoints(jobs, city.checkedImports()));
    endpoints.addAll(city.osm().endpoints(jobs));
    endpoints.addAll(city.osm().importEndpoints(city.review().receivedFiles(), jobs));
    endpoints.addAll(city.editor().endpoints());
    endpoints.addAll(city.mapping().endpoints());
    endpoints.addAll(city.mapLayers().endpoints(jobs));
    endpoints.addAll(city.privacy().endpoints(jobs, identity.permissions()));
    endpoints.add(OpenApi.endpoint(List.copyOf(endpoints), identity.permissions()));
    return endpoints.stream().map(identity.permissions()::closed).toList();
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
    warmUp.close();
    city.mapping().endStreams();
    server.close();
    chores.close();
    jobs.close();
  }
}
