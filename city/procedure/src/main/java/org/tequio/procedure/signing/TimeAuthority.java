package org.tequio.procedure.signing;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;
import org.jspecify.annotations.Nullable;
import org.tequio.http.Egress;

/**
 * An authority that says when something was signed (RFC 3161), asked over HTTP by the one way out.
 * What it answers is believed only where it is about the very signature that was sent, is signed
 * with a certificate for time stamps, and tells a time near ours. Thread-safe.
 */
public final class TimeAuthority {
  private static final int MOST_BYTES = 64 << 10;
  private static final Duration MOST_APART = Duration.ofMinutes(10);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final URI address;
  private final Egress egress;

  /**
   * One at an address.
   *
   * @param egress under whose rules it is asked
   */
  public TimeAuthority(URI address, Egress egress) {
    this.address = address;
    this.egress = egress;
  }

  /** No time came that can be believed. */
  public static final class NoTime extends IOException {
    private static final long serialVersionUID = 1L;

    NoTime(String why, @Nullable Throwable cause) {
      super(why, cause);
    }
  }

  /**
   * The time at which the authority saw a signature, as a token in DER.
   *
   * @param signature its bytes
   * @param now as our clock has it
   * @throws NoTime where it did not answer, or with what cannot be believed
   */
  byte[] stamp(byte[] signature, Instant now) throws NoTime {
    try {
      TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
      generator.setCertReq(true);
      TimeStampRequest request =
          generator.generate(
              TSPAlgorithms.SHA256,
              MessageDigest.getInstance("SHA-256").digest(signature),
              new BigInteger(64, RANDOM));
      TimeStampResponse response = new TimeStampResponse(ask(request.getEncoded()));
      response.validate(request);
      TimeStampToken token = response.getTimeStampToken();
      if (token == null) {
        throw new NoTime("refused: " + response.getStatusString(), null);
      }
      requireGenuine(token);
      Instant told = token.getTimeStampInfo().getGenTime().toInstant();
      if (Duration.between(told, now).abs().compareTo(MOST_APART) > 0) {
        throw new NoTime("its clock says " + told + ", ours " + now, null);
      }
      return token.getEncoded();
    } catch (NoTime e) {
      throw e;
    } catch (IOException | TSPException | OperatorCreationException e) {
      throw new NoTime(address + ": " + e.getMessage(), e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private byte[] ask(byte[] request) throws IOException {
    Map<String, String> headers =
        Map.of(
            "Content-Type", "application/timestamp-query",
            "Accept", "application/timestamp-reply");
    try (Egress.Answer answer = egress.post(address, headers, request)) {
      if (answer.status() != 200) {
        throw new NoTime(address + " answered " + answer.status(), null);
      }
      byte[] bytes = answer.body().readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new NoTime(address + " answered more than " + MOST_BYTES + " bytes", null);
      }
      return bytes;
    }
  }

  private static void requireGenuine(TimeStampToken token)
      throws TSPException, OperatorCreationException, NoTime {
    @SuppressWarnings("unchecked") // as the library declares it
    Collection<X509CertificateHolder> signers = token.getCertificates().getMatches(token.getSID());
    if (signers.isEmpty()) {
      throw new NoTime("the token has no certificate", null);
    }
    try {
      token.validate(new JcaSimpleSignerInfoVerifierBuilder().build(signers.iterator().next()));
    } catch (java.security.cert.CertificateException e) {
      throw new NoTime("the token's certificate cannot be read", e);
    }
  }
}
