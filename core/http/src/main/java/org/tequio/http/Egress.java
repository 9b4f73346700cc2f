package org.tequio.http;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;

/**
 * The one way out: everything that fetches an address which a person or another server named goes
 * through here. An address is checked after its name was resolved, and the connection is made to
 * the very address that was checked, so that a name which changes its meaning in between (DNS
 * rebinding) leads nowhere. Redirects are checked one by one. No cookies, no credentials of ours,
 * no proxies. Thread-safe; nothing runs until the first call.
 */
public final class Egress implements Closeable {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final long CONNECT_MILLIS = 15_000;
  private static final long IDLE_MILLIS = 60_000;
  private static final int MAX_HEADER_BYTES = 64 << 10;

  /** Headers that a server which was not asked for must not see. */
  private static final Set<String> FOR_THE_FIRST_ONLY = Set.of("authorization", "cookie");

  private final EgressRules rules;
  private final Names names;
  private @Nullable HttpClient client;

  /** A way out under rules. */
  public Egress(EgressRules rules) {
    this(rules, InetAddress::getAllByName);
  }

  /** As above, with another directory of names. */
  Egress(EgressRules rules, Names names) {
    this.rules = rules;
    this.names = names;
  }

  /** Resolves the name of a host. */
  @FunctionalInterface
  interface Names {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  /** An address that the rules do not let the server reach, or a body longer than they allow. */
  public static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient LocalText why;

    Refused(LocalText why) {
      super(why.en());
      this.why = why;
    }

    /** The reason, for the one who named the address. */
    public LocalText why() {
      return why;
    }
  }

  /** The rules. */
  public EgressRules rules() {
    return rules;
  }

