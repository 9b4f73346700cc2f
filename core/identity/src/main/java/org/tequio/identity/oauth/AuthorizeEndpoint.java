package org.tequio.identity.oauth;

import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tequio.feature.LocalText;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Reply;
import org.tequio.identity.IdentityAction;
import org.tequio.identity.RoleBook;
import org.tequio.identity.Site;
import org.tequio.identity.session.Secrets;
import org.tequio.identity.tables.ApplicationTable;
import org.tequio.identity.tables.ApplicationTable.Application;
import org.tequio.identity.tables.TokenTable;
import org.tequio.storage.Database;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a browser comes to grant a program something (RFC 6749, 4.1; RFC 9700): who is not signed
 * in does so first, then a page asks. A request that names no registered program or address is
 * answered here; every other mistake is told to the program.
 */
public final class AuthorizeEndpoint {
  /** What programs may ask about the person alone. */
  static final Map<String, LocalText> IDENTITY_SCOPES = identityScopes();

  private static final Permission BEGIN = Permission.of(IdentityAction.SESSION_BEGIN);
  private static final Duration DECIDE_WITHIN = Duration.ofMinutes(15);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Database database;
  private final Grants grants;
  private final ApplicationTable applications;
  private final TokenTable tokens;
  private final RoleBook book;
  private final Secrets secrets;
  private final Site site;
  private final Permissions permissions;
  private final Clock clock;

  /** What the page asked, kept until the answer comes. */
  private record Asked(
      String application,
      String redirect,
      String state,
      String challenge,
      String nonce,
      List<String> scopes) {}

  /** Asks these. */
  public AuthorizeEndpoint(
      Database database,
      Grants grants,
      ApplicationTable applications,
      TokenTable tokens,
      RoleBook book,
      Secrets secrets,
      Site site,
      Permissions permissions,
      Clock clock) {
    this.database = database;
    this.grants = grants;
    this.applications = applications;
    this.tokens = tokens;
    this.book = book;
    this.secrets = secrets;
    this.site = site;
    this.permissions = permissions;
    this.clock = clock;
  }

