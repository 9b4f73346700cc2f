package org.tequio.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A canary listens on loopback: whoever gets through to it is counted. */
class EgressTest {
  private final AtomicInteger visits = new AtomicInteger();
  private HttpServer canary;
  private String here;

  @BeforeEach
  void listen() throws IOException {
    canary = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    here = "127.0.0.1:" + canary.getAddress().getPort();
    canary.createContext("/", this::answer);
    canary.start();
  }

  @AfterEach
  void stop() {
    canary.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    visits.incrementAndGet();
    String path = exchange.getRequestURI().getPath();
    byte[] body = "predios".getBytes(StandardCharsets.UTF_8);
    int status = 200;
    switch (path) {
      case "/away" -> {
        status = 302;
        exchange.getResponseHeaders().set("Location", exchange.getRequestURI().getQuery());
      }
      case "/round" -> {
        status = 302;
        exchange.getResponseHeaders().set("Location", "/round");
      }
      case "/bomb" -> {
        ByteArrayOutputStream small = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(small)) {
          zip.write(new byte[50 << 20]);
        }
        body = small.toByteArray();
        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
      }
      default -> {}
    }
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static byte[] fetch(Egress egress, String address) throws IOException {
    try (egress;
        Egress.Answer answer = egress.get(URI.create(address), Map.of())) {
      return answer.body().readAllBytes();
    }
  }

  private Egress open() {
    return new Egress(EgressRules.STANDARD.allowing(here));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "localhost",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0x7f.0.0.1",
        "0177.0.0.1",
        "017700000001",
        "0.0.0.0",
        "0",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[fe80::1]",
        "[fd00::1]",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255"
      })
  void noFormOfAnAddressInsideLeadsInside(String host) {
    String address = "http://" + host + ":" + canary.getAddress().getPort() + "/";

    assertThatThrownBy(() -> fetch(new Egress(EgressRules.STANDARD), address))
        .isInstanceOf(IOException.class);
    assertThat(visits).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/hostname",
        "gopher://127.0.0.1/",
        "ftp://datos.example/x",
        "jar:file:/x!/y",
        "http:///x",
        "http://alicia@datos.example/"
      })
  void onlyTheWebIsFetched(String address) {
    assertThatThrownBy(() -> fetch(new Egress(EgressRules.STANDARD), address))
        .isInstanceOf(Egress.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {22, 25, 110, 445})
  void otherProtocolsPortsAreClosed(int port) {
    assertThatThrownBy(
            () -> fetch(new Egress(EgressRules.STANDARD), "http://datos.example:" + port + "/"))
        .isInstanceOf(Egress.Refused.class);
  }

  @Test
  void aNameThatResolvesToLoopbackIsRefused() {
    Egress egress =
        new Egress(
            EgressRules.STANDARD,
            host -> new InetAddress[] {InetAddress.getByAddress(new byte[] {127, 0, 0, 1})});

    assertThatThrownBy(
            () -> fetch(egress, "http://datos.example:" + canary.getAddress().getPort() + "/"))
        .isInstanceOf(Egress.Refused.class)
        .hasMessageContaining("datos.example");
    assertThat(visits).hasValue(0);
  }

  @Test
  void aNameThatChangesItsMeaningIsConnectedToWhereItWasChecked() {
    AtomicInteger asked = new AtomicInteger();
    Egress egress =
        new Egress(
            new EgressRules(java.util.Set.of(), 1000, Duration.ofSeconds(2), 0),
            host ->
                new InetAddress[] {
                  InetAddress.getByAddress(
                      asked.getAndIncrement() == 0
                          ? new byte[] {(byte) 192, 0, 66, 1}
                          : new byte[] {127, 0, 0, 1})
                });

    assertThatThrownBy(
            () -> fetch(egress, "http://datos.example:" + canary.getAddress().getPort() + "/"))
        .isInstanceOf(IOException.class);
    assertThat(visits).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest",
        "file:///etc/hostname",
        "http://[::1]/",
        "//10.1/"
      })
  void aRedirectIsCheckedLikeTheFirstAddress(String target) {
    assertThatThrownBy(() -> fetch(open(), "http://" + here + "/away?" + target))
        .isInstanceOf(Egress.Refused.class);
  }

  @Test
  void aCircleOfRedirectsEnds() {
    assertThatThrownBy(() -> fetch(open(), "http://" + here + "/round"))
        .isInstanceOf(Egress.Refused.class)
        .hasMessageContaining("redirects");
    assertThat(visits).hasValue(6);
  }

  @Test
  void aCompressedBombStopsAtTheLimit() {
    Egress egress = new Egress(EgressRules.STANDARD.allowing(here).atMost(1 << 20));

    assertThatThrownBy(() -> fetch(egress, "http://" + here + "/bomb"))
        .isInstanceOf(Egress.Refused.class)
        .hasMessageContaining("1 MiB");
  }

  @Test
  void aServerThatTheCityNamedIsReached() throws IOException {
    assertThat(fetch(open(), "http://" + here + "/predios.zip")).asString().isEqualTo("predios");
    assertThat(fetch(open(), "http://" + here + "/away?/predios.zip")).isNotEmpty();
  }

  @Test
  void aBlockOfTheCitysOwnNetworkIsReached() throws IOException {
    Egress egress = new Egress(EgressRules.STANDARD.allowing("127.0.0.0/8"));

    assertThat(fetch(egress, "http://" + here + "/")).isNotEmpty();
  }

  @Test
  void aBlockThatIsNoneIsRefusedAtOnce() {
    assertThatThrownBy(() -> EgressRules.STANDARD.allowing("10.0.0.0/99"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
