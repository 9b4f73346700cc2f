package org.tequio.procedure.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.http.Egress;
import org.tequio.http.EgressRules;
import org.tequio.procedure.CaseHook;
import org.tequio.procedure.SharedSecret;

/** The treasury's program wants to know what happens with Bruno's files. */
class CaseHooksTest {
  private static final SharedSecret SECRET =
      new SharedSecret("thirty-two bytes that both know.".getBytes(StandardCharsets.US_ASCII));

  @TempDir private Path folder;
  private TrialOffice office;
  private HttpServer treasury;
  private Egress egress;
  private final List<String> heard = new ArrayList<>();
  private final List<Boolean> signed = new ArrayList<>();
  private volatile int answer = 204;

  @BeforeEach
  void open() throws IOException {
    office = TrialOffice.create(folder, "2026-06-01T10:00");
    treasury = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    treasury.createContext(
        "/hear",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          String signature = exchange.getRequestHeaders().getFirst(CaseHooks.SIGNATURE);
          signed.add(SECRET.isSigned(body, signature, office.clock.instant()));
          if (answer == 204) {
            heard.add(new String(body, StandardCharsets.UTF_8));
          }
          exchange.sendResponseHeaders(answer, -1);
          exchange.close();
        });
    treasury.start();
    egress = new Egress(EgressRules.STANDARD.allowing("127.0.0.0/8"));
  }

  @AfterEach
  void close() throws IOException {
    treasury.stop(0);
    egress.close();
    office.close();
  }

  private CaseHooks hooks(Egress way) {
    URI address =
        URI.create("http://127.0.0.1:" + treasury.getAddress().getPort() + "/hear?token=hidden");
    return new CaseHooks(
        office.files.desk().tables(), List.of(new CaseHook(address, SECRET)), way, office.clock);
  }

  private String file(String id) {
    office.filed(id, "pr.simple", "bruno");
    return office.folio(id);
  }

  @Test
  void anAddressInsideTheCitysOwnNetworkIsNotToldUnlessItWasOpened() {
    CaseHooks closed = hooks(new Egress(EgressRules.STANDARD));
    file("a");
    closed.send();

    assertThat(heard).isEmpty();
    assertThat(signed).isEmpty();
  }

  @Test
  void whatIsNotTakenComesAgainLaterInItsOrderAndNothingIsLost() {
    CaseHooks hooks = hooks(egress);
    answer = 500;
    String first = file("a");
    hooks.send();
    String second = file("b");
    hooks.send();
    assertThat(signed).as("not before its time").hasSize(1);

    answer = 204;
    office.clock.moveTo("2026-06-01T10:01");
    hooks.send();
    hooks.send();

    assertThat(heard).singleElement().asString().contains("\"event\":\"file\"");
    assertThat(heard.getFirst().indexOf(first))
        .isPositive()
        .isLessThan(heard.getFirst().indexOf(second));
    assertThat(signed).containsOnly(true);
  }

  @Test
  void aNewProgramHearsWhatHappensFromThenOnAlsoAfterAStart() {
    file("a");
    CaseHooks hooks = hooks(egress);
    hooks.send();
    assertThat(heard).isEmpty();

    String folio = file("b");
    hooks(egress).send();

    assertThat(heard).singleElement().asString().contains(folio);
  }

  @Test
  void nothingThatAPersonWroteOrIsCalledIsInIt() {
    CaseHooks hooks = hooks(egress);
    file("a");
    hooks.send();

    assertThat(heard)
        .singleElement()
        .asString()
        .doesNotContainIgnoringCase("bruno")
        .doesNotContainIgnoringCase("bakery");
  }
}