  private static Map<String, LocalText> identityScopes() {
    Map<String, LocalText> scopes = new LinkedHashMap<>();
    scopes.put(
        "openid", new LocalText("Saber que es usted", "Saber que é você", "Know that it is you"));
    scopes.put(
        "profile",
        new LocalText(
            "Ver su nombre e idioma", "Ver o seu nome e idioma", "See your name and language"));
    scopes.put(
        "email", new LocalText("Ver su correo", "Ver o seu e-mail", "See your e-mail address"));
    return scopes;
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/oauth2/authorize", "authorize", IdentityAction.SESSION_BEGIN, this::ask)
            .summary("Asks whoever has signed in whether a program may act for them.")
            .withOpenQuery()
            .answers("text/html", null),
        Endpoint.post("/oauth2/authorize", "decide", IdentityAction.SESSION_BEGIN, this::decide)
            .summary("Takes the person's answer and sends the browser back to the program.")
            .takes("application/x-www-form-urlencoded", null));
  }

  private Reply ask(Call call) {
    permissions.require(call, BEGIN);
    Map<String, String> query = call.openQuery();
    String id = query.getOrDefault("client_id", "");
    Application application =
        applications
            .find(id)
            .orElseThrow(
                () ->
                    MetadataEndpoint.refused(
                        new LocalText(
                            "el programa no está registrado en esta ciudad",
                            "o programa não está registrado nesta cidade",
                            "the program is not registered in this city")));
    String redirect = query.getOrDefault("redirect_uri", "");
    if (!RedirectAddress.matches(redirect, application.redirects())) {
      throw MetadataEndpoint.refused(
          new LocalText(
              "el programa pidió volver a una dirección que no registró",
              "o programa pediu voltar a um endereço que não registrou",
              "the program asked to return to an address that it has not registered"));
    }
    String state = query.getOrDefault("state", "");
    Asked asked;
    try {
      asked = asked(query, application, redirect, state);
    } catch (Refusal e) {
      return back(redirect, Map.of("error", e.code), state);
    }
    String account = call.caller().account();
    if (account == null || call.caller().scopes() != null) {
      String here = "/oauth2/authorize?" + encoded(query);
      return Reply.empty()
          .status(302)
          .with("Location", "/sign-in?next=" + URLEncoder.encode(here, StandardCharsets.UTF_8))
          .with("Cache-Control", "no-store");
    }
    String ticket = secrets.token();
    database.write(
        connection -> {
          tokens.put(
              connection,
              TokenTable.Kind.CONSENT,
              Secrets.hash(ticket),
              account,
              JSON.writeValueAsString(asked),
              clock.instant().plus(DECIDE_WITHIN));
          return true;
        });
    return ConsentPage.of(
        call.language(), application.name(), call.caller().name(), titles(asked), ticket, redirect);
  }

  /** A mistake that the program is told. */
  private static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;
    private final String code;

    Refusal(String code) {
      super(code, null, false, false);
      this.code = code;
    }
  }

  private Asked asked(
      Map<String, String> query, Application application, String redirect, String state)
      throws Refusal {
    AuthorizationRequest request;
    try {
      request =
          AuthorizationRequest.parse(
              query.entrySet().stream()
                  .collect(Collectors.toMap(Map.Entry::getKey, one -> List.of(one.getValue()))));
    } catch (ParseException e) {
      throw new Refusal(
          e.getErrorObject() == null ? "invalid_request" : e.getErrorObject().getCode());
    }
    if (!request.getResponseType().equals(ResponseType.CODE)) {
      throw new Refusal("unsupported_response_type");
    }
    CodeChallenge challenge = request.getCodeChallenge();
    // The plain method and no challenge at all are the same to a thief (RFC 9700, 2.1.1).
    if (challenge == null
        || !CodeChallengeMethod.S256.equals(request.getCodeChallengeMethod())
        || challenge.getValue().length() != 43
        || state.length() > 1000) {
      throw new Refusal("invalid_request");
    }
    Set<String> scopes = new LinkedHashSet<>();
    if (request.getScope() != null) {
      scopes.addAll(request.getScope().toStringList());
    }
    if (scopes.isEmpty() || !application.scopes().containsAll(scopes)) {
      throw new Refusal("invalid_scope");
    }
    return new Asked(
        application.id(),
        redirect,
        state,
        challenge.getValue(),
        query.getOrDefault("nonce", ""),
        List.copyOf(scopes));
  }

  private List<LocalText> titles(Asked asked) {
    return asked.scopes().stream()
        .map(
            scope ->
                Optional.ofNullable(IDENTITY_SCOPES.get(scope))
                    .or(() -> book.findScope(scope).map(RoleBook.Scope::title))
                    .orElse(LocalText.same(scope)))
        .toList();
  }

  private Reply decide(Call call) {
    permissions.require(call, BEGIN);
    String account = call.account();
    Map<String, List<String>> form = Form.members(call);
    String ticket = first(form, "ticket");
    Asked asked =
        database
            .write(
                connection ->
                    tokens.take(
                        connection, TokenTable.Kind.CONSENT, Secrets.hash(ticket), clock.instant()))
            // The ticket is in the page that this very person was shown, and nowhere else.
            .filter(taken -> taken.subject().equals(account))
            .map(taken -> JSON.readValue(taken.payload(), Asked.class))
            .orElseThrow(
                () ->
                    MetadataEndpoint.refused(
                        new LocalText(
                            "la pregunta venció; vuelva a empezar desde el programa",
                            "a pergunta venceu; recomece a partir do programa",
                            "the question has expired; begin again from the program")));
    Optional<Application> application = applications.find(asked.application());
    if (application.isEmpty() || !first(form, "decision").equals("allow")) {
      return back(asked.redirect(), Map.of("error", "access_denied"), asked.state());
    }
    String code =
        grants.grant(
            application.get(),
            account,
            Set.copyOf(asked.scopes()),
            asked.redirect(),
            asked.challenge(),
            asked.nonce().isEmpty() ? null : asked.nonce());
    return back(asked.redirect(), Map.of("code", code), asked.state());
  }

  private static String first(Map<String, List<String>> form, String name) {
    List<String> values = form.getOrDefault(name, List.of());
    return values.size() == 1 ? values.getFirst() : "";
  }

  /** Sends the browser back; the issuer goes along, so that answers are not mixed up (RFC 9207). */
  private Reply back(String redirect, Map<String, String> answer, String state) {
    Map<String, String> members = new LinkedHashMap<>(answer);
    if (!state.isEmpty()) {
      members.put("state", state);
    }
    members.put("iss", site.base());
    String glue = URI.create(redirect).getRawQuery() == null ? "?" : "&";
    return Reply.empty()
        .status(302)
        .with("Location", redirect + glue + encoded(members))
        .with("Cache-Control", "no-store")
        .with("Referrer-Policy", "no-referrer");
  }

  private static String encoded(Map<String, String> members) {
    return members.entrySet().stream()
        .map(
            one ->
                URLEncoder.encode(one.getKey(), StandardCharsets.UTF_8)
                    + "="
                    + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
