package org.tequio.procedure.signing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.tequio.procedure.KeyRefused;

/**
 * Reads keys as authorities hand them out: a PKCS#12 file, or the pair that Mexico's tax authority
 * gives, a certificate in DER ({@code .cer}) and an encrypted PKCS#8 key in DER ({@code .key}).
 */
public final class KeyFile {
  private static final int MOST_BYTES = 1 << 20;
  private static final byte[] PROBE = {1, 2, 3, 4};

  private KeyFile() {}

  /**
   * Reads a PKCS#12 file (RFC 7292).
   *
   * @throws KeyRefused where it is none, the password is another, or it holds no key for signing
   */
  public static OfficeKey ofPkcs12(byte[] file, char[] password) {
    requireShort(file);
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(file), password);
      for (String alias : Collections.list(store.aliases())) {
        Key key = store.getKey(alias, password);
        Certificate[] chain = store.getCertificateChain(alias);
        if (key instanceof PrivateKey secret && chain != null && chain.length > 0) {
          List<X509Certificate> certificates = new ArrayList<>();
          for (Certificate one : chain) {
            certificates.add((X509Certificate) one);
          }
          return matching(new OfficeKey(secret, certificates, false));
        }
      }
    } catch (IOException | GeneralSecurityException e) {
      throw unreadable(e);
    }
    throw new KeyRefused(
        "el archivo no contiene una clave privada con su certificado",
        "o arquivo não contém uma chave privada com o seu certificado",
        "the file holds no private key with its certificate");
  }

  /**
   * Reads a certificate and its encrypted key, both in DER (X.509; PKCS#8, RFC 5958).
   *
   * @throws KeyRefused where they are not that, the password is another, or they are no pair
   */
  public static OfficeKey ofPair(byte[] certificate, byte[] key, char[] password) {
    requireShort(certificate);
    requireShort(key);
    try {
      X509Certificate read =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(certificate));
      PrivateKeyInfo info =
          new PKCS8EncryptedPrivateKeyInfo(key)
              .decryptPrivateKeyInfo(
                  new JceOpenSSLPKCS8DecryptorProviderBuilder()
                      .setProvider(new BouncyCastleProvider())
                      .build(password));
      PrivateKey secret =
          KeyFactory.getInstance(read.getPublicKey().getAlgorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
      return matching(new OfficeKey(secret, List.of(read), false));
    } catch (IOException
        | GeneralSecurityException
        | PKCSException
        | OperatorCreationException
        | IllegalArgumentException e) {
      throw unreadable(e);
    }
  }

  private static void requireShort(byte[] file) {
    if (file.length > MOST_BYTES) {
      throw unreadable(null);
    }
  }

  private static KeyRefused unreadable(@org.jspecify.annotations.Nullable Throwable cause) {
    KeyRefused refused =
        new KeyRefused(
            "no se pudo leer la clave: el archivo no es de ese tipo o la contraseña es otra",
            "não se pôde ler a chave: o arquivo não é desse tipo ou a senha é outra",
            "the key could not be read: the file is not of that kind, or the password is another");
    if (cause != null) {
      refused.initCause(cause);
    }
    return refused;
  }

  /** The same key, once it is seen that the certificate is its own and lets it sign. */
  private static OfficeKey matching(OfficeKey key) {
    X509Certificate certificate = key.certificate();
    boolean[] usage = certificate.getKeyUsage();
    if (usage != null && !usage[0] && !usage[1]) {
      throw new KeyRefused(
          "el certificado no sirve para firmar",
          "o certificado não serve para assinar",
          "the certificate is not meant for signing");
    }
    try {
      String algorithm = CmsSigner.algorithm(key.key());
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key.key());
      signature.update(PROBE);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(PROBE);
      if (signature.verify(signed)) {
        return key;
      }
    } catch (GeneralSecurityException e) {
      throw unreadable(e);
    }
    throw new KeyRefused(
        "la clave y el certificado no son pareja",
        "a chave e o certificado não formam um par",
        "the key and the certificate are no pair");
  }
}
