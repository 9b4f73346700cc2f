package org.tequio.procedure.signing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;

/**
 * The signatures in the bytes of a PDF that a stranger handed in. Nothing of the document is
 * interpreted: the byte ranges that signatures name and the signatures themselves are looked at,
 * and no more.
 */
public final class SignatureScan {
  private static final Pattern RANGE =
      Pattern.compile(
          "/ByteRange\\s*\\[\\s*(\\d{1,10})\\s+(\\d{1,10})\\s+(\\d{1,10})\\s+(\\d{1,10})\\s*]");
  private static final int MOST_SIGNATURES = 20;
  private static final int MOST_SIGNATURE_BYTES = 1 << 18;

  private SignatureScan() {}

  /**
   * One signature.
   *
   * @param end where what it speaks of ends, in bytes from the beginning of the file
   * @param whole true where that is the whole file but for the signature itself
   * @param fingerprint the SHA-256 of the certificate that comes with it
   * @param intact true where the bytes are those that were signed, by the key of that certificate
   */
  public record Found(int end, boolean whole, String fingerprint, boolean intact) {}

  /** All that can be read, in the order in which they stand. */
  public static List<Found> of(byte[] pdf) {
    List<Found> found = new ArrayList<>();
    Matcher matcher = RANGE.matcher(new String(pdf, StandardCharsets.ISO_8859_1));
    while (found.size() < MOST_SIGNATURES && matcher.find()) {
      long[] range = new long[4];
      for (int i = 0; i < 4; i++) {
        range[i] = Long.parseLong(matcher.group(i + 1));
      }
      read(pdf, range).ifPresent(found::add);
    }
    return found;
  }

  private static Optional<Found> read(byte[] pdf, long[] range) {
    long gap = range[0] + range[1];
    long after = range[2];
    long end = after + range[3];
    if (range[0] != 0 || gap >= after || end > pdf.length || after - gap > MOST_SIGNATURE_BYTES) {
      return Optional.empty();
    }
    // The gap holds the signature in hexadecimal digits between < and >, and nothing else.
    if (pdf[(int) gap] != '<' || pdf[(int) after - 1] != '>') {
      return Optional.empty();
    }
    String digits =
        new String(pdf, (int) gap + 1, (int) (after - gap) - 2, StandardCharsets.ISO_8859_1);
    byte[] content = Arrays.copyOf(pdf, (int) (range[1] + range[3]));
    System.arraycopy(pdf, (int) after, content, (int) range[1], (int) range[3]);
    try {
      return verify(content, HexFormat.of().parseHex(digits))
          .map(seen -> new Found((int) end, end == pdf.length, seen.fingerprint, seen.intact));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private record Seen(String fingerprint, boolean intact) {}

  private static Optional<Seen> verify(byte[] content, byte[] signature) {
    try (ASN1InputStream asn1 = new ASN1InputStream(new ByteArrayInputStream(signature))) {
      CMSSignedData data =
          new CMSSignedData(
              new CMSProcessableByteArray(content), ContentInfo.getInstance(asn1.readObject()));
      for (SignerInformation signer : data.getSignerInfos()) {
        for (Object one : data.getCertificates().getMatches(null)) {
          X509CertificateHolder certificate = (X509CertificateHolder) one;
          if (signer.getSID().match(certificate)) {
            return Optional.of(new Seen(fingerprint(certificate), isIntact(signer, certificate)));
          }
        }
      }
    } catch (IOException | CMSException | RuntimeException e) {
      // A stranger's bytes: whatever is wrong with them, they are no signature.
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static String fingerprint(X509CertificateHolder certificate) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(
              java.security.MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static boolean isIntact(SignerInformation signer, X509CertificateHolder certificate) {
    try {
      return signer.verify(
          new JcaSimpleSignerInfoVerifierBuilder()
              .build(
                  new org.bouncycastle.cert.jcajce.JcaX509CertificateConverter()
                      .getCertificate(certificate)));
    } catch (CMSException | OperatorCreationException | java.security.GeneralSecurityException e) {
      return false;
    }
  }
}
