package org.tequio.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.http.Caller;
import org.tequio.identity.TestHouse.Browser;

/** A program that acts for Alicia, and the programs and people that would like to. */
class OauthTest {
  private static final String REDIRECT = "https://app.example/back";
  private static final String VERIFIER = "a-verifier-of-forty-three-characters-or-more";
  private static final String FORM = "application/x-www-form-urlencoded";

  @TempDir Path folder;
  private TestHouse house;
  private Browser gabriela;
  private Browser alicia;
  private String application = "";

  @BeforeEach
  void open() {
    house = TestHouse.open(folder.resolve("city"));
    gabriela = house.signedIn("Gabriela", new Caller.Holding("gis-admin", null));
    alicia = house.signedIn("Alicia", new Caller.Holding("steward", "obras"));
    application = register(REDIRECT);
  }

  @AfterEach
  void close() {
    house.close();
  }

  private String register(String redirect) {
    var reply =
        gabriela.post(
            "/api/applications",
            "{\"name\":\"QGIS <b>plugin</b>\",\"redirects\":[\""
                + redirect
                + "\"],\"scopes\":[\"read\",\"submit\",\"openid\",\"profile\"]}");
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(201);
    return TestHouse.member(reply.body(), "id").orElseThrow();
  }

  private static String challenge() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private String address(String redirect, String scope) {
    return "/oauth2/authorize?response_type=code&client_id="
        + application
        + "&redirect_uri="
        + encoded(redirect)
        + "&scope="
        + encoded(scope)
        + "&state=s1&nonce=n1&code_challenge_method=S256&code_challenge="
        + challenge();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private String location(HttpResponse<String> reply) {
    return reply.headers().firstValue("Location").orElse("");
  }

  private String allow(String redirect, String scope) {
    var page = alicia.get(address(redirect, scope));
    assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
    var reply = decide(alicia, ticket(page), "allow");
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(302);
    return location(reply);
  }

  private static String ticket(HttpResponse<String> page) {
    Matcher ticket = Pattern.compile("value=\"([A-Za-z0-9_-]{43})\"").matcher(page.body());
    assertThat(ticket.find()).isTrue();
    return ticket.group(1);
  }

  private HttpResponse<String> decide(Browser who, String ticket, String decision) {
    String csrf = who.csrf;
    who.csrf = "";
    try {
      return who.send(
          "POST", "/oauth2/authorize", FORM, "ticket=" + ticket + "&decision=" + decision);
    } finally {
      who.csrf = csrf;
    }
  }

  private static String member(String location, String name) {
    Matcher found = Pattern.compile("[?&]" + name + "=([^&]*)").matcher(location);
    return found.find() ? found.group(1) : "";
  }

  private HttpResponse<String> exchange(String code, String redirect, String verifier) {
    return program(
        "/oauth2/token",
        "grant_type=authorization_code&client_id="
            + application
            + "&code="
            + code
            + "&redirect_uri="
            + encoded(redirect)
            + "&code_verifier="
            + verifier);
  }

  private HttpResponse<String> refresh(String token) {
    return program(
        "/oauth2/token",
        "grant_type=refresh_token&client_id=" + application + "&refresh_token=" + token);
  }

  private HttpResponse<String> program(String path, String form) {
    Browser program = house.new Browser();
    program.origin = "https://app.example";
    return program.send("POST", path, FORM, form);
  }

  private int lampsWith(String token) throws Exception {
    var request =
        java.net.http.HttpRequest.newBuilder(java.net.URI.create(house.base() + "/api/lamps"))
            .header("Authorization", "Bearer " + token)
            .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    return house.client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
  }

  @Test
  void aProgramActsForAliciaWithinWhatSheGrantedUntilSheWithdrawsIt() throws Exception {
    String back = allow(REDIRECT, "submit");
    assertThat(back).startsWith(REDIRECT + "?");
    assertThat(member(back, "state")).isEqualTo("s1");
    assertThat(member(back, "iss")).isEqualTo(encoded("http://localhost:" + house.server.port()));
    var tokens = exchange(member(back, "code"), REDIRECT, VERIFIER);
    assertThat(tokens.statusCode()).as(tokens.body()).isEqualTo(200);
    assertThat(tokens.headers().firstValue("Cache-Control")).contains("no-store");
    String access = TestHouse.member(tokens.body(), "access_token").orElseThrow();
    assertThat(lampsWith(access)).isEqualTo(200);

    String reading = allow(REDIRECT, "read");
    String reader =
        TestHouse.member(
                exchange(member(reading, "code"), REDIRECT, VERIFIER).body(), "access_token")
            .orElseThrow();
    assertThat(lampsWith(reader)).isEqualTo(403);

    assertThat(alicia.get("/api/account/applications").body()).contains(application);
    assertThat(
            alicia
                .send("DELETE", "/api/account/applications/" + application, null, null)
                .statusCode())
        .isEqualTo(204);
    assertThat(lampsWith(access)).isEqualTo(401);
    assertThat(lampsWith("made-up")).isEqualTo(401);
  }

  @Test
  void whoHasNotSignedInDoesSoFirstAndComesBackToTheQuestion() {
    var reply = house.new Browser().get(address(REDIRECT, "read"));
    assertThat(reply.statusCode()).isEqualTo(302);
    assertThat(location(reply)).startsWith("/sign-in?next=%2Foauth2%2Fauthorize%3F");
  }

  @Test
  void aBrowserIsSentBackOnlyToTheVeryAddressThatWasRegistered() {
    for (String redirect :
        List.of(
            "https://app.example/back/",
            "https://app.example/back/../evil",
            "https://app.example/back?x=1",
            "https://app.example/back#fragment",
            "https://app.example:444/back",
            "https://sub.app.example/back",
            "https://app.example.evil.example/back",
            "https://app.example@evil.example/back",
            "https://evil.example/https://app.example/back",
            "https://APP.example/back",
            "https://app.example/b%61ck",
            "http://app.example/back",
            "https://app.example\\@evil.example/back",
            "//app.example/back",
            "javascript:alert(1)",
            "")) {
      var reply = alicia.get(address(redirect, "read"));
      assertThat(reply.statusCode()).as(redirect).isEqualTo(400);
      assertThat(location(reply)).as(redirect).isEmpty();
    }
  }

  @Test
  void aProgramOnHerOwnMachineMayUseAnyPortThereAndNothingElse() {
    application = register("http://127.0.0.1/back");
    assertThat(allow("http://127.0.0.1:51234/back", "read"))
        .startsWith("http://127.0.0.1:51234/back?code=");
    for (String wrong :
        new String[] {
          "http://127.0.0.1:51234/other",
          "http://localhost:51234/back",
          "http://127.0.0.1.evil/back"
        }) {
      assertThat(alicia.get(address(wrong, "read")).statusCode()).as(wrong).isEqualTo(400);
    }
  }

  @Test
  void anAddressThatNobodyShouldBeSentToCannotBeRegistered() {
    for (String redirect :
        List.of(
            "http://app.example/back",
            "javascript:alert(1)",
            "data:text/html,x",
            "https://app.example/back#f",
            "https://u@app.example/",
            "myapp:/back")) {
      var reply =
          gabriela.post(
              "/api/applications",
              "{\"name\":\"x\",\"redirects\":[\"" + redirect + "\"],\"scopes\":[\"read\"]}");
      assertThat(reply.statusCode()).as(redirect).isEqualTo(400);
    }
  }

  @Test
  void withoutProofOfPossessionNothingBegins() {
    String whole = address(REDIRECT, "read");
    String plain = whole.replace("S256", "plain");
    String none = whole.replaceAll("&code_challenge[a-z_]*=[^&]*", "");
    String noMethod = whole.replace("&code_challenge_method=S256", "");
    for (String wrong : new String[] {plain, none, noMethod}) {
      assertThat(member(location(alicia.get(wrong)), "error")).isEqualTo("invalid_request");
    }
    String code = member(allow(REDIRECT, "read"), "code");
    assertThat(exchange(code, REDIRECT, "x".repeat(50)).body()).contains("invalid_grant");
    // A wrong guess uses the code up.
    assertThat(exchange(code, REDIRECT, VERIFIER).body()).contains("invalid_grant");
  }

  @Test
  void anEditorThatSendsTheCodeInTheAddressGetsItsTokensAndNoSecretIsReadThere() {
    String form =
        "?grant_type=authorization_code&client_id="
            + application
            + "&code="
            + member(allow(REDIRECT, "read"), "code")
            + "&redirect_uri="
            + encoded(REDIRECT)
            + "&code_verifier="
            + VERIFIER;
    String tokens = program("/oauth2/token" + form, "").body();
    assertThat(TestHouse.member(tokens, "access_token")).as(tokens).isPresent();
    String refresh = TestHouse.member(tokens, "refresh_token").orElseThrow();
    String again =
        "?grant_type=refresh_token&client_id=" + application + "&refresh_token=" + refresh;
    assertThat(program("/oauth2/token" + again, "").statusCode()).isEqualTo(400);
    assertThat(refresh(refresh).statusCode()).isEqualTo(200);
  }

  @Test
  void aCodeThatComesTwiceTakesEverythingBackThatCameOfIt() throws Exception {
    String code = member(allow(REDIRECT, "submit"), "code");
    String access =
        TestHouse.member(exchange(code, REDIRECT, VERIFIER).body(), "access_token").orElseThrow();
    assertThat(lampsWith(access)).isEqualTo(200);
    assertThat(exchange(code, REDIRECT, VERIFIER).statusCode()).isEqualTo(400);
    assertThat(lampsWith(access)).isEqualTo(401);
    assertThat(String.join("\n", house.auditLines())).contains("token.replayed");
  }

  @Test
  void aRefreshTokenIsGoodOnceAndTheThiefWhoUsesItAgainGetsNobodyAnything() throws Exception {
    String first = exchange(member(allow(REDIRECT, "submit"), "code"), REDIRECT, VERIFIER).body();
    String old = TestHouse.member(first, "refresh_token").orElseThrow();
    house.clock.advance(Duration.ofHours(2));
    assertThat(lampsWith(TestHouse.member(first, "access_token").orElseThrow())).isEqualTo(401);
    String second = refresh(old).body();
    String access = TestHouse.member(second, "access_token").orElseThrow();
    assertThat(lampsWith(access)).isEqualTo(200);
    assertThat(refresh(old).body()).contains("invalid_grant");
    assertThat(lampsWith(access)).isEqualTo(401);
    assertThat(refresh(TestHouse.member(second, "refresh_token").orElseThrow()).body())
        .contains("invalid_grant");
  }

  @Test
  void aCodeExpiresAndIsGoodForItsOwnProgramAndAddressOnly() {
    String mine = application;
    String code = member(allow(REDIRECT, "read"), "code");
    house.clock.advance(Duration.ofSeconds(61));
    assertThat(exchange(code, REDIRECT, VERIFIER).body()).contains("invalid_grant");
    String second = member(allow(REDIRECT, "read"), "code");
    application = register("https://other.example/");
    assertThat(exchange(second, REDIRECT, VERIFIER).body()).contains("invalid_grant");
    application = mine;
    assertThat(exchange(second, "https://app.example/other", VERIFIER).body())
        .contains("invalid_grant");
  }

  @Test
  void thePageAsksWithoutScriptsEscapesNamesAndOnlyItsOwnReaderCanAnswer() {
    var page = alicia.get(address(REDIRECT, "read"));
    assertThat(page.body())
        .contains("QGIS &lt;b&gt;plugin&lt;/b&gt;", "Read what you may read")
        .doesNotContain("<script", "<b>");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains(
            "default-src 'none'",
            "frame-ancestors 'none'",
            "form-action 'self' https://app.example");
    assertThat(decide(gabriela, ticket(page), "allow").statusCode()).isEqualTo(400);
    var again = alicia.get(address(REDIRECT, "read"));
    alicia.origin = "https://evil.example";
    assertThat(decide(alicia, ticket(again), "allow").statusCode()).isEqualTo(403);
    alicia.origin = house.base();
    assertThat(member(location(decide(alicia, ticket(again), "deny")), "error"))
        .isEqualTo("access_denied");
    assertThat(decide(alicia, ticket(again), "allow").statusCode()).isEqualTo(400);
  }

  @Test
  void aScopeThatTheProgramMayNotAskForIsRefused() {
    assertThat(member(location(alicia.get(address(REDIRECT, "edit"))), "error"))
        .isEqualTo("invalid_scope");
    assertThat(member(location(alicia.get(address(REDIRECT, ""))), "error"))
        .isEqualTo("invalid_scope");
  }

  @Test
  void anotherSiteLearnsWhoSignedInFromATokenThatItCanVerify() throws Exception {
    String tokens =
        exchange(member(allow(REDIRECT, "openid profile"), "code"), REDIRECT, VERIFIER).body();
    SignedJWT id = SignedJWT.parse(TestHouse.member(tokens, "id_token").orElseThrow());
    JWKSet keys = JWKSet.parse(house.new Browser().get("/oauth2/jwks").body());
    var key = keys.getKeyByKeyId(id.getHeader().getKeyID()).toRSAKey();
    assertThat(key.isPrivate()).isFalse();
    assertThat(id.verify(new RSASSAVerifier(key))).isTrue();
    assertThat(id.getJWTClaimsSet().getIssuer())
        .isEqualTo("http://localhost:" + house.server.port());
    assertThat(id.getJWTClaimsSet().getAudience()).containsExactly(application);
    assertThat(id.getJWTClaimsSet().getStringClaim("nonce")).isEqualTo("n1");
    assertThat(id.getJWTClaimsSet().getStringClaim("name")).isEqualTo("Alicia");
    assertThat(id.getJWTClaimsSet().getClaim("email")).isNull();
    Path file = house.folder.resolve("keys/oauth2.jwk");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void aTokenThatTheProgramTakesBackIsWorthNothingAndOnlyItsOwnProgramMay() throws Exception {
    String access =
        TestHouse.member(
                exchange(member(allow(REDIRECT, "submit"), "code"), REDIRECT, VERIFIER).body(),
                "access_token")
            .orElseThrow();
    String other = register("https://other.example/");
    program("/oauth2/revoke", "client_id=" + other + "&token=" + access);
    assertThat(lampsWith(access)).isEqualTo(200);
    assertThat(
            program("/oauth2/revoke", "client_id=" + application + "&token=" + access).statusCode())
        .isEqualTo(200);
    assertThat(lampsWith(access)).isEqualTo(401);
    assertThat(program("/oauth2/revoke", "client_id=nobody&token=x").statusCode()).isEqualTo(401);
  }

  @Test
  void theServersMetadataSaysWhatItDoes() {
    assertThat(house.new Browser().get("/.well-known/oauth-authorization-server").body())
        .contains(
            "\"code_challenge_methods_supported\":[\"S256\"]",
            "\"authorization_response_iss_parameter_supported\":true",
            "\"token_endpoint\"");
  }
}
