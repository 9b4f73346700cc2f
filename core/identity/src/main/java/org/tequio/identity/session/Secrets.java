package org.tequio.identity.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Values that nobody can guess, and their hashes, which are all that is kept. Thread-safe. */
public final class Secrets {
  private static final String ID_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

  private final SecureRandom random = new SecureRandom();

  /** 256 random bits in 43 characters that may stand in a link. */
  public String token() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** 80 random bits as an identifier that people may have to read aloud. */
  public String id() {
    StringBuilder id = new StringBuilder();
    for (int i = 0; i < 16; i++) {
      id.append(ID_ALPHABET.charAt(random.nextInt(ID_ALPHABET.length())));
    }
    return id.toString();
  }

  /** What is kept of a token: SHA-256 in hexadecimal. */
  public static String hash(String token) {
    return HexFormat.of().formatHex(sha256(token));
  }

  /** The token against forged requests that belongs to a session's token. */
  public static String csrf(String token) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256("csrf\n" + token));
  }

  /** True where both are the same, told in a time that says nothing. */
  public static boolean same(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
