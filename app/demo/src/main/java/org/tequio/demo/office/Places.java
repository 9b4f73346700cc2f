package org.tequio.demo.office;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.tequio.demo.land.Dice;
import org.tequio.demo.town.Block;
import org.tequio.demo.town.Link;
import org.tequio.demo.town.Lot;
import org.tequio.demo.town.Town;

/** Ways to choose places in the town that several offices share. */
final class Places {
  private Places() {}

  /** A lot in its block. */
  record Site(Block block, Lot lot) {
    /** A little behind the middle of the front. */
    double[] door() {
      double[] c = lot.ring().inside();
      return new double[] {
        lot.frontX() + 0.15 * (c[0] - lot.frontX()), lot.frontY() + 0.15 * (c[1] - lot.frontY())
      };
    }
  }

  /** Blocks of one use. */
  static List<Block> blocks(Town town, Block.Use use) {
    return town.blocks().stream().filter(block -> block.use() == use).toList();
  }

  /** Up to so many lots, spread over all blocks with lots, in the order of the blocks. */
  static List<Site> lots(Town town, Dice dice, int count) {
    List<Block> blocks = blocks(town, Block.Use.LOTS);
    List<Site> sites = new ArrayList<>();
    int last = -1;
    for (int i = 0; i < count; i++) {
      int at = (int) ((i + dice.unit()) * blocks.size() / count);
      if (at == last || at >= blocks.size()) {
        continue;
      }
      last = at;
      Block block = blocks.get(at);
      List<Lot> lots = town.lots(block);
      Lot lot = dice.pick(lots);
      if (lot.link() >= 0) {
        sites.add(new Site(block, lot));
      }
    }
    return sites;
  }

  /** Built pieces of streets of the town. */
  static List<Link> streets(Town town) {
    return town.links().stream()
        .filter(link -> link.isBuilt() && link.way().kind().isStreet())
        .filter(link -> length(link.path()) > 12)
        .toList();
  }

  static double length(double[] path) {
    double sum = 0;
    for (int i = 2; i < path.length; i += 2) {
      sum += Math.hypot(path[i] - path[i - 2], path[i + 1] - path[i - 1]);
    }
    return sum;
  }

  /** A link's road in town: where a weight is high it is chosen more often. */
  static Link weighted(List<Link> links, Dice dice, ToDoubleFunction<Link> weight) {
    for (int i = 0; i < 60; i++) {
      Link link = dice.pick(links);
      if (dice.unit() < weight.applyAsDouble(link)) {
        return link;
      }
    }
    return links.getFirst();
  }

  /** Points along a block's street sides, outside the house line. */
  static void along(Town town, Block block, double spacing, double outside, Along each) {
    int n = 0;
    for (int i = 0; i < block.ring().size(); i++) {
      double length = block.ring().length(i);
      if (!town.isStreet(block.ring().link(i)) || length < 3) {
        continue;
      }
      double ax = block.ring().x(i);
      double ay = block.ring().y(i);
      double dx = (block.ring().x(i + 1) - ax) / length;
      double dy = (block.ring().y(i + 1) - ay) / length;
      int pieces = Math.max(1, (int) Math.round(length / spacing));
      for (int k = 0; k < pieces; k++) {
        double t = (k + 0.5) * length / pieces;
        each.at(n++, block.ring().link(i), ax + t * dx + dy * outside, ay + t * dy - dx * outside);
      }
    }
  }

  /** Sees a place at the kerb. */
  @FunctionalInterface
  interface Along {
    /** One place: its number round the block, the street, and where. */
    void at(int number, int link, double x, double y);
  }

  /** Pieces of a path that lie inside the municipality. */
  static List<double[]> inside(Town town, double[] path) {
    List<double[]> parts = new ArrayList<>();
    int from = -1;
    for (int i = 0; i <= path.length; i += 2) {
      boolean in = i < path.length && town.land().inside(path[i], path[i + 1]) > 0.004;
      if (in && from < 0) {
        from = i;
      } else if (!in && from >= 0) {
        if (i - from >= 4) {
          parts.add(java.util.Arrays.copyOfRange(path, from, i));
        }
        from = -1;
      }
    }
    return parts;
  }
}
