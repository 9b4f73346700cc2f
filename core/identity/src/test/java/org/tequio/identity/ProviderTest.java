package org.tequio.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.http.Caller;
import org.tequio.identity.TestHouse.Browser;

/** A city whose people sign in at another city's server: both ends are ours, the wire is real. */
class ProviderTest {
  private static final Caller.Holding STEWARD = new Caller.Holding("steward", "obras");

  @TempDir Path folder;
  private TestHouse provider;
  private TestHouse house;
  private Browser there;
  private Browser here;

  @BeforeEach
  void open() {
    provider = TestHouse.open(folder.resolve("provider"));
    // The library that verifies the provider's tokens goes by the real time.
    provider.clock.advance(Duration.between(provider.clock.instant(), Instant.now()));
    Browser gabriela = provider.signedIn("Gabriela", new Caller.Holding("gis-admin", null));
    there = provider.signedIn("Alicia");
    // The city's address must be known before its server has a port: it is registered afterwards
    // with a loopback address, whose port may differ.
    String client =
        TestHouse.member(
                gabriela
                    .post(
                        "/api/applications",
                        "{\"name\":\"Villa\",\"redirects\":[\"http://127.0.0.1/api/session/providers/staff/callback\"],"
                            + "\"scopes\":[\"openid\",\"profile\",\"email\"]}")
                    .body(),
                "id")
            .orElseThrow();
    URI issuer = URI.create("http://localhost:" + provider.server.port());
    ProviderSettings staff =
        new ProviderSettings(
            "staff",
            "City staff",
            issuer,
            client,
            null,
            List.of(new ProviderSettings.RoleRule("name", "Alicia", STEWARD)));
    house =
        new TestHouse(
            folder.resolve("city"),
            new IdentityConfig(
                URI.create("http://127.0.0.1"), MailSettings.FOLDER_ONLY, List.of(staff)));
    here = house.new Browser();
  }

  @AfterEach
  void close() {
    house.close();
    provider.close();
  }

  private static String location(java.net.http.HttpResponse<String> reply) {
    return reply.headers().firstValue("Location").orElse("");
  }

  /** Allows at the provider; the address that it sends the browser back to. */
  private String consent(String address) {
    String path = address.substring(address.indexOf("/oauth2"));
    var page = there.get(path);
    Matcher ticket = Pattern.compile("value=\"([A-Za-z0-9_-]{43})\"").matcher(page.body());
    assertThat(ticket.find()).as(page.body()).isTrue();
    String back =
        location(
            there.send(
                "POST",
                "/oauth2/authorize",
                "application/x-www-form-urlencoded",
                "ticket=" + ticket.group(1) + "&decision=allow"));
    return back.substring(back.indexOf("/api/"));
  }

  @Test
  void whoeverTheProviderKnowsIsSignedInWithTheRolesItsClaimsGive() {
    assertThat(here.get("/api/session").body()).contains("\"title\":\"City staff\"");
    String out = location(here.get("/api/session/providers/staff?next=/account"));
    assertThat(out).contains("code_challenge=", "nonce=", "state=");
    var back = here.get(consent(out));
    assertThat(location(back)).isEqualTo("/account");
    assertThat(here.get("/api/account").body())
        .contains("alicia@villa.example", "\"role\":\"steward\"");
    here.cookies.clear();
    here.get(consent(location(here.get("/api/session/providers/staff"))));
    assertThat(house.identity.listPeople("", 10, "operator")).hasSize(1);
  }

  @Test
  void anAnswerThatThisBrowserDidNotAskForSignsNobodyIn() {
    String out = location(here.get("/api/session/providers/staff"));
    String back = consent(out);
    Browser victim = house.new Browser();
    assertThat(location(victim.get(back))).isEqualTo("/sign-in?failed=provider");
    assertThat(victim.get("/api/account").statusCode()).isEqualTo(401);
    // Nor does it sign in whoever asked: it has been used up.
    assertThat(location(here.get(back))).isEqualTo("/sign-in?failed=provider");
  }

  @Test
  void anAnswerOfAnotherIssuerIsNotMixedUpWithThisOne() {
    String back = consent(location(here.get("/api/session/providers/staff")));
    String mixed = back.replaceAll("iss=[^&]*", "iss=https%3A%2F%2Fevil.example");
    assertThat(location(here.get(mixed))).isEqualTo("/sign-in?failed=provider");
    assertThat(location(here.get("/api/session/providers/staff?next=//evil.example")))
        .startsWith("http://localhost:" + provider.server.port());
    assertThat(here.get("/api/session/providers/nobody").statusCode()).isEqualTo(404);
  }
}
