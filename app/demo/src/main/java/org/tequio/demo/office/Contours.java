package org.tequio.demo.office;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Draws the areas where a field is not negative, as polygons with holes: marching squares over a
 * grid. The outlines never touch each other. Pure.
 */
final class Contours {
  /** A number at every place of the plan. */
  @FunctionalInterface
  interface Field {
    double at(double x, double y);
  }

  private final double[] values;
  private final int columns;
  private final int rows;
  private final double originX;
  private final double originY;
  private final double cell;

  private Contours(Field field, double reach, double cell) {
    this.cell = cell;
    this.columns = (int) (2 * reach / cell) + 3;
    this.rows = columns;
    this.originX = -reach - cell;
    this.originY = -reach - cell;
    this.values = new double[columns * rows];
    for (int j = 0; j < rows; j++) {
      for (int i = 0; i < columns; i++) {
        boolean edge = i == 0 || j == 0 || i == columns - 1 || j == rows - 1;
        double v = edge ? -1 : field.at(originX + i * cell, originY + j * cell);
        values[j * columns + i] = v == 0 ? -1e-9 : v;
      }
    }
  }

  /**
   * The areas where the field is not negative.
   *
   * @param reach half the side of the square around the main square that is looked at
   * @param cell the distance of two samples
   * @param least areas and holes smaller than this many square metres are left out
   * @return polygons, each an outline and its holes, closed rings of x and y in turn
   */
  static List<double[][]> areas(Field field, double reach, double cell, double least) {
    return new Contours(field, reach, cell).trace(least);
  }

  private List<double[][]> trace(double least) {
    Map<Long, Long> next = new HashMap<>();
    List<Long> starts = new ArrayList<>();
    for (int j = 0; j + 1 < rows; j++) {
      for (int i = 0; i + 1 < columns; i++) {
        cell(i, j, next, starts);
      }
    }
    List<double[]> shells = new ArrayList<>();
    List<double[]> holes = new ArrayList<>();
    for (Long start : starts) {
      if (!next.containsKey(start)) {
        continue;
      }
      double[] xy = new double[64];
      int n = 0;
      Long at = start;
      while (at != null) {
        if (n + 2 > xy.length) {
          xy = Arrays.copyOf(xy, 2 * xy.length);
        }
        place(at, xy, n);
        n += 2;
        at = next.remove(at);
      }
      double[] ring = Arrays.copyOf(xy, n);
      ring[n - 2] = ring[0];
      ring[n - 1] = ring[1];
      double area = area(ring);
      if (Math.abs(area) >= least) {
        (area > 0 ? shells : holes).add(ring);
      }
    }
    List<List<double[]>> polygons = new ArrayList<>();
    for (double[] shell : shells) {
      polygons.add(new ArrayList<>(List.of(shell)));
    }
    for (double[] hole : holes) {
      int owner = -1;
      for (int s = 0; s < shells.size(); s++) {
        if (contains(shells.get(s), hole[0], hole[1])
            && (owner < 0 || area(shells.get(s)) < area(shells.get(owner)))) {
          owner = s;
        }
      }
      if (owner >= 0) {
        polygons.get(owner).add(hole);
      }
    }
    List<double[][]> areas = new ArrayList<>();
    for (List<double[]> polygon : polygons) {
      areas.add(polygon.toArray(new double[0][]));
    }
    return areas;
  }

  // An edge point is named by the cell's corner and 0 for the edge to the east, 1 to the north.
  private long edge(int i, int j, int direction) {
    return (((long) j * columns) + i) * 2 + direction;
  }

  private void cell(int i, int j, Map<Long, Long> next, List<Long> starts) {
    double a = values[j * columns + i];
    double b = values[j * columns + i + 1];
    double c = values[(j + 1) * columns + i + 1];
    double d = values[(j + 1) * columns + i];
    int code = (a > 0 ? 1 : 0) | (b > 0 ? 2 : 0) | (c > 0 ? 4 : 0) | (d > 0 ? 8 : 0);
    long south = edge(i, j, 0);
    long east = edge(i + 1, j, 1);
    long north = edge(i, j + 1, 0);
    long west = edge(i, j, 1);
    // Lines run with the area on their left.
    switch (code) {
      case 1 -> link(south, west, next, starts);
      case 2 -> link(east, south, next, starts);
      case 3 -> link(east, west, next, starts);
      case 4 -> link(north, east, next, starts);
      case 6 -> link(north, south, next, starts);
      case 7 -> link(north, west, next, starts);
      case 8 -> link(west, north, next, starts);
      case 9 -> link(south, north, next, starts);
      case 11 -> link(east, north, next, starts);
      case 12 -> link(west, east, next, starts);
      case 13 -> link(south, east, next, starts);
      case 14 -> link(west, south, next, starts);
      case 5 -> {
        link(south, west, next, starts);
        link(north, east, next, starts);
      }
      case 10 -> {
        link(east, south, next, starts);
        link(west, north, next, starts);
      }
      default -> {}
    }
  }

  private static void link(long from, long to, Map<Long, Long> next, List<Long> starts) {
    next.put(from, to);
    starts.add(from);
  }

  private void place(long edge, double[] into, int at) {
    int direction = (int) (edge & 1);
    int node = (int) (edge >> 1);
    int i = node % columns;
    int j = node / columns;
    double v = values[node];
    double w = values[direction == 0 ? node + 1 : node + columns];
    // Kept away from the corners so that two outlines never meet in one.
    double t = Math.max(0.06, Math.min(0.94, v / (v - w)));
    into[at] = originX + (i + (direction == 0 ? t : 0)) * cell;
    into[at + 1] = originY + (j + (direction == 0 ? 0 : t)) * cell;
  }

  static double area(double[] ring) {
    double sum = 0;
    for (int i = 0; i + 3 < ring.length; i += 2) {
      sum +=
          (ring[i] - ring[0]) * (ring[i + 3] - ring[1])
              - (ring[i + 2] - ring[0]) * (ring[i + 1] - ring[1]);
    }
    return sum / 2;
  }

  static boolean contains(double[] ring, double px, double py) {
    boolean inside = false;
    for (int i = 0; i + 3 < ring.length; i += 2) {
      if ((ring[i + 1] > py) != (ring[i + 3] > py)
          && px
              < (ring[i + 2] - ring[i]) * (py - ring[i + 1]) / (ring[i + 3] - ring[i + 1])
                  + ring[i]) {
        inside = !inside;
      }
    }
    return inside;
  }
}
