package org.tequio.procedure.signing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.GregorianCalendar;
import java.util.TimeZone;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.SignatureOptions;
import org.jspecify.annotations.Nullable;

/** Puts signatures on PDF. */
public final class SignedPdf {
  private static final int ROOM_FOR_SIGNATURE = 24_576;

  private SignedPdf() {}

  /**
   * The same document with an invisible signature over all of it, which also says that nothing in
   * it may be changed (ISO 32000-1, 12.8.2.2, level 1).
   *
   * @param pdf not signed yet
   * @param signer whom readers name
   * @param reason why it was signed
   * @param place where
   * @param time says when it was signed; null where our own clock is enough
   * @throws TimeAuthority.NoTime where it should say so and did not
   */
  public static byte[] of(
      byte[] pdf,
      OfficeKey key,
      String signer,
      String reason,
      String place,
      Instant at,
      @Nullable TimeAuthority time)
      throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf);
        SignatureOptions options = new SignatureOptions()) {
      PDSignature signature = new PDSignature();
      signature.setFilter(PDSignature.FILTER_ADOBE_PPKLITE);
      signature.setSubFilter(COSName.getPDFName("ETSI.CAdES.detached"));
      signature.setName(signer);
      signature.setReason(reason);
      signature.setLocation(place);
      GregorianCalendar moment = new GregorianCalendar(TimeZone.getTimeZone("UTC"));
      moment.setTimeInMillis(at.toEpochMilli());
      signature.setSignDate(moment);
      forbidChanges(document, signature);
      options.setPreferredSignatureSize(ROOM_FOR_SIGNATURE);
      document.addSignature(signature, new CmsSigner(key, time, at), options);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(pdf.length + (1 << 16));
      document.saveIncremental(bytes);
      return bytes.toByteArray();
    }
  }

  private static void forbidChanges(PDDocument document, PDSignature signature) {
    COSDictionary parameters = new COSDictionary();
    parameters.setItem(COSName.TYPE, COSName.getPDFName("TransformParams"));
    parameters.setItem(COSName.P, COSInteger.ONE);
    parameters.setName(COSName.V, "1.2");
    parameters.setNeedToBeUpdated(true);
    COSDictionary reference = new COSDictionary();
    reference.setItem(COSName.TYPE, COSName.getPDFName("SigRef"));
    reference.setItem(COSName.getPDFName("TransformMethod"), COSName.getPDFName("DocMDP"));
    reference.setItem(COSName.getPDFName("TransformParams"), parameters);
    reference.setNeedToBeUpdated(true);
    COSArray references = new COSArray();
    references.add(reference);
    references.setNeedToBeUpdated(true);
    signature.getCOSObject().setItem(COSName.getPDFName("Reference"), references);
    COSDictionary catalog = document.getDocumentCatalog().getCOSObject();
    COSDictionary permissions = new COSDictionary();
    permissions.setItem(COSName.getPDFName("DocMDP"), signature.getCOSObject());
    permissions.setNeedToBeUpdated(true);
    catalog.setItem(COSName.getPDFName("Perms"), permissions);
    catalog.setNeedToBeUpdated(true);
  }
}
