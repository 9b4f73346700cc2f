package org.tequio.procedure.signing;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/**
 * What an office signs with. Immutable.
 *
 * @param key never written anywhere but into the folder of keys
 * @param chain its certificate first, then those who vouch for it as far as they are known
 * @param demo true where the city made it for itself: it shows that nothing was altered, and tells
 *     nobody who signed
 */
public record OfficeKey(PrivateKey key, List<X509Certificate> chain, boolean demo) {
  /** Copies the chain; refuses an empty one. */
  public OfficeKey {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("a key without a certificate");
    }
  }

  /** Its certificate. */
  public X509Certificate certificate() {
    return chain.getFirst();
  }

  /** Whom its certificate names: a common name, else the whole. */
  public String name() {
    X500Name subject = X500Name.getInstance(certificate().getSubjectX500Principal().getEncoded());
    RDN[] common = subject.getRDNs(BCStyle.CN);
    // Not IETFUtils.valueToString: it escapes a comma, which is for names that are taken apart
    // again.
    return common.length > 0 && common[0].getFirst().getValue() instanceof ASN1String name
        ? name.getString()
        : subject.toString();
  }

  /** True where its certificate holds at a moment. */
  public boolean holdsAt(Instant moment) {
    return !moment.isBefore(certificate().getNotBefore().toInstant())
        && !moment.isAfter(certificate().getNotAfter().toInstant());
  }

  /** The SHA-256 of its certificate in 64 hexadecimal digits. */
  public String fingerprint() {
    return fingerprint(certificate());
  }

  static String fingerprint(X509Certificate certificate) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public String toString() {
    return "the key of " + name();
  }
}