  /**
   * Checks that an address has a form that may be asked, without asking it.
   *
   * @throws Refused when it has not
   */
  public static void check(URI address, EgressRules rules) throws Refused {
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    String host = address.getHost();
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new Refused(
          new LocalText(
              "sólo se traen direcciones http y https, no '" + scheme + "'",
              "só se buscam endereços http e https, não '" + scheme + "'",
              "only http and https addresses are fetched, not '" + scheme + "'"));
    }
    if (host == null || address.getRawUserInfo() != null) {
      throw new Refused(
          new LocalText(
              "la dirección no nombra un servidor",
              "o endereço não nomeia um servidor",
              "the address names no server"));
    }
    if (!rules.allowsName(bare(host), port(address))) {
      throw forbidden(host);
    }
  }

  private static Refused forbidden(String host) {
    return new Refused(
        new LocalText(
            "las reglas de salida de esta ciudad no permiten '" + host + "'",
            "as regras de saída desta cidade não permitem '" + host + "'",
            "the egress rules of this city do not allow '" + host + "'"));
  }

  private static int port(URI address) {
    if (address.getPort() >= 0) {
      return address.getPort();
    }
    return "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
  }

  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /**
   * Fetches an address.
   *
   * @param headers to send, such as {@code If-None-Match}
   * @return the answer, whatever its status; close it
   * @throws Refused when the rules forbid it
   * @throws IOException when no whole answer came
   */
  public Answer get(URI address, Map<String, String> headers) throws IOException {
    URI at = address;
    for (int hops = 0; ; hops++) {
      check(at, rules);
      boolean first = at.getRawAuthority().equalsIgnoreCase(address.getRawAuthority());
      Answer answer = send(at, headers, first, null);
      String location = answer.header("Location").orElse(null);
      if (!REDIRECTS.contains(answer.status()) || location == null) {
        return answer;
      }
      answer.close();
      if (hops == rules.maxRedirects()) {
        throw new Refused(
            new LocalText(
                "demasiadas redirecciones desde " + address,
                "redirecionamentos demais a partir de " + address,
                "too many redirects from " + address));
      }
      try {
        at = at.resolve(location);
      } catch (IllegalArgumentException e) {
        throw new IOException("redirected to what is no address: " + location, e);
      }
    }
  }

  /**
   * Sends JSON to an address; a redirect is an answer like any other, and not followed.
   *
   * @param headers to send with it
   * @return the answer, whatever its status; close it
   * @throws Refused when the rules forbid it
   * @throws IOException when no whole answer came; whether it was taken is not known then
   */
  public Answer post(URI address, Map<String, String> headers, byte[] json) throws IOException {
    check(address, rules);
    return send(address, headers, true, json);
  }

  private Answer send(
      URI address, Map<String, String> headers, boolean first, byte @Nullable [] json)
      throws IOException {
    InputStreamResponseListener listener = new InputStreamResponseListener();
    long millis = rules.patience().toMillis();
    Request request = client().newRequest(address).timeout(millis, TimeUnit.MILLISECONDS);
    if (json != null) {
      request.method(HttpMethod.POST).body(new BytesRequestContent("application/json", json));
    }
    request.headers(
        fields ->
            headers.forEach(
                (name, value) -> {
                  if (first || !FOR_THE_FIRST_ONLY.contains(name.toLowerCase(Locale.ROOT))) {
                    fields.put(name, value);
                  }
                }));
    request.send(listener);
    try {
      Response response = listener.get(millis, TimeUnit.MILLISECONDS);
      long declared = response.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH);
      if (declared > rules.maxBytes()) {
        listener.close();
        throw tooLong();
      }
      return new Answer(address, response, new Limited(listener.getInputStream()));
    } catch (ExecutionException e) {
      listener.close();
      throw unwrapped(address, e);
    } catch (TimeoutException e) {
      listener.close();
      throw new IOException("no answer from " + address + " within " + rules.patience(), e);
    } catch (InterruptedException e) {
      listener.close();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while asking " + address, e);
    }
  }

  private static IOException unwrapped(URI address, ExecutionException e) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof Refused refused) {
        return refused;
      }
    }
    Throwable cause = e.getCause() == null ? e : e.getCause();
    String message = cause.getMessage();
    return new IOException(
        "no answer from " + address + ": " + (message == null ? cause.toString() : message), cause);
  }

  private Refused tooLong() {
    long mebibytes = Math.max(1, rules.maxBytes() >> 20);
    return new Refused(
        new LocalText(
            "la respuesta pasa de " + mebibytes + " MiB",
            "a resposta passa de " + mebibytes + " MiB",
            "the answer is longer than " + mebibytes + " MiB"));
  }

  private synchronized HttpClient client() throws IOException {
    HttpClient known = client;
    if (known != null) {
      return known;
    }
    HttpClient fresh = new HttpClient();
    QueuedThreadPool threads = new QueuedThreadPool(16, 1);
    threads.setDaemon(true);
    threads.setName("egress");
    fresh.setExecutor(threads);
    fresh.setScheduler(new ScheduledExecutorScheduler("egress-clock", true));
    fresh.setFollowRedirects(false);
    fresh.setHttpCookieStore(new HttpCookieStore.Empty());
    fresh.setConnectTimeout(CONNECT_MILLIS);
    fresh.setIdleTimeout(IDLE_MILLIS);
    fresh.setMaxResponseHeadersSize(MAX_HEADER_BYTES);
    fresh.setUserAgentField(new HttpField(HttpHeader.USER_AGENT, "Tequio"));
    fresh.setSocketAddressResolver(
        (host, port, context, promise) -> threads.execute(() -> resolve(host, port, promise)));
    try {
      fresh.start();
    } catch (Exception e) {
      throw new IOException("the client could not start", e);
    }
    client = fresh;
    return fresh;
  }

  /** The addresses of a host that may be connected to; one forbidden address forbids the host. */
  private void resolve(String host, int port, Promise<List<InetSocketAddress>> promise) {
    List<InetSocketAddress> allowed = new ArrayList<>();
    try {
      for (InetAddress address : names.resolve(bare(host))) {
        if (!rules.allowsAddress(bare(host), port, address)) {
          promise.failed(forbidden(host));
          return;
        }
        allowed.add(new InetSocketAddress(address, port));
      }
    } catch (UnknownHostException e) {
      promise.failed(new IOException("there is no server named " + host, e));
      return;
    }
    promise.succeeded(allowed);
  }

  @Override
  public synchronized void close() throws IOException {
    HttpClient running = client;
    client = null;
    if (running != null) {
      try {
        running.stop();
      } catch (Exception e) {
        throw new IOException("the client could not stop", e);
      }
    }
  }

  /** What a server said. Belongs to one thread. */
  public static final class Answer implements Closeable {
    private final URI address;
    private final Response response;
    private final InputStream body;

    private Answer(URI address, Response response, InputStream body) {
      this.address = address;
      this.response = response;
      this.body = body;
    }

    /** Where it came from, after redirects. */
    public URI address() {
      return address;
    }

    /** The HTTP status. */
    public int status() {
      return response.getStatus();
    }

    /** A header's first value. */
    public Optional<String> header(String name) {
      return Optional.ofNullable(response.getHeaders().get(name));
    }

    /**
     * The body, decompressed; reading more than the rules allow throws {@link Refused}, and one
     * that ends early throws too.
     */
    public InputStream body() {
      return body;
    }

    /** Writes the body to a file; returns how many bytes it was. */
    public long saveTo(Path file) throws IOException {
      return Files.copy(body, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
      body.close();
    }
  }

  /** Counts what is read. */
  private final class Limited extends FilterInputStream {
    private long read;

    Limited(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int one = in.read();
      count(one < 0 ? 0 : 1);
      return one;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int some = in.read(into, offset, length);
      count(Math.max(0, some));
      return some;
    }

    @Override
    public long skip(long bytes) throws IOException {
      long skipped = in.skip(bytes);
      count(skipped);
      return skipped;
    }

    private void count(long more) throws Refused {
      read += more;
      if (read > rules.maxBytes()) {
        throw tooLong();
      }
    }
  }
}
