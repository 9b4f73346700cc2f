package org.tequio.cartography;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.cartography.canvas.Lettering;

/** Something of a sheet's margin that stands in one column. */
sealed interface SheetBlock {
  /** How high it is, in CSS pixels. */
  double height();

  /** What of it fits into a height, and the rest; nothing where it cannot be parted there. */
  Optional<Parts> part(double most);

  /** Draws it from a corner on. */
  void draw(Pen pen, double x, double y);

  /** A block in two. */
  record Parts(SheetBlock head, SheetBlock rest) {}

  /** The legend of a layer. */
  record Signs(Legend legend) implements SheetBlock {
    @Override
    public double height() {
      return legend.height();
    }

    @Override
    public Optional<Parts> part(double most) {
      int rows = legend.rowsWithin(most);
      // A title with one sign below it, or one sign alone on the next page, reads badly.
      return rows < 2 || legend.rows() - rows < 2
          ? Optional.empty()
          : Optional.of(new Parts(new Signs(legend.first(rows)), new Signs(legend.after(rows))));
    }

    @Override
    public void draw(Pen pen, double x, double y) {
      double flush = x - Legend.PAD;
      legend.draw(pen.canvas(), flush * pen.unit(), y * pen.unit(), pen.unit());
    }
  }

  /**
   * Small print.
   *
   * @param heading above it; null for none
   * @param lines as they are broken
   */
  record Print(@Nullable String heading, List<String> lines) implements SheetBlock {
    static final double SIZE = 10;
    static final double LEADING = SIZE * 1.25;
    private static final double GAP = 4;

    public Print {
      lines = List.copyOf(lines);
    }

    @Override
    public double height() {
      return (lines.size() + (heading == null ? 0 : 1)) * LEADING + GAP;
    }

    @Override
    public Optional<Parts> part(double most) {
      return Optional.empty();
    }

    @Override
    public void draw(Pen pen, double x, double y) {
      double base = y;
      if (heading != null) {
        base += LEADING;
        pen.text(Lettering.BOLD, heading, SIZE, x, base, Pen.INK);
      }
      for (String line : lines) {
        base += LEADING;
        pen.text(Lettering.MEDIUM, line, SIZE, x, base, Pen.SOFT);
      }
    }
  }
}
