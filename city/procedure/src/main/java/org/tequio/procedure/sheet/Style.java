package org.tequio.procedure.sheet;

import java.awt.Color;

/**
 * How a paragraph is written.
 *
 * @param bold true for the heavier face
 * @param size of the letters, in points
 * @param leading from line to line, in points
 * @param before room above it, in points
 * @param color of the letters
 */
public record Style(boolean bold, float size, float leading, float before, Color color) {
  /** What is read first. */
  public static final Color INK = new Color(0x1f, 0x1a, 0x1c);

  /** What is read second; 7:1 on white. */
  public static final Color SOFT = new Color(0x55, 0x4c, 0x50);

  /** The one colour of the program. */
  public static final Color ACCENT = new Color(0xa3, 0x00, 0x50);

  /** What is not certain; 5:1 on white. */
  public static final Color DOUBT = new Color(0x8a, 0x4b, 0x00);

  /** Lines between things. */
  public static final Color LINE = new Color(0xcf, 0xc6, 0xca);

  /** A quiet ground. */
  public static final Color WASH = new Color(0xf7, 0xf3, 0xf5);

  /** The title of a document. */
  public static final Style TITLE = new Style(true, 19, 23, 0, INK);

  /** The heading of a part. */
  public static final Style HEADING = new Style(true, 11.5f, 15, 0, INK);

  /** Text. */
  public static final Style BODY = new Style(false, 9.5f, 13, 0, INK);

  /** Text that stands out. */
  public static final Style STRONG = new Style(true, 9.5f, 13, 0, INK);

  /** Small text. */
  public static final Style SMALL = new Style(false, 8, 10.5f, 0, SOFT);

  /** Small text that warns. */
  public static final Style WARNING = new Style(true, 8.5f, 11.5f, 0, DOUBT);

  /** The same in another colour. */
  public Style in(Color other) {
    return new Style(bold, size, leading, before, other);
  }

  /** The same with other room above it. */
  public Style after(float room) {
    return new Style(bold, size, leading, room, color);
  }
}
