package org.tequio.procedure.sheet;

import java.io.IOException;
import java.io.InputStream;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/**
 * One weight of Noto Sans inside one document, which takes along only the letters that it uses. It
 * has the letters of Spanish, Portuguese and of the indigenous languages of the continent that are
 * written in Latin script. Belongs to the thread that writes the document.
 */
final class Typeface {
  private final PDFont font;
  private final CmapLookup letters;

  private Typeface(PDFont font, CmapLookup letters) {
    this.font = font;
    this.letters = letters;
  }

  static Typeface regular(PDDocument document) throws IOException {
    return open(document, "noto-sans-regular.ttf");
  }

  static Typeface bold(PDDocument document) throws IOException {
    return open(document, "noto-sans-bold.ttf");
  }

  private static Typeface open(PDDocument document, String resource) throws IOException {
    try (InputStream in = Typeface.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("missing resource " + resource);
      }
      // The document closes it.
      TrueTypeFont font = new TTFParser().parse(new RandomAccessReadBuffer(in.readAllBytes()));
      return new Typeface(PDType0Font.load(document, font, true), font.getUnicodeCmapLookup());
    }
  }

  PDFont font() {
    return font;
  }

  /**
   * A text as it can be written. A letter that the face does not have is named by its number in
   * Unicode, so that no name is changed without a trace.
   */
  String writable(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    Normalizer.normalize(text, Normalizer.Form.NFC)
        .codePoints()
        .forEach(
            c -> {
              if (Character.isWhitespace(c) || Character.isISOControl(c)) {
                shown.append(' ');
              } else if (letters.getGlyphId(c) != 0) {
                shown.appendCodePoint(c);
              } else if (Character.getType(c) != Character.FORMAT) {
                shown.append(String.format(Locale.ROOT, "‹U+%04X›", c));
              }
            });
    return shown.toString();
  }

  /** How wide a writable text is, in points. */
  float width(String writable, float size) {
    try {
      return font.getStringWidth(writable) / 1000 * size;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** A text in lines no wider than this, cut at spaces; a word that is wider is cut anywhere. */
  List<String> lines(String text, float size, float width) {
    List<String> lines = new ArrayList<>();
    for (String paragraph : text.strip().split("\\R")) {
      StringBuilder line = new StringBuilder();
      float used = 0;
      float space = width(" ", size);
      for (String word : writable(paragraph).strip().split(" +")) {
        for (String part : parts(word, size, width)) {
          float wide = width(part, size);
          if (!line.isEmpty() && used + space + wide > width) {
            lines.add(line.toString());
            line.setLength(0);
          }
          used = line.isEmpty() ? wide : used + space + wide;
          line.append(line.isEmpty() ? "" : " ").append(part);
        }
      }
      lines.add(line.toString());
    }
    return lines;
  }

  private List<String> parts(String word, float size, float width) {
    if (width(word, size) <= width) {
      return List.of(word);
    }
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    word.codePoints()
        .forEach(
            c -> {
              String letter = Character.toString(c);
              if (!part.isEmpty() && width(part + letter, size) > width) {
                parts.add(part.toString());
                part.setLength(0);
              }
              part.append(letter);
            });
    parts.add(part.toString());
    return parts;
  }
}
