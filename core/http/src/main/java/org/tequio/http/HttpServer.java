package org.tequio.http;

import jakarta.servlet.Filter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.Shutdown;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.support.HandlerFunctionAdapter;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;
import org.tequio.feature.Language;
import tools.jackson.databind.json.JsonMapper;

/**
 * The running server: Spring's functional routes on Jetty, each request on a virtual thread. Every
 * bean is named here; nothing is scanned for.
 */
public final class HttpServer implements AutoCloseable {
  private static final int MAX_HEADER_BYTES = 16 * 1024;

  private final ServletWebServerApplicationContext context;

  private HttpServer(ServletWebServerApplicationContext context) {
    this.context = context;
  }

  /**
   * Starts and returns when requests are answered.
   *
   * @param endpoints of all modules; of two that match, the first
   * @param site the web application
   * @param guard tells who makes a request
   * @throws org.springframework.boot.web.server.WebServerException when the port is taken
   */
  public static HttpServer start(
      HttpConfig config, List<Endpoint> endpoints, StaticSite site, Guard guard) {
    Router router = new Router(endpoints, site, config.publicBase(), guard);
    var context = new ServletWebServerApplicationContext();
    context.registerBean("jetty", JettyServletWebServerFactory.class, () -> jetty(config));
    context.registerBean("gate", FilterRegistrationBean.class, HttpServer::gate);
    context.registerBean("preflight", FilterRegistrationBean.class, () -> preflight(endpoints));
    int order = 0;
    for (Filter filter : guard.filters()) {
      int place = order++;
      context.registerBean(
          "filter-" + place,
          FilterRegistrationBean.class,
          () -> {
            var registration = new FilterRegistrationBean<>(filter);
            registration.setName("filter-" + place);
            registration.setOrder(place);
            return registration;
          });
    }
    context.registerBean("dispatcherServlet", DispatcherServlet.class, HttpServer::dispatcher);
    context.registerBean(
        "dispatcher",
        ServletRegistrationBean.class,
        () -> {
          var servlet =
              new ServletRegistrationBean<>(context.getBean(DispatcherServlet.class), "/");
          servlet.setLoadOnStartup(1);
          return servlet;
        });
    context.registerBean("routes", RouterFunction.class, router::routes);
    context.registerBean(
        "routerFunctionMapping",
        RouterFunctionMapping.class,
        () -> {
          var mapping = new RouterFunctionMapping();
          mapping.setMessageConverters(List.of());
          return mapping;
        });
    context.registerBean("handlerFunctionAdapter", HandlerFunctionAdapter.class);
    // Without one of ours the dispatcher makes three that know controllers; faults go to the gate.
    context.registerBean(
        "handlerExceptionResolver",
        HandlerExceptionResolver.class,
        () -> (request, response, handler, e) -> null);
    context.refresh();
    context.registerShutdownHook();
    return new HttpServer(context);
  }

  private static DispatcherServlet dispatcher() {
    var dispatcher = new DispatcherServlet();
    dispatcher.setPublishEvents(false);
    return dispatcher;
  }

  private static FilterRegistrationBean<Gate> gate() {
    var gate = new FilterRegistrationBean<>(new Gate());
    gate.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return gate;
  }

  private static FilterRegistrationBean<Preflight> preflight(List<Endpoint> endpoints) {
    var preflight = new FilterRegistrationBean<>(new Preflight(endpoints));
    preflight.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
    return preflight;
  }

  private static JettyServletWebServerFactory jetty(HttpConfig config) {
    var jetty = new JettyServletWebServerFactory(config.port());
    try {
      jetty.setAddress(java.net.InetAddress.getByName(config.address()));
    } catch (java.net.UnknownHostException e) {
      throw new IllegalArgumentException("no such network address: " + config.address(), e);
    }
    var threads = new VirtualThreadPool();
    threads.setName("http");
    jetty.setThreadPool(threads);
    jetty.setShutdown(Shutdown.GRACEFUL);
    jetty.getSettings().setRegisterDefaultServlet(false);
    jetty.addServerCustomizers(
        server -> {
          server.setErrorHandler(new PlainErrors());
          server.setStopTimeout(Duration.ofSeconds(5).toMillis());
          for (var connector : server.getConnectors()) {
            for (var factory : connector.getConnectionFactories()) {
              if (factory
                  instanceof org.eclipse.jetty.server.HttpConfiguration.ConnectionFactory http) {
                http.getHttpConfiguration().setSendServerVersion(false);
                http.getHttpConfiguration().setRequestHeaderSize(MAX_HEADER_BYTES);
                http.getHttpConfiguration().setIdleTimeout(Duration.ofSeconds(30).toMillis());
              }
            }
          }
        });
    return jetty;
  }

  /** The port that it listens on. */
  public int port() {
    var server = context.getWebServer();
    if (server == null) {
      throw new IllegalStateException("the server has been closed");
    }
    return server.getPort();
  }

  @Override
  public void close() {
    context.close();
  }

  /** What Jetty answers before any of our code runs: requests that are not well-formed HTTP. */
  private static final class PlainErrors extends ErrorHandler {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      int status = response.getStatus();
      Problem problem =
          status < 400 || status == 404
              ? Problem.notFound(request.getHttpURI().getPath())
              : status < 500 ? Problem.malformed(status) : Problem.fault("http");
      Language language = Call.language(request.getHeaders().get("Accept-Language"));
      byte[] body =
          MAPPER.writeValueAsString(problem.document(language)).getBytes(StandardCharsets.UTF_8);
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
      response.getHeaders().put("X-Content-Type-Options", "nosniff");
      response.getHeaders().put("Content-Security-Policy", Gate.CONTENT_SECURITY_POLICY);
      response.write(true, java.nio.ByteBuffer.wrap(body), callback);
      return true;
    }
  }
}
