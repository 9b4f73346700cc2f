package org.tequio.procedure;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.tequio.storage.PrivateFile;

/**
 * What the city and another program both know, by which each sees that a message comes from the
 * other: {@code t=SECONDS,v1=HEX}, the HMAC (RFC 2104) with SHA-256 of the seconds since 1970, a
 * full stop and the body. Immutable and thread-safe.
 */
public final class SharedSecret {
  private static final Pattern SIGNATURE = Pattern.compile("t=([0-9]{1,12}),v1=([0-9a-f]{64})");
  private static final Duration FRESH = Duration.ofMinutes(5);
  private static final int LEAST_BYTES = 32;

  private final SecretKeySpec key;

  /** With a secret of at least 32 bytes. */
  public SharedSecret(byte[] secret) {
    if (secret.length < LEAST_BYTES) {
      throw new IllegalArgumentException("a secret of " + secret.length + " bytes");
    }
    this.key = new SecretKeySpec(secret, "HmacSHA256");
  }

  /**
   * With the secret in a file, which is made where there is none; the server's user alone reads it.
   *
   * @throws IOException also where the file holds no secret
   */
  public static SharedSecret in(Path file) throws IOException {
    if (!Files.exists(file)) {
      byte[] made = new byte[LEAST_BYTES];
      new SecureRandom().nextBytes(made);
      PrivateFile.write(file, HexFormat.of().formatHex(made).getBytes(StandardCharsets.US_ASCII));
    }
    try {
      return new SharedSecret(HexFormat.of().parseHex(Files.readString(file).strip()));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " does not hold a secret of 32 bytes in hexadecimal", e);
    }
  }

  /** Signs a message. */
  public String sign(byte[] body, Instant now) {
    long seconds = now.getEpochSecond();
    return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac(seconds, body));
  }

  /** True where a message was signed with this secret, and not long ago. */
  public boolean isSigned(byte[] body, String signature, Instant now) {
    Matcher parts = SIGNATURE.matcher(signature);
    if (!parts.matches()) {
      return false;
    }
    long seconds = Long.parseLong(parts.group(1));
    byte[] signed = HexFormat.of().parseHex(parts.group(2));
    boolean fresh =
        Duration.between(Instant.ofEpochSecond(seconds), now).abs().compareTo(FRESH) <= 0;
    return MessageDigest.isEqual(signed, mac(seconds, body)) && fresh;
  }

  private byte[] mac(long seconds, byte[] body) {
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
