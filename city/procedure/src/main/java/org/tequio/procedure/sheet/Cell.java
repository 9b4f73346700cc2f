package org.tequio.procedure.sheet;

import java.util.Arrays;
import java.util.List;

/**
 * What stands side by side with others in a row.
 *
 * @param tag its place in the structure, such as {@code TD} (ISO 32000-1, 14.8.4)
 * @param left its left edge, in points from the left margin
 * @param width in points
 * @param paragraphs from the top down
 */
public record Cell(String tag, float left, float width, List<Paragraph> paragraphs) {
  /** Copies the paragraphs. */
  public Cell {
    paragraphs = List.copyOf(paragraphs);
  }

  /** One with these paragraphs. */
  public static Cell of(String tag, float left, float width, Paragraph... paragraphs) {
    return new Cell(tag, left, width, Arrays.asList(paragraphs));
  }

  /** A paragraph. */
  public record Paragraph(Style style, String text) {}
}
