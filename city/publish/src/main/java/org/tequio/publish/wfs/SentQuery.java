package org.tequio.publish.wfs;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.publish.ows.OwsException;

/**
 * A query that came as XML, packed into a parameter, so that its next page has an address: nothing
 * is remembered for it.
 */
final class SentQuery {
  static final String PARAMETER = "query";
  static final String START = "startIndex";

  private static final int MAX_BYTES = 64 * 1024;
  private static final int MAX_TEXT = 6000;

  private SentQuery() {}

  /** The value of the parameter; null for a query that is too long for an address. */
  static @Nullable String pack(byte[] xml) {
    if (xml.length > MAX_BYTES) {
      return null;
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      out.write(xml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(packed.toByteArray());
    return text.length() > MAX_TEXT ? null : text;
  }

  /**
   * The query again.
   *
   * @throws OwsException where the text is none, or unpacks to more than any query may have
   */
  static byte[] unpack(String text) {
    try (InflaterInputStream in =
        new InflaterInputStream(new ByteArrayInputStream(Base64.getUrlDecoder().decode(text)))) {
      byte[] xml = in.readNBytes(MAX_BYTES + 1);
      if (xml.length <= MAX_BYTES) {
        return xml;
      }
    } catch (IOException | IllegalArgumentException e) {
      // Told below: it is no query of ours.
    }
    throw OwsException.invalid(
        PARAMETER,
        new LocalText(
            "la dirección de una página, entera",
            "o endereço de uma página, inteiro",
            "the address of a page, whole"),
        text);
  }
}
