package org.tequio.formats.table;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Finding;
import org.tequio.feature.Findings;
import org.tequio.formats.SourceFeature;
import org.tequio.formats.SourceLayer.FeatureSink;

/**
 * Turns the rows of a table into features: places them, pads short rows with nulls, sets rows with
 * too many cells aside. One for each time that a table is read. Not thread-safe.
 */
public final class TableRows {
  private final String source;
  private final int width;
  private final TableGeometry geometry;
  private final Findings findings;
  private final FeatureSink sink;

  /**
   * Rows of one table.
   *
   * @param source how findings name it
   * @param width how many columns it has
   * @param findings where to report; a reader that reads twice gives a fresh one the second time
   */
  public TableRows(
      String source, int width, TableGeometry geometry, Findings findings, FeatureSink sink) {
    this.source = source;
    this.width = width;
    this.geometry = geometry;
    this.findings = findings;
    this.sink = sink;
  }

  /**
   * One row.
   *
   * @param line its line or number
   * @param cells as many as stand there; the receiver's own
   */
  public void row(long line, @Nullable Object[] cells) {
    if (cells.length > width && !isBlankFrom(cells, width)) {
      sink.setAside(
          line,
          "line " + line + ": " + cells.length + " cells for " + width + " columns",
          raw(cells));
      return;
    }
    if (cells.length < width) {
      findings.count(
          org.tequio.feature.FindingCode.ROW_SHORT,
          source,
          null,
          Finding.Action.KEPT,
          Finding.Example.of(line, cells.length + " of " + width + " cells: " + raw(cells)));
    }
    @Nullable Object[] values = cells.length == width ? cells : Arrays.copyOf(cells, width);
    byte[] wkb = null;
    try {
      wkb = geometry.wkb(values);
    } catch (BadPlaceException e) {
      String text = e.getMessage() == null ? "" : e.getMessage();
      findings.count(e.code(), source, null, Finding.Action.KEPT, Finding.Example.of(line, text));
    }
    sink.accept(new SourceFeature(line, null, wkb, values));
  }

  private static boolean isBlankFrom(@Nullable Object[] cells, int from) {
    for (int i = from; i < cells.length; i++) {
      Object cell = cells[i];
      if (cell != null && !cell.toString().isBlank()) {
        return false;
      }
    }
    return true;
  }

  private static String raw(@Nullable Object[] cells) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < cells.length && text.length() < 300; i++) {
      Object cell = cells[i];
      text.append(i == 0 ? "" : " | ").append(cell == null ? "" : PlaceFinder.shortened(cell));
    }
    return text.toString();
  }
}
