package org.tequio.procedure.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampToken;
import org.bouncycastle.tsp.TimeStampTokenGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.http.Egress;
import org.tequio.http.EgressRules;

/** An authority of time made here, which answers as it is told to, also badly. */
class TimeAuthorityTest {
  private static final ASN1ObjectIdentifier POLICY = new ASN1ObjectIdentifier("1.2.3.4.1");
  private static final Instant NOW = Instant.parse("2026-11-26T16:00:00Z");
  private static final byte[] SIGNATURE = {1, 2, 3};

  @TempDir Path folder;
  private HttpServer server;
  private Egress egress;
  private TimeAuthority authority;
  private Instant told = NOW;
  private boolean isForTime = true;
  private boolean isAboutSomethingElse;
  private int status = 200;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/tsa", this::answer);
    server.start();
    egress = new Egress(EgressRules.STANDARD.allowing("127.0.0.1"));
    authority = new TimeAuthority(address(), egress);
  }

  @AfterEach
  void close() throws IOException {
    server.stop(0);
    egress.close();
  }

  private URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/tsa");
  }

  private void answer(HttpExchange call) throws IOException {
    try (call) {
      byte[] asked = call.getRequestBody().readAllBytes();
      assertThat(call.getRequestHeaders().getFirst("Content-Type"))
          .isEqualTo("application/timestamp-query");
      byte[] reply = reply(new TimeStampRequest(asked));
      call.getResponseHeaders().set("Content-Type", "application/timestamp-reply");
      call.sendResponseHeaders(status, reply.length);
      call.getResponseBody().write(reply);
    } catch (GeneralSecurityException | OperatorCreationException | TSPException e) {
      throw new IOException(e);
    }
  }

  private byte[] reply(TimeStampRequest asked)
      throws GeneralSecurityException, OperatorCreationException, TSPException, IOException {
    KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
    keys.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = keys.generateKeyPair();
    X509Certificate certificate = certificate(pair);
    TimeStampTokenGenerator tokens =
        new TimeStampTokenGenerator(
            new JcaSimpleSignerInfoGeneratorBuilder()
                .build("SHA256withECDSA", pair.getPrivate(), certificate),
            new JcaDigestCalculatorProviderBuilder()
                .build()
                .get(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256)),
            POLICY);
    tokens.addCertificates(new JcaCertStore(List.of(certificate)));
    TimeStampRequest about =
        isAboutSomethingElse
            ? new org.bouncycastle.tsp.TimeStampRequestGenerator()
                .generate(TSPAlgorithms.SHA256, new byte[32], asked.getNonce())
            : asked;
    return new TimeStampResponseGenerator(tokens, TSPAlgorithms.ALLOWED)
        .generateGrantedResponse(about, BigInteger.TEN, Date.from(told))
        .getEncoded();
  }

  private X509Certificate certificate(KeyPair pair)
      throws GeneralSecurityException, OperatorCreationException, IOException {
    X500Name name = new X500Name("CN=The clock of the test");
    return new JcaX509CertificateConverter()
        .getCertificate(
            new JcaX509v3CertificateBuilder(
                    name,
                    BigInteger.ONE,
                    Date.from(NOW.minus(Duration.ofDays(10))),
                    Date.from(NOW.plus(Duration.ofDays(10))),
                    name,
                    pair.getPublic())
                .addExtension(
                    Extension.extendedKeyUsage,
                    true,
                    new ExtendedKeyUsage(
                        isForTime
                            ? KeyPurposeId.id_kp_timeStamping
                            : KeyPurposeId.id_kp_codeSigning))
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
  }

  private void assertNoTime() {
    assertThatThrownBy(() -> authority.stamp(SIGNATURE, NOW))
        .isInstanceOf(TimeAuthority.NoTime.class);
  }

  // ---- what is not believed

  @Test
  void anAuthorityThatIsNotThereOrNotWellGivesNoTime() {
    status = 503;
    assertNoTime();
    server.stop(0);
    assertNoTime();
  }

  @Test
  void anAddressThatTheRulesForbidIsNotAsked() throws IOException {
    try (Egress strict = new Egress(EgressRules.STANDARD)) {
      authority = new TimeAuthority(address(), strict);
      assertNoTime();
    }
  }

  @Test
  void aTokenAboutAnotherSignatureIsNoTimeOfThisOne() {
    isAboutSomethingElse = true;
    assertNoTime();
  }

  @Test
  void aCertificateThatIsNotForTimeIsNotBelieved() {
    isForTime = false;
    assertNoTime();
  }

  @Test
  void aClockThatIsAnHourOffIsNotBelieved() {
    told = NOW.plus(Duration.ofHours(1));
    assertNoTime();
  }

  // ---- what is

  @Test
  void aSignedDocumentCarriesTheAuthoritysTimeOfItsVerySignature()
      throws IOException, CMSException, TSPException, GeneralSecurityException {
    told = NOW.plusSeconds(3);
    OfficeKey key =
        new OfficeKeys(folder, Clock.fixed(NOW, java.time.ZoneOffset.UTC)).of("water", "Villa");

    byte[] signed = SignedPdf.of(plain(), key, "Agua", "a test", "Villa", NOW, authority);

    try (PDDocument document = Loader.loadPDF(signed)) {
      PDSignature signature = document.getSignatureDictionaries().getFirst();
      CMSSignedData cms = new CMSSignedData(signature.getContents(signed));
      SignerInformation signer = cms.getSignerInfos().getSigners().iterator().next();
      var beside =
          Objects.requireNonNull(signer.getUnsignedAttributes())
              .get(PKCSObjectIdentifiers.id_aa_signatureTimeStampToken);
      TimeStampToken token =
          new TimeStampToken(
              new CMSSignedData(
                  beside.getAttrValues().getObjectAt(0).toASN1Primitive().getEncoded()));
      assertThat(token.getTimeStampInfo().getGenTime()).isEqualTo(Date.from(told));
      assertThat(token.getTimeStampInfo().getMessageImprintDigest())
          .isEqualTo(MessageDigest.getInstance("SHA-256").digest(signer.getSignature()));
    }
  }

  private static byte[] plain() throws IOException {
    try (PDDocument document = new PDDocument()) {
      document.addPage(new PDPage());
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      document.save(bytes);
      return bytes.toByteArray();
    }
  }
}
