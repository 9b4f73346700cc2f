package org.tequio.cartography;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Fills columns with blocks from the top, those of the first page and then those of as many further
 * pages as it takes. Not thread-safe.
 */
final class SheetFlow {
  private final List<Rectangle2D> first;
  private final List<Rectangle2D> further;
  private final List<Placed> placed = new ArrayList<>();
  private int column;
  private double y;

  /** Where a block stands; page 0 is the one with the map. */
  record Placed(int page, double x, double y, SheetBlock block) {}

  SheetFlow(List<Rectangle2D> first, List<Rectangle2D> further) {
    this.first = List.copyOf(first);
    this.further = List.copyOf(further);
    this.y = columnAt(0).getY();
  }

  /** Puts a block where there is room; one that is higher than a whole column is parted. */
  void add(SheetBlock block) {
    SheetBlock rest = block;
    while (true) {
      Rectangle2D here = columnAt(column);
      double room = here.getMaxY() - y;
      boolean empty = y <= here.getY();
      boolean tall = rest.height() > columnAt(column + 1).getHeight();
      Optional<SheetBlock.Parts> parts = tall ? rest.part(room) : Optional.empty();
      if (rest.height() <= room || (empty && parts.isEmpty())) {
        place(rest);
        return;
      }
      if (parts.isPresent()) {
        place(parts.get().head());
        rest = parts.get().rest();
      }
      column++;
      y = columnAt(column).getY();
    }
  }

  /** Puts blocks into a part of the first page that was kept for them. */
  void keep(Rectangle2D place, List<SheetBlock> blocks) {
    double top = place.getY();
    for (SheetBlock block : blocks) {
      placed.add(new Placed(0, place.getX(), top, block));
      top += block.height();
    }
  }

  private void place(SheetBlock block) {
    placed.add(new Placed(pageOf(column), columnAt(column).getX(), y, block));
    y += block.height();
  }

  private Rectangle2D columnAt(int index) {
    return index < first.size()
        ? first.get(index)
        : further.get((index - first.size()) % further.size());
  }

  private int pageOf(int index) {
    return index < first.size() ? 0 : 1 + (index - first.size()) / further.size();
  }

  /** How many pages have something. */
  int pages() {
    return 1 + placed.stream().mapToInt(Placed::page).max().orElse(0);
  }

  /** What stands on a page. */
  List<Placed> on(int page) {
    return placed.stream().filter(one -> one.page() == page).toList();
  }
}
