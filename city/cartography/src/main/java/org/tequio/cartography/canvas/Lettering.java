package org.tequio.cartography.canvas;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.GlyphData;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/**
 * A face of letters as outlines. The program brings its own, Alegreya Sans with lining figures, so
 * that a map is the same on a machine without fonts, screens or their libraries. Immutable.
 */
public final class Lettering {
  /** For texts. */
  public static final Lettering MEDIUM = new Lettering("alegreya-sans-medium.ttf");

  /** For names on maps and for headings. */
  public static final Lettering BOLD = new Lettering("alegreya-sans-bold.ttf");

  /** Height of a capital letter as a share of the size. */
  public static final double CAPITAL = 0.644;

  private static final int UNKNOWN = '?';

  private final String resource;
  private final Map<Integer, Glyph> glyphs = new HashMap<>();
  private final double unitsPerEm;

  private record Glyph(Path2D outline, double advance) {}

  private Lettering(String resource) {
    this.resource = resource;
    try (InputStream in = open();
        TrueTypeFont font = new TTFParser().parse(new RandomAccessReadBuffer(in))) {
      this.unitsPerEm = font.getUnitsPerEm();
      CmapLookup cmap = font.getUnicodeCmapLookup();
      for (int c = ' '; c <= 0xFFFF; c++) {
        int gid = cmap.getGlyphId(c);
        if (gid != 0) {
          GlyphData data = font.getGlyph().getGlyph(gid);
          Path2D outline = data == null ? new Path2D.Double() : data.getPath();
          glyphs.put(c, new Glyph(outline, font.getAdvanceWidth(gid)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The face's file. */
  InputStream open() {
    InputStream in = Lettering.class.getResourceAsStream(resource);
    if (in == null) {
      throw new IllegalStateException("missing resource " + resource);
    }
    return in;
  }

  /** A text with what the face does not have replaced. */
  public String known(String text) {
    return text.codePoints()
        .map(c -> glyphs.containsKey(c) ? c : inPlaceOf(c))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** How wide a text is. */
  public double width(String text, double size) {
    return text.codePoints().mapToDouble(c -> glyph(c).advance).sum() * size / unitsPerEm;
  }

  /** Appends the outlines of a text that begins at 0, 0 on its base line, taken elsewhere. */
  public void outline(String text, double size, AffineTransform at, Path2D into) {
    double scale = size / unitsPerEm;
    double x = 0;
    for (int c : text.codePoints().toArray()) {
      Glyph glyph = glyph(c);
      AffineTransform place = new AffineTransform(at);
      place.translate(x, 0);
      place.scale(scale, -scale);
      into.append(glyph.outline.getPathIterator(place), false);
      x += glyph.advance * scale;
    }
  }

  private static int inPlaceOf(int codePoint) {
    return Character.isWhitespace(codePoint) ? ' ' : UNKNOWN;
  }

  private Glyph glyph(int codePoint) {
    Glyph glyph = glyphs.get(codePoint);
    if (glyph == null) {
      glyph = glyphs.get(inPlaceOf(codePoint));
    }
    if (glyph == null) {
      throw new IllegalStateException(resource + " has no question mark");
    }
    return glyph;
  }
}
