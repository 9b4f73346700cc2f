package org.tequio.identity.provider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tequio.identity.ProviderSettings;
import org.tequio.identity.Site;
import org.tequio.identity.session.Secrets;

/**
 * The conversation with one provider: where it sends the browser, and what its answer is worth.
 * State, nonce, proof key, issuer, audience and signature are checked. Thread-safe; nothing is
 * asked of the provider before the first person comes.
 */
final class ProviderSignIn {
  private static final Logger LOG = LoggerFactory.getLogger(ProviderSignIn.class);
  private static final int PATIENCE_MILLIS = 10_000;
  private static final Duration WITHIN = Duration.ofMinutes(10);
  private static final Duration METADATA_FOR = Duration.ofHours(1);
  private static final int MOST_PENDING = 5000;

  private final ProviderSettings settings;
  private final Site site;
  private final Secrets secrets;
  private final Clock clock;
  private final Map<String, Pending> pending =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Pending> eldest) {
          return size() > MOST_PENDING;
        }
      };
  private @Nullable OIDCProviderMetadata metadata;
  private Instant metadataUntil = Instant.MIN;

  /** A sign-in that has begun. */
  private record Pending(
      String browserHash, String nonce, CodeVerifier verifier, String next, Instant made) {}

  /**
   * Where to send a browser, and what to leave with it.
   *
   * @param address the provider's page
   * @param browser a secret for the browser's cookie
   */
  record Begun(URI address, String browser) {}

  /**
   * Who the provider says it is.
   *
   * @param claims of the verified token
   * @param next the path to go on to
   */
  record Known(IDTokenClaimsSet claims, String next) {}

  ProviderSignIn(ProviderSettings settings, Site site, Secrets secrets, Clock clock) {
    this.settings = settings;
    this.site = site;
    this.secrets = secrets;
    this.clock = clock;
  }

  ProviderSettings settings() {
    return settings;
  }

  private URI callback() {
    return URI.create(site.link("/api/session/providers/" + settings.id() + "/callback"));
  }

  private synchronized OIDCProviderMetadata metadata() throws IOException, GeneralException {
    OIDCProviderMetadata known = metadata;
    if (known == null || clock.instant().isAfter(metadataUntil)) {
      known =
          OIDCProviderMetadata.resolve(
              new Issuer(settings.issuer()), PATIENCE_MILLIS, PATIENCE_MILLIS);
      metadata = known;
      metadataUntil = clock.instant().plus(METADATA_FOR);
    }
    return known;
  }

  /** Begins; empty where the provider does not answer. */
  Optional<Begun> begin(String next) {
    try {
      String state = secrets.token();
      String browser = secrets.token();
      String nonce = secrets.token();
      CodeVerifier verifier = new CodeVerifier();
      URI address =
          new AuthenticationRequest.Builder(
                  ResponseType.CODE,
                  new Scope("openid", "profile", "email"),
                  new ClientID(settings.clientId()),
                  callback())
              .endpointURI(metadata().getAuthorizationEndpointURI())
              .state(new State(state))
              .nonce(new Nonce(nonce))
              .codeChallenge(verifier, CodeChallengeMethod.S256)
              .build()
              .toURI();
      synchronized (pending) {
        pending.put(
            state, new Pending(Secrets.hash(browser), nonce, verifier, next, clock.instant()));
      }
      return Optional.of(new Begun(address, browser));
    } catch (IOException | GeneralException e) {
      LOG.warn("the identity provider {} does not answer", settings.id(), e);
      return Optional.empty();
    }
  }

  /**
   * Takes the provider's answer.
   *
   * @param answer the query of the callback
   * @param browser what was left with the browser
   * @return empty where anything in it does not hold
   */
  Optional<Known> finish(Map<String, String> answer, String browser) {
    Pending begun;
    synchronized (pending) {
      begun = pending.remove(answer.getOrDefault("state", ""));
    }
    String code = answer.get("code");
    String issuer = answer.get("iss");
    if (begun == null
        || code == null
        || begun.made().plus(WITHIN).isBefore(clock.instant())
        || !Secrets.same(Secrets.hash(browser), begun.browserHash())
        || issuer != null && !issuer.equals(settings.issuer().toString())) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Known(verified(code, begun), begun.next()));
    } catch (IOException | GeneralException | BadJOSEException | JOSEException e) {
      LOG.warn("the answer of the identity provider {} does not hold", settings.id(), e);
      return Optional.empty();
    }
  }

  private IDTokenClaimsSet verified(String code, Pending begun)
      throws IOException, GeneralException, BadJOSEException, JOSEException {
    OIDCProviderMetadata provider = metadata();
    ClientID client = new ClientID(settings.clientId());
    AuthorizationCodeGrant grant =
        new AuthorizationCodeGrant(new AuthorizationCode(code), callback(), begun.verifier());
    Path secretFile = settings.secretFile();
    TokenRequest request =
        secretFile == null
            ? new TokenRequest.Builder(provider.getTokenEndpointURI(), client, grant).build()
            : new TokenRequest.Builder(
                    provider.getTokenEndpointURI(),
                    new ClientSecretBasic(client, new Secret(Files.readString(secretFile).strip())),
                    grant)
                .build();
    HTTPRequest http = request.toHTTPRequest();
    http.setConnectTimeout(PATIENCE_MILLIS);
    http.setReadTimeout(PATIENCE_MILLIS);
    if (!(OIDCTokenResponseParser.parse(http.send()) instanceof OIDCTokenResponse tokens)) {
      throw new ParseException("the provider gave no tokens");
    }
    return new IDTokenValidator(
            provider.getIssuer(), client, JWSAlgorithm.RS256, provider.getJWKSetURI().toURL())
        .validate(tokens.getOIDCTokens().getIDToken(), new Nonce(begun.nonce()));
  }
}
