package org.tequio.procedure.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.procedure.KeyRefused;

/** Keys of offices, as authorities hand them out and as a city keeps them. */
class OfficeKeysTest {
  private static final Instant NOW = Instant.parse("2026-11-26T16:00:00Z");
  private static final char[] PASSWORD = "12345678a".toCharArray();

  @TempDir static Path folder;
  private static @Nullable OfficeKey made;

  private static OfficeKeys keysAt(Instant now) {
    return new OfficeKeys(folder.resolve("keys"), Clock.fixed(now, ZoneOffset.UTC));
  }

  private static synchronized OfficeKey made() {
    OfficeKey known = made;
    if (known == null) {
      known = keysAt(NOW).of("agua", "Villa Tequio");
      made = known;
    }
    return known;
  }

  private static byte[] pkcs12() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, PASSWORD);
    store.setKeyEntry("seal", made().key(), PASSWORD, new Certificate[] {made().certificate()});
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    store.store(bytes, PASSWORD);
    return bytes.toByteArray();
  }

  /** As Mexico's tax authority encrypts it: PBES2 with triple DES. */
  private static byte[] keyOfPair() throws Exception {
    return new JcaPKCS8Generator(
            made().key(),
            new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.DES3_CBC)
                .setProvider(new BouncyCastleProvider())
                .setPassword(PASSWORD)
                .build())
        .generate()
        .getContent();
  }

  @Test
  void aWrongPasswordIsSaidAndNothingIsKept() throws Exception {
    byte[] file = pkcs12();

    assertThatThrownBy(() -> KeyFile.ofPkcs12(file, "wrong".toCharArray()))
        .isInstanceOf(KeyRefused.class)
        .hasMessageContaining("password");
  }

  @Test
  void whatIsNoKeyIsRefused() {
    assertThatThrownBy(() -> KeyFile.ofPkcs12(new byte[] {1, 2, 3}, PASSWORD))
        .isInstanceOf(KeyRefused.class);
    assertThatThrownBy(() -> KeyFile.ofPair(new byte[] {1}, new byte[] {2}, PASSWORD))
        .isInstanceOf(KeyRefused.class);
  }

  @Test
  void aKeyBesideTheCertificateOfAnotherIsRefused(@TempDir Path elsewhere) throws Exception {
    byte[] key = keyOfPair();
    byte[] others =
        new OfficeKeys(elsewhere.resolve("keys"), Clock.fixed(NOW, ZoneOffset.UTC))
            .of("agua", "Another")
            .certificate()
            .getEncoded();

    assertThatThrownBy(() -> KeyFile.ofPair(others, key, PASSWORD))
        .isInstanceOf(KeyRefused.class)
        .hasMessageContaining("no pair");
  }

  @Test
  void aKeyThatHasExpiredSignsNothingAndIsNotReplacedInSilence() throws Exception {
    keysAt(NOW).add("obras", KeyFile.ofPkcs12(pkcs12(), PASSWORD));

    assertThatThrownBy(() -> keysAt(NOW.plus(Duration.ofDays(4000))).of("obras", "Villa Tequio"))
        .isInstanceOf(KeyRefused.class)
        .hasMessageContaining("expired");
  }

  @Test
  void bothFormsAreReadAndKeptForTheOwnerAlone() throws Exception {
    OfficeKeys keys = keysAt(NOW);

    keys.add("obras", KeyFile.ofPkcs12(pkcs12(), PASSWORD));
    keys.add("predial", KeyFile.ofPair(made().certificate().getEncoded(), keyOfPair(), PASSWORD));

    OfficeKey read = keysAt(NOW).of("predial", "Villa Tequio");
    assertThat(read.fingerprint()).isEqualTo(made().fingerprint());
    assertThat(read.demo()).isFalse();
    assertThat(keysAt(NOW).list()).containsOnlyKeys("obras", "predial");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("keys/predial.pem"))))
        .isEqualTo("rw-------");
  }

  @Test
  void anOfficeWithoutAKeySignsWithTheCitysOwnWhichSaysSo() {
    assertThat(made().demo()).isTrue();
    assertThat(made().name()).contains("demo");
    assertThat(keysAt(NOW).of("otra", "Villa Tequio").fingerprint())
        .isEqualTo(made().fingerprint());
  }
}
