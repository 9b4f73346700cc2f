package org.tequio.identity.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.identity.Site;
import org.tequio.identity.session.Secrets;
import org.tequio.identity.tables.AccountTable;
import org.tequio.identity.tables.ApplicationTable.Grant;
import org.tequio.storage.PrivateFile;

/**
 * Says to other sites who signed in, signed with a key of the city's that is made when it is first
 * needed and lies in {@code keys/oauth2.jwk}, readable by the server's user only. Thread-safe.
 */
public final class IdTokens {
  private static final int KEY_BITS = 2048;

  private final Path file;
  private final AccountTable accounts;
  private final Site site;
  private final Secrets secrets;
  private final Clock clock;
  private @Nullable RSAKey key;

  /** Signs for a site, with the key in this folder. */
  public IdTokens(Path folder, AccountTable accounts, Site site, Secrets secrets, Clock clock) {
    this.file = folder.resolve("oauth2.jwk");
    this.accounts = accounts;
    this.site = site;
    this.secrets = secrets;
    this.clock = clock;
  }

  /** A signed token about whoever granted. */
  String sign(Grant grant, @Nullable String nonce) {
    Instant now = clock.instant();
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(site.base())
            .subject(grant.account())
            .audience(grant.application())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(Grants.ACCESS)))
            .claim("nonce", nonce);
    claimsOf(grant.account(), grant.scopes()).forEach((name, value) -> claims.claim(name, value));
    try {
      RSAKey signing = key();
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(signing.getKeyID()).build(),
              claims.build());
      token.sign(new RSASSASigner(signing));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("the key of keys/oauth2.jwk does not sign", e);
    }
  }

  /** What a program may know of somebody. */
  Map<String, Object> claimsOf(String account, Set<String> scopes) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("sub", account);
    accounts
        .find(account)
        .ifPresent(
            row -> {
              if (scopes.contains("profile")) {
                claims.put("name", row.name());
                claims.put("locale", row.language().tag());
              }
              if (scopes.contains("email")) {
                claims.put("email", row.email());
                claims.put("email_verified", true);
              }
            });
    return claims;
  }

  /** The public half of the key, for whoever verifies. */
  Map<String, Object> publicKeys() {
    return new JWKSet(key().toPublicJWK()).toJSONObject();
  }

  private synchronized RSAKey key() {
    RSAKey known = key;
    if (known == null) {
      try {
        known = Files.exists(file) ? RSAKey.parse(Files.readString(file)) : generate();
      } catch (IOException e) {
        throw new UncheckedIOException("keys/oauth2.jwk", e);
      } catch (ParseException | JOSEException e) {
        throw new IllegalStateException("keys/oauth2.jwk does not hold a key", e);
      }
      key = known;
    }
    return known;
  }

  private RSAKey generate() throws IOException, JOSEException {
    RSAKey made = new RSAKeyGenerator(KEY_BITS).keyID(secrets.id()).generate();
    PrivateFile.write(file, made.toJSONString().getBytes(StandardCharsets.UTF_8));
    return made;
  }
}
