package org.tequio.procedure.signing;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.SignatureInterface;
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
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.tequio.procedure.KeyRefused;

/**
 * Signs bytes as CAdES wants it inside of PAdES (EN 319 142-1, 6.3): the certificate's hash is
 * signed with them, and the moment is told by the PDF alone.
 */
final class CmsSigner implements SignatureInterface {
  private final OfficeKey key;

  CmsSigner(OfficeKey key) {
    this.key = key;
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
      return generator
          .generate(new CMSProcessableByteArray(content.readAllBytes()), false)
          .getEncoded();
    } catch (GeneralSecurityException | OperatorCreationException | CMSException e) {
      throw new IllegalStateException("could not sign with " + key, e);
    }
  }
}
