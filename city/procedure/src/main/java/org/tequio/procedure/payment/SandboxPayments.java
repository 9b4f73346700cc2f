package org.tequio.procedure.payment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.tequio.storage.PrivateFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A provider for trying everything out: it takes no money and signs its callbacks as payment
 * services do, with HMAC-SHA256 over the time of signing and the body. Thread-safe.
 */
public final class SandboxPayments implements PaymentProvider {
  private static final Duration FRESH = Duration.ofMinutes(5);
  private static final Pattern SIGNATURE = Pattern.compile("t=([0-9]{1,12}),v1=([0-9a-f]{64})");
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final SecretKeySpec key;

  /**
   * With the secret in a file, which is made where there is none; the server's user alone reads it.
   *
   * @throws IOException also where the file holds no secret
   */
  public static SandboxPayments withKey(Path file) throws IOException {
    if (!Files.exists(file)) {
      byte[] made = new byte[32];
      new SecureRandom().nextBytes(made);
      PrivateFile.write(file, HexFormat.of().formatHex(made).getBytes(StandardCharsets.US_ASCII));
    }
    try {
      return new SandboxPayments(HexFormat.of().parseHex(Files.readString(file).strip()));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " does not hold a secret of 32 bytes in hexadecimal", e);
    }
  }

  /** With the secret that city and provider share: at least 32 bytes. */
  public SandboxPayments(byte[] secret) {
    if (secret.length < 32) {
      throw new IllegalArgumentException("a secret of " + secret.length + " bytes");
    }
    this.key = new SecretKeySpec(secret, "HmacSHA256");
  }

  /**
   * What the provider sends.
   *
   * @param body the bytes
   * @param signature the header
   */
  public record Callback(byte[] body, String signature) {}

  /** The callback that reports a payment, signed now. */
  public Callback report(PaymentEvent event, Instant now) {
    byte[] body = JSON.writeValueAsBytes(event);
    long seconds = now.getEpochSecond();
    return new Callback(
        body, "t=" + seconds + ",v1=" + HexFormat.of().formatHex(sign(seconds, body)));
  }

  @Override
  public String name() {
    return "sandbox";
  }

  @Override
  public Optional<PaymentEvent> read(byte[] body, String signature, Instant now) {
    Matcher parts = SIGNATURE.matcher(signature);
    if (!parts.matches()) {
      return Optional.empty();
    }
    long seconds = Long.parseLong(parts.group(1));
    byte[] signed = HexFormat.of().parseHex(parts.group(2));
    boolean fresh =
        Duration.between(Instant.ofEpochSecond(seconds), now).abs().compareTo(FRESH) <= 0;
    if (!MessageDigest.isEqual(signed, sign(seconds, body)) || !fresh) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(body, PaymentEvent.class));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private byte[] sign(long seconds, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update((seconds + ".").getBytes(StandardCharsets.US_ASCII));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }
}
