package org.tequio.procedure.signing;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.SignatureInterface;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.SignerInformationStore;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.jspecify.annotations.Nullable;
import org.tequio.procedure.KeyRefused;

/**
 * Signs bytes as CAdES wants it inside of PAdES (EN 319 142-1, 6.3): the certificate's hash is
 * signed with them, and the moment is told by the PDF, or by an authority.
 */
final class CmsSigner implements SignatureInterface {
  private final OfficeKey key;
  private final @Nullable TimeAuthority time;
  private final Instant at;

  /**
   * Signs with a key.
   *
   * @param time says when it was signed (PAdES B-T); null for the moment that the PDF tells
   * @param at as our clock has it
   */
  CmsSigner(OfficeKey key, @Nullable TimeAuthority time, Instant at) {
    this.key = key;
    this.time = time;
    this.at = at;
  }

  static String algorithm(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default ->
          throw new KeyRefused(
              "no se firma con claves " + key.getAlgorithm(),
              "não se assina com chaves " + key.getAlgorithm(),
              "keys of the kind " + key.getAlgorithm() + " are not signed with");
    };
  }

  @Override
  public byte[] sign(InputStream content) throws IOException {
    try {
      X509Certificate certificate = key.certificate();
      AttributeTable attributes =
          new AttributeTable(
              new DERSet(
                  new Attribute(
                      PKCSObjectIdentifiers.id_aa_signingCertificateV2,
                      new DERSet(
                          new SigningCertificateV2(
                              new ESSCertIDv2(
                                  MessageDigest.getInstance("SHA-256")
                                      .digest(certificate.getEncoded())))))));
      DefaultSignedAttributeTableGenerator usual =
          new DefaultSignedAttributeTableGenerator(attributes);
      CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
      generator.addSignerInfoGenerator(
          new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
              .setSignedAttributeGenerator(
                  parameters -> usual.getAttributes(parameters).remove(CMSAttributes.signingTime))
              .build(
                  new JcaContentSignerBuilder(algorithm(key.key())).build(key.key()), certificate));
      generator.addCertificates(new JcaCertStore(key.chain()));
      CMSSignedData signed =
          generator.generate(new CMSProcessableByteArray(content.readAllBytes()), false);
      return time == null ? signed.getEncoded() : stamped(signed, time).getEncoded();
    } catch (GeneralSecurityException | OperatorCreationException | CMSException e) {
      throw new IllegalStateException("could not sign with " + key, e);
    }
  }

  /** The same with the authority's token beside the signature (EN 319 122-1, 5.3). */
  private CMSSignedData stamped(CMSSignedData signed, TimeAuthority authority) throws IOException {
    SignerInformation signer = signed.getSignerInfos().getSigners().iterator().next();
    byte[] token = authority.stamp(signer.getSignature(), at);
    AttributeTable beside =
        new AttributeTable(
            new DERSet(
                new Attribute(
                    PKCSObjectIdentifiers.id_aa_signatureTimeStampToken,
                    new DERSet(ASN1Primitive.fromByteArray(token)))));
    return CMSSignedData.replaceSigners(
        signed,
        new SignerInformationStore(SignerInformation.replaceUnsignedAttributes(signer, beside)));
  }
}
