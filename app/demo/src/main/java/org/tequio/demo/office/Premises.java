package org.tequio.demo.office;

import java.util.ArrayList;
import java.util.List;
import org.tequio.demo.land.Dice;
import org.tequio.demo.town.Block;
import org.tequio.demo.town.District;
import org.tequio.demo.town.Lot;
import org.tequio.demo.town.Quarter;
import org.tequio.demo.town.Ring;
import org.tequio.demo.town.Town;
import org.tequio.demo.town.WayKind;

/**
 * What stands on a lot and who lives there; the same for every office that asks.
 *
 * @param use the cadastre's word
 * @param floors floors of the main building, 0 for empty land
 * @param year when it was built
 * @param dwellings homes
 * @param people people who live there
 * @param footprint covered ground, square metres
 * @param material what the walls are of
 * @param shop true where a business is open to the street
 * @param buildings outlines on the plan: each an outline and its courtyards
 */
record Premises(
    String use,
    int floors,
    int year,
    int dwellings,
    int people,
    double footprint,
    String material,
    boolean shop,
    List<double[][]> buildings) {

  static Premises of(Town town, Block block, Lot lot) {
    Dice dice = Dice.of(town.land().seed(), "premises", block.id(), lot.number());
    District district = town.districts().get(block.district());
    Quarter quarter = district.quarter();
    double area = lot.ring().area();
    if (block.isWhole()) {
      return whole(block, lot, dice);
    }
    WayKind street = lot.link() < 0 ? WayKind.LOCAL : town.links().get(lot.link()).way().kind();
    boolean avenue = street.ordinal() <= WayKind.SECONDARY.ordinal() || street == WayKind.BANK;
    double empty =
        switch (quarter) {
          case CENTER, OLD -> 0.02;
          case GRID -> 0.05;
          case ESTATE -> 0.03;
          case INDUSTRY -> 0.12;
          case HILLSIDE -> 0.10;
          case INFORMAL, VILLAGE -> 0.20;
        };
    int year = year(quarter, district.age(), dice);
    if (dice.chance(empty)) {
      return new Premises("Baldío", 0, 0, 0, 0, 0, "", false, List.of());
    }
    boolean shop = dice.chance(avenue ? 0.55 : quarter == Quarter.CENTER ? 0.45 : 0.07);
    String use =
        quarter == Quarter.INDUSTRY
            ? dice.pick("Industria", "Industria", "Bodega", "Comercio")
            : shop
                ? dice.pick("Mixto", "Mixto", "Comercio")
                : dice.chance(0.02) ? "Oficinas" : "Habitacional";
    int floors =
        switch (quarter) {
          case CENTER -> dice.between(1, 3);
          case OLD -> dice.between(1, 2) + (dice.chance(0.15) ? 1 : 0);
          case GRID -> dice.between(1, 2) + (avenue && dice.chance(0.35) ? dice.between(1, 4) : 0);
          case ESTATE -> 2;
          case INDUSTRY -> dice.between(1, 2);
          case HILLSIDE -> dice.between(1, 3);
          case INFORMAL, VILLAGE -> dice.chance(0.7) ? 1 : 2;
        };
    boolean tower = !shop && quarter == Quarter.GRID && area > 260 && dice.chance(0.12);
    if (tower) {
      floors = dice.between(4, 8);
    }
    List<double[][]> buildings = footprint(lot, quarter, dice, use);
    buildings.removeIf(rings -> Contours.area(rings[0]) < 14);
    double footprint = 0;
    for (double[][] rings : buildings) {
      for (double[] ring : rings) {
        footprint += Contours.area(ring);
      }
    }
    int dwellings =
        use.equals("Habitacional") || use.equals("Mixto")
            ? tower
                ? floors * 2
                : Math.max(1, (int) Math.round(footprint * floors / 145 * dice.between(0.7, 1.1)))
            : 0;
    int people = 0;
    for (int i = 0; i < dwellings; i++) {
      people += dice.between(0, 3) + dice.between(1, 3);
    }
    String material =
        quarter == Quarter.INFORMAL
            ? dice.pick("Lámina", "Tabique", "Tabique", "Mixto")
            : quarter == Quarter.INDUSTRY
                ? dice.pick("Acero", "Concreto")
                : year < 1930
                    ? dice.pick("Adobe", "Cantera", "Tabique")
                    : dice.pick("Tabique", "Tabique", "Concreto");
    return new Premises(use, floors, year, dwellings, people, footprint, material, shop, buildings);
  }

  private static Premises whole(Block block, Lot lot, Dice dice) {
    String use =
        switch (block.use()) {
          case SCHOOL -> "Educación";
          case HOSPITAL -> "Salud";
          case MARKET -> "Mercado";
          case GOVERNMENT -> "Administración pública";
          case CEMETERY -> "Panteón";
          case SPORTS -> "Deportivo";
          case SQUARE, PARK -> "Área verde";
          case GREEN, LOTS -> "Sin uso";
        };
    double share =
        switch (block.use()) {
          case SCHOOL -> 0.7;
          case HOSPITAL -> 0.75;
          case MARKET -> 0.88;
          case GOVERNMENT -> 0.85;
          case SPORTS -> 0.35;
          case CEMETERY, SQUARE, PARK, GREEN, LOTS -> 0;
        };
    List<double[][]> buildings = new ArrayList<>();
    double footprint = 0;
    if (share > 0) {
      Ring ring = lot.ring().inset(side -> 3.0);
      double[][] corners = ring == null ? null : quad(ring, 0);
      if (corners != null) {
        double[][] shape =
            block.use() == Block.Use.MARKET || block.use() == Block.Use.SPORTS
                ? new double[][] {on(corners, 0, 0, share, 0, share, share, 0, share)}
                : new double[][] {
                  on(corners, 0, 0, 1, 0, 1, 0.9, 0, 0.9),
                  on(corners, 0.24, 0.24, 0.24, 0.66, 0.76, 0.66, 0.76, 0.24)
                };
        buildings.add(shape);
        for (double[] r : shape) {
          footprint += Contours.area(r);
        }
      }
    }
    boolean empty = buildings.isEmpty();
    return new Premises(
        use,
        empty ? 0 : block.use() == Block.Use.HOSPITAL ? dice.between(2, 5) : dice.between(1, 3),
        empty ? 0 : dice.between(1905, 2015),
        0,
        0,
        footprint,
        empty ? "" : "Concreto",
        false,
        buildings);
  }

  private static int year(Quarter quarter, double age, Dice dice) {
    int first =
        switch (quarter) {
          case CENTER -> 1780;
          case OLD -> 1880;
          case GRID -> 1945 + (int) (30 * age);
          case ESTATE -> 1985;
          case INDUSTRY -> 1962;
          case HILLSIDE -> 1975;
          case INFORMAL -> 2001;
          case VILLAGE -> 1900;
        };
    double t = dice.unit();
    int last =
        Math.min(2024, first + (quarter == Quarter.CENTER || quarter == Quarter.OLD ? 190 : 48));
    return first + (int) ((last - first) * (quarter == Quarter.CENTER ? t * t : t));
  }

  /** Buildings from the street inwards, in shapes that the quarter builds. */
  private static List<double[][]> footprint(Lot lot, Quarter quarter, Dice dice, String use) {
    double[][] q = quad(lot.ring(), lot.link());
    if (q == null) {
      // Odd lots: a house that keeps its distance on all sides.
      Ring ring = lot.ring().inset(side -> 1.3);
      if (ring == null || ring.area() < 24) {
        return new ArrayList<>();
      }
      double[] closed = new double[2 * ring.size() + 2];
      for (int i = 0; i <= ring.size(); i++) {
        closed[2 * i] = ring.x(i);
        closed[2 * i + 1] = ring.y(i);
      }
      List<double[][]> alone = new ArrayList<>();
      alone.add(new double[][] {closed});
      return alone;
    }
    double depth =
        (Math.hypot(q[3][0] - q[0][0], q[3][1] - q[0][1])
                + Math.hypot(q[2][0] - q[1][0], q[2][1] - q[1][1]))
            / 2;
    double front = Math.hypot(q[1][0] - q[0][0], q[1][1] - q[0][1]);
    double yard =
        switch (quarter) {
          case ESTATE -> 4.2;
          case GRID -> dice.pick(List.of(0.0, 0.0, 2.5, 4.0));
          case INDUSTRY -> 9.0;
          case HILLSIDE, INFORMAL -> dice.between(0.0, 1.5);
          case VILLAGE -> dice.pick(List.of(0.0, 0.0, 5.0));
          case CENTER, OLD -> 0.0;
        };
    double a = Math.min(0.3, yard / depth);
    List<double[][]> all = new ArrayList<>();
    if (quarter == Quarter.INDUSTRY) {
      all.add(new double[][] {on(q, 0.08, a, 0.92, a, 0.92, 0.86, 0.08, 0.86)});
    } else if (quarter == Quarter.CENTER && front > 11 && depth > 18) {
      if (dice.chance(0.45) && front > 13) {
        // A house around its courtyard.
        all.add(
            new double[][] {
              on(q, 0, 0, 1, 0, 1, 0.82, 0, 0.82), on(q, 0.36, 0.3, 0.36, 0.6, 0.7, 0.6, 0.7, 0.3)
            });
      } else {
        all.add(new double[][] {on(q, 0, 0, 1, 0, 1, 0.32, 0.42, 0.32, 0.42, 0.85, 0, 0.85)});
      }
    } else if (dice.chance(0.42)) {
      double wing = dice.between(0.42, 0.6);
      double b = a + dice.between(0.32, 0.42);
      double c = Math.min(0.95, b + dice.between(0.16, 0.34));
      all.add(
          dice.chance(0.5)
              ? new double[][] {on(q, 0, a, 1, a, 1, b, wing, b, wing, c, 0, c)}
              : new double[][] {on(q, 0, a, 1, a, 1, c, 1 - wing, c, 1 - wing, b, 0, b)});
    } else {
      double b = Math.min(0.92, a + dice.between(0.42, 0.7));
      all.add(new double[][] {on(q, 0, a, 1, a, 1, b, 0, b)});
      if (depth > 17 && b < 0.7 && !use.equals("Comercio") && dice.chance(0.4)) {
        all.add(new double[][] {on(q, 0.05, 0.84, 0.55, 0.84, 0.55, 0.985, 0.05, 0.985)});
      }
    }
    return all;
  }

  /** The four corners of a lot: both ends of the front, then the back; null where it has others. */
  private static double @org.jspecify.annotations.Nullable [][] quad(Ring ring, int link) {
    Ring plain = ring.straightened(0.35);
    if (plain.size() != 4) {
      return null;
    }
    int front = 0;
    double longest = -1;
    for (int i = 0; i < 4; i++) {
      if (plain.link(i) == link && plain.length(i) > longest) {
        longest = plain.length(i);
        front = i;
      }
    }
    for (int i = 0; i < 4; i++) {
      if (plain.length(i) < 2.5) {
        return null;
      }
    }
    double[][] corners = new double[4][];
    for (int i = 0; i < 4; i++) {
      corners[i] = new double[] {plain.x(front + i), plain.y(front + i)};
    }
    for (int i = 0; i < 4; i++) {
      double[] a = corners[i];
      double[] b = corners[(i + 1) % 4];
      double[] c = corners[(i + 2) % 4];
      if ((b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0]) < 1) {
        return null;
      }
    }
    return corners;
  }

  /** A closed ring from positions along the front and the depth, both from 0 to 1. */
  private static double[] on(double[][] q, double... st) {
    double[] xy = new double[st.length + 2];
    for (int i = 0; i < st.length; i += 2) {
      double s = st[i];
      double t = st[i + 1];
      for (int k = 0; k < 2; k++) {
        xy[i + k] =
            (1 - t) * ((1 - s) * q[0][k] + s * q[1][k]) + t * ((1 - s) * q[3][k] + s * q[2][k]);
      }
    }
    xy[st.length] = xy[0];
    xy[st.length + 1] = xy[1];
    return xy;
  }
}
