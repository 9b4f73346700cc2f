package org.tequio.harvest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Another body's server on this machine, which answers as a test tells it to. */
final class Neighbour implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile Answers answers;

  /** What it answers. */
  @FunctionalInterface
  interface Answers {
    void answer(Asked asked) throws IOException;
  }

  Neighbour(Answers answers) throws IOException {
    this.answers = answers;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  static Neighbour saying(String mediaType, String body) throws IOException {
    return new Neighbour(asked -> asked.reply(200, mediaType, body));
  }

  void becomes(Answers other) {
    answers = other;
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private void handle(HttpExchange exchange) throws IOException {
    requests.add(exchange.getRequestURI().toString());
    try (exchange) {
      answers.answer(new Asked(exchange));
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** One request. */
  record Asked(HttpExchange exchange) {
    String path() {
      return exchange.getRequestURI().getPath();
    }

    /** A parameter by its name in lower case; empty where there is none. */
    String parameter(String name) {
      return parameters().getOrDefault(name, "");
    }

    Map<String, String> parameters() {
      Map<String, String> all = new LinkedHashMap<>();
      String query = exchange.getRequestURI().getRawQuery();
      for (String pair : (query == null ? "" : query).split("&")) {
        String[] parts = pair.split("=", 2);
        all.put(
            parts[0].toLowerCase(Locale.ROOT),
            parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      }
      return all;
    }

    void reply(int status, String mediaType, String body) throws IOException {
      reply(status, mediaType, body.getBytes(StandardCharsets.UTF_8));
    }

    void reply(int status, String mediaType, byte[] body) throws IOException {
      exchange.getResponseHeaders().set("Content-Type", mediaType);
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }

    /** Promises a whole body and breaks off in the middle of it. */
    void half(String mediaType, String body) throws IOException {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", mediaType);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
      exchange.getResponseBody().flush();
      exchange.close();
    }
  }
}
