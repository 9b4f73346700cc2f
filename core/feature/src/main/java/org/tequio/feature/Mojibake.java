package org.tequio.feature;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Text that was decoded with the wrong character set at some time of its life: UTF-8 read as
 * Windows-1252 ("InundaciÃ³n"), which can be undone, or letters lost for good ("Inundaci?n").
 */
public final class Mojibake {
  /** Every character fits one byte of ISO 8859-1. */
  public static final byte LATIN = 1;

  /** The text can be recovered by {@link #repair}. */
  public static final byte REPAIRABLE = 2;

  /** Letters are lost. */
  public static final byte LOST = 4;

  /** The text contains an at sign. */
  public static final byte AT_SIGN = 8;

  private static final Charset WINDOWS = Charset.forName("windows-1252");

  private Mojibake() {}

  /** What the characters of a text say about it. */
  public static byte flags(String text) {
    int all = 0;
    boolean question = false;
    boolean at = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      all |= c;
      question |= c == '?';
      at |= c == '@';
    }
    int flags = (all < 256 ? LATIN : 0) | (at ? AT_SIGN : 0);
    if (question && hasLetterLost(text)) {
      return (byte) (flags | LOST);
    }
    return all < 128 ? (byte) flags : (byte) (flags | damage(text));
  }

  private static int damage(String text) {
    boolean suspicious = false;
    boolean lost = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\uFFFD') {
        return LOST;
      }
      if (c == 'Ã' || c == 'Â') {
        suspicious = true;
        char next = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
        boolean afterSmall = i > 0 && Character.isLowerCase(text.charAt(i - 1));
        lost |= next == '?' || afterSmall && !Character.isLetter(next);
      }
    }
    if (!suspicious) {
      return 0;
    }
    return repair(text) != null ? REPAIRABLE : lost ? LOST : 0;
  }

  /** A question mark between two letters, where no address of the web explains it. */
  private static boolean hasLetterLost(String text) {
    if (text.indexOf('=') >= 0 || text.contains("://") || text.contains("www.")) {
      return false;
    }
    for (int i = text.indexOf('?'); i >= 0; i = text.indexOf('?', i + 1)) {
      if (i > 0
          && i + 1 < text.length()
          && Character.isLetter(text.charAt(i - 1))
          && Character.isLetter(text.charAt(i + 1))) {
        return true;
      }
    }
    return false;
  }

  /** The text as it was meant; null where it is not UTF-8 read as Windows-1252. */
  public static @Nullable String repair(String text) {
    try {
      ByteBuffer bytes = encode(text);
      if (bytes == null) {
        return null;
      }
      String repaired =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(bytes)
              .toString();
      return repaired.length() < text.length() ? repaired : null;
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** Windows-1252, with the five bytes that it leaves undefined passed through as controls. */
  private static @Nullable ByteBuffer encode(String text) {
    ByteBuffer bytes = ByteBuffer.allocate(text.length());
    var encoder = WINDOWS.newEncoder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 256 && (c < 0x80 || c >= 0xA0 || isUndefined(c))) {
        bytes.put((byte) c);
      } else if (encoder.canEncode(c)) {
        try {
          bytes.put(encoder.encode(CharBuffer.wrap(new char[] {c})).get());
        } catch (CharacterCodingException e) {
          return null;
        }
      } else {
        return null;
      }
    }
    return bytes.flip();
  }

  private static boolean isUndefined(char c) {
    return c == 0x81 || c == 0x8D || c == 0x8F || c == 0x90 || c == 0x9D;
  }
}
