package org.tequio.identity.passkey;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.exception.DataConversionException;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.exception.VerificationException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.identity.Site;
import org.tequio.identity.session.Secrets;
import org.tequio.identity.tables.AccountRow;
import org.tequio.identity.tables.PasskeyTable;
import org.tequio.identity.tables.PasskeyTable.Passkey;
import org.tequio.storage.AuditLog;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Passkeys as WebAuthn Level 3 has them: bound to the city's host, with the device's own check of
 * the person, without attestation. A challenge is used once and within five minutes. Thread-safe.
 */
public final class Passkeys {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int MOST_CHALLENGES = 20_000;
  private static final List<COSEAlgorithmIdentifier> ALGORITHMS =
      List.of(
          COSEAlgorithmIdentifier.ES256,
          COSEAlgorithmIdentifier.EdDSA,
          COSEAlgorithmIdentifier.RS256);

  private final PasskeyTable table;
  private final Site site;
  private final Secrets secrets;
  private final AuditLog audit;
  private final Clock clock;
  private final ObjectConverter converter = new ObjectConverter();
  private final WebAuthnManager verifier =
      WebAuthnManager.createNonStrictWebAuthnManager(converter);
  private final AttestedCredentialDataConverter credentials =
      new AttestedCredentialDataConverter(converter);
  private final Map<String, Challenge> challenges =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Challenge> eldest) {
          return size() > MOST_CHALLENGES;
        }
      };

  /** For whom a challenge was made; nobody yet where it is for signing in. */
  private record Challenge(@Nullable String account, Instant made) {}

  /** Over the table of a city. */
  public Passkeys(PasskeyTable table, Site site, Secrets secrets, AuditLog audit, Clock clock) {
    this.table = table;
    this.site = site;
    this.secrets = secrets;
    this.audit = audit;
    this.clock = clock;
  }

  private String challenge(@Nullable String account) {
    String challenge = secrets.token();
    synchronized (challenges) {
      challenges.put(challenge, new Challenge(account, clock.instant()));
    }
    return challenge;
  }

  /** Uses up the challenge that a browser answers to. */
  private String take(byte[] value, @Nullable String account) {
    String challenge = encoded(value);
    Challenge made;
    synchronized (challenges) {
      made = challenges.remove(challenge);
    }
    if (made == null
        || made.made().plus(PATIENCE).isBefore(clock.instant())
        || !java.util.Objects.equals(made.account(), account)) {
      throw refused(401);
    }
    return challenge;
  }

  /** What a browser needs to make a passkey (WebAuthn, 5.4). */
  Map<String, Object> creationOptions(AccountRow account) {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("rp", Map.of("id", site.host(), "name", "Tequio"));
    options.put(
        "user",
        Map.of(
            "id",
            encoded(account.id().getBytes(StandardCharsets.UTF_8)),
            "name",
            account.email(),
            "displayName",
            account.name()));
    options.put("challenge", challenge(account.id()));
    options.put(
        "pubKeyCredParams",
        ALGORITHMS.stream()
            .map(one -> Map.of("type", "public-key", "alg", one.getValue()))
            .toList());
    options.put("timeout", PATIENCE.toMillis());
    options.put(
        "excludeCredentials",
        table.list(account.id()).stream()
            .map(one -> Map.of("type", "public-key", "id", one.id()))
            .toList());
    options.put(
        "authenticatorSelection",
        Map.of("residentKey", "required", "userVerification", "required"));
    options.put("attestation", "none");
    return options;
  }

  /** What a browser needs to sign in with one (WebAuthn, 5.5). */
  Map<String, Object> requestOptions() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("challenge", challenge(null));
    options.put("timeout", PATIENCE.toMillis());
    options.put("rpId", site.host());
    options.put("allowCredentials", List.of());
    options.put("userVerification", "required");
    return options;
  }

  private ServerProperty property(String challenge) {
    return ServerProperty.builder()
        .origin(new Origin(site.origin()))
        .rpId(site.host())
        .challenge(new DefaultChallenge(challenge))
        .build();
  }

  /**
   * Adds the passkey that a browser made.
   *
   * @param credential the browser's answer, as JSON
   * @throws ProblemException 401 where it does not hold
   */
  Passkey register(String account, String label, JsonNode credential) {
    requireMembers(credential, "clientDataJSON", "attestationObject");
    RegistrationData verified;
    try {
      RegistrationData shown = verifier.parseRegistrationResponseJSON(credential.toString());
      if (shown.getCollectedClientData() == null
          || shown.getCollectedClientData().getChallenge() == null) {
        throw refused(400);
      }
      String challenge = take(shown.getCollectedClientData().getChallenge().getValue(), account);
      verified =
          verifier.verify(
              shown,
              new RegistrationParameters(
                  property(challenge),
                  ALGORITHMS.stream()
                      .map(
                          one ->
                              new PublicKeyCredentialParameters(
                                  PublicKeyCredentialType.PUBLIC_KEY, one))
                      .toList(),
                  true,
                  true));
    } catch (DataConversionException | JacksonException e) {
      throw refused(400);
    } catch (VerificationException e) {
      throw refused(401);
    }
    var attestation = verified.getAttestationObject();
    AttestedCredentialData data =
        attestation == null ? null : attestation.getAuthenticatorData().getAttestedCredentialData();
    if (attestation == null || data == null) {
      throw refused(400);
    }
    Passkey passkey =
        new Passkey(
            encoded(data.getCredentialId()),
            account,
            label,
            encoded(credentials.convert(data)),
            attestation.getAuthenticatorData().getSignCount(),
            clock.instant(),
            null);
    if (!table.insert(passkey)) {
      throw refused(401);
    }
    audit.append(account, "passkey.add", Secrets.hash(passkey.id()).substring(0, 12));
    return passkey;
  }

  /**
   * The account whose passkey signed.
   *
   * @param credential the browser's answer, as JSON
   * @throws ProblemException 401 where it does not hold
   */
  @SuppressWarnings("NullAway") // The library marks the bytes of an array where it means the array.
  String signIn(JsonNode credential) {
    requireMembers(credential, "clientDataJSON", "authenticatorData", "signature");
    try {
      AuthenticationData shown = verifier.parseAuthenticationResponseJSON(credential.toString());
      if (shown.getCollectedClientData() == null
          || shown.getCollectedClientData().getChallenge() == null
          || shown.getCredentialId() == null) {
        throw refused(400);
      }
      String challenge = take(shown.getCollectedClientData().getChallenge().getValue(), null);
      Optional<Passkey> passkey = table.find(encoded(shown.getCredentialId()));
      if (passkey.isEmpty()) {
        throw refused(401);
      }
      Passkey known = passkey.get();
      AuthenticationData verified =
          verifier.verify(
              shown,
              new AuthenticationParameters(property(challenge), record(known), null, true, true));
      byte[] user = verified.getUserHandle();
      if (user != null && !known.account().equals(new String(user, StandardCharsets.UTF_8))) {
        throw refused(401);
      }
      var data = verified.getAuthenticatorData();
      table.use(known.id(), data == null ? 0 : data.getSignCount(), clock.instant());
      audit.append(known.account(), "sign-in", "passkey");
      return known.account();
    } catch (DataConversionException | JacksonException e) {
      throw refused(400);
    } catch (VerificationException e) {
      // Also a counter that went back: the passkey was copied.
      throw refused(401);
    }
  }

  /**
   * The library takes for granted what a browser always sends (WebAuthn 3, 5.1); others may not.
   */
  private static void requireMembers(JsonNode credential, String... ofResponse) {
    boolean whole =
        List.of("id", "rawId", "type").stream().allMatch(name -> credential.path(name).isString());
    JsonNode response = credential.path("response");
    for (String name : ofResponse) {
      whole &= response.path(name).isString();
    }
    if (!whole) {
      throw refused(400);
    }
  }

  private CredentialRecordImpl record(Passkey passkey) {
    return new CredentialRecordImpl(
        new NoneAttestationStatement(),
        null,
        null,
        null,
        passkey.counter(),
        credentials.convert(Base64.getUrlDecoder().decode(passkey.credential())),
        null,
        null,
        null,
        null);
  }

  List<Passkey> list(String account) {
    return table.list(account);
  }

  boolean remove(String account, String id) {
    boolean was = table.delete(account, id);
    if (was) {
      audit.append(account, "passkey.remove", Secrets.hash(id).substring(0, 12));
    }
    return was;
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static ProblemException refused(int status) {
    return new ProblemException(
        Problem.of(
            status,
            "passkey-refused",
            new LocalText(
                "Llave de acceso no válida", "Chave de acesso inválida", "Passkey refused"),
            new LocalText(
                "la llave de acceso no pudo comprobarse; pruebe de nuevo",
                "a chave de acesso não pôde ser verificada; tente de novo",
                "the passkey could not be verified; try again")));
  }
}
