package org.tequio.identity;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/** A passkey in software: makes one ES256 credential and signs with it, as a device would. */
final class SoftAuthenticator {
  private static final byte PRESENT_AND_VERIFIED = 0x05;
  private static final byte WITH_CREDENTIAL = 0x40;

  private final byte[] id = new byte[16];
  private final KeyPair keys;
  private int counter;

  SoftAuthenticator() {
    try {
      new SecureRandom().nextBytes(id);
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      keys = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  String id() {
    return encoded(id);
  }

  void counter(int value) {
    counter = value;
  }

  /** The browser's answer to creation options. */
  String create(String challenge, String origin, String host) {
    byte[] client = client("webauthn.create", challenge, origin);
    byte[] authenticator =
        bytes(
            data(host, (byte) (PRESENT_AND_VERIFIED | WITH_CREDENTIAL)),
            new byte[16],
            new byte[] {0, (byte) id.length},
            id,
            coseKey());
    byte[] attestation =
        bytes(
            new byte[] {(byte) 0xa3},
            text("fmt"),
            text("none"),
            text("attStmt"),
            new byte[] {(byte) 0xa0},
            text("authData"),
            binary(authenticator));
    return "{\"id\":\"%1$s\",\"rawId\":\"%1$s\",\"type\":\"public-key\",\"response\":{\"clientDataJSON\":\"%2$s\",\"attestationObject\":\"%3$s\",\"transports\":[\"internal\"]},\"clientExtensionResults\":{}}"
        .formatted(id(), encoded(client), encoded(attestation));
  }

  /** The browser's answer to request options. */
  String sign(String challenge, String origin, String host, String account) {
    counter++;
    byte[] client = client("webauthn.get", challenge, origin);
    byte[] authenticator = data(host, PRESENT_AND_VERIFIED);
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(authenticator);
      signature.update(sha256(client));
      return "{\"id\":\"%1$s\",\"rawId\":\"%1$s\",\"type\":\"public-key\",\"response\":{\"clientDataJSON\":\"%2$s\",\"authenticatorData\":\"%3$s\",\"signature\":\"%4$s\",\"userHandle\":\"%5$s\"},\"clientExtensionResults\":{}}"
          .formatted(
              id(),
              encoded(client),
              encoded(authenticator),
              encoded(signature.sign()),
              encoded(account.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] client(String type, String challenge, String origin) {
    return "{\"type\":\"%s\",\"challenge\":\"%s\",\"origin\":\"%s\",\"crossOrigin\":false}"
        .formatted(type, challenge, origin)
        .getBytes(StandardCharsets.UTF_8);
  }

  private byte[] data(String host, byte flags) {
    return bytes(
        sha256(host.getBytes(StandardCharsets.UTF_8)),
        new byte[] {flags},
        ByteBuffer.allocate(4).putInt(counter).array());
  }

  private byte[] coseKey() {
    ECPublicKey key = (ECPublicKey) keys.getPublic();
    return bytes(
        new byte[] {(byte) 0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21},
        binary(coordinate(key.getW().getAffineX())),
        new byte[] {0x22},
        binary(coordinate(key.getW().getAffineY())));
  }

  private static byte[] coordinate(BigInteger value) {
    byte[] raw = value.toByteArray();
    byte[] fixed = new byte[32];
    int length = Math.min(32, raw.length);
    System.arraycopy(raw, raw.length - length, fixed, 32 - length, length);
    return fixed;
  }

  private static byte[] text(String value) {
    return bytes(
        new byte[] {(byte) (0x60 + value.length())}, value.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] binary(byte[] value) {
    return bytes(new byte[] {0x58, (byte) value.length}, value);
  }

  private static byte[] bytes(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      for (byte[] part : Arrays.asList(parts)) {
        all.write(part);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all.toByteArray();
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
