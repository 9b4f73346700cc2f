package org.tequio.publish.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tequio.feature.LayerId;

/**
 * The streets of the city, joined from all layers. Each has its lines, for crossings, and its doors
 * in the order of their numbers. Immutable.
 */
final class Streets {
  /** The largest distance between two known doors between which others are reckoned. */
  private static final double FARTHEST_METERS = 2_000;

  /** Numbers so far from the last known one are not said to be near it. */
  private static final int FARTHEST_NUMBER = 40;

  /** Lines that should meet and do not; half of a wide avenue. */
  private static final double MEETING_METERS = 25;

  private static final double SAME_CROSSING_METERS = 120;
  private static final double OTHER_SIDE_METERS = 20;
  private static final double METERS_PER_UNIT = 111_320 / StreetPieces.SCALE;
  private static final int MOST_STEPS = 500;
  static final int NUMBER_SHIFT = 25;
  static final int STREET_SHIFT = 42;

  private final List<StreetPieces> layers;
  private final NameIndex names;
  private final List<Street> streets;
  // Street, number and place in the list of all doors, in one sorted number each.
  private final long[] doors;
  private final int[] doorBases;
  private final int[] pieceBases;

  /** Takes what {@link StreetJoining} made. */
  Streets(List<StreetPieces> layers, NameIndex names, List<Street> streets, long[] doors) {
    this.layers = layers;
    this.names = names;
    this.streets = streets;
    this.doors = doors;
    this.doorBases = new int[layers.size() + 1];
    this.pieceBases = new int[layers.size() + 1];
    for (int i = 0; i < layers.size(); i++) {
      doorBases[i + 1] = doorBases[i] + layers.get(i).doors();
      pieceBases[i + 1] = pieceBases[i] + layers.get(i).pieces();
    }
  }

  /**
   * One street.
   *
   * @param area the neighbourhoods it lies in, for people
   * @param pieces its lines, as places in the list of all pieces
   * @param box west, south, east, north in {@link StreetPieces} units
   */
  record Street(String title, String area, LayerId layer, long feature, int[] pieces, int[] box) {}

  /** How well a door is known. */
  enum Known {
    EXACT,
    INTERPOLATED,
    NEAREST
  }

  /**
   * Where a house number is.
   *
   * @param number the number that is shown: the nearest known one where the asked is not known
   * @param meters how far off it may be; NaN where nobody knows
   * @param feature 0 where it is reckoned
   */
  record Door(
      Known known,
      HouseNumber number,
      double lon,
      double lat,
      double meters,
      String area,
      LayerId layer,
      long feature) {}

  /** Where two streets meet. */
  record Crossing(double lon, double lat, double meters) {}

  NameIndex names() {
    return names;
  }

  Street street(int number) {
    return streets.get(number);
  }

  int size() {
    return streets.size();
  }

  long bytes() {
    long pieces = streets.stream().mapToLong(s -> s.pieces.length).sum();
    return names.bytes() + 8L * doors.length + 4 * pieces + 150L * streets.size();
  }

  // ---- doors

  /** The door, or where it should be between its neighbours. */
  Optional<Door> findDoor(int street, HouseNumber house) {
    long wanted = (long) street << STREET_SHIFT | (long) house.number() << NUMBER_SHIFT;
    int at = Arrays.binarySearch(doors, wanted);
    at = at < 0 ? -at - 1 : at;
    int same = at;
    while (same < doors.length && doors[same] >>> NUMBER_SHIFT == wanted >>> NUMBER_SHIFT) {
      Door door = door(same, Known.EXACT, 0);
      if (door.number.suffix().equals(house.suffix())) {
        return Optional.of(door);
      }
      same++;
    }
    if (same > at) {
      return Optional.of(door(at, house.suffix().isEmpty() ? Known.EXACT : Known.NEAREST, 20));
    }
    return between(street, house, at);
  }

  private Optional<Door> between(int street, HouseNumber house, int at) {
    int parity = house.number() & 1;
    int below = walk(street, at - 1, -1, parity);
    int above = walk(street, at, 1, parity);
    double widening = 0;
    if (below < 0 || above < 0) {
      int anyBelow = walk(street, at - 1, -1, -1);
      int anyAbove = walk(street, at, 1, -1);
      if (anyBelow >= 0 && anyAbove >= 0) {
        below = anyBelow;
        above = anyAbove;
        widening = OTHER_SIDE_METERS;
      } else {
        below = below < 0 ? anyBelow : below;
        above = above < 0 ? anyAbove : above;
      }
    }
    if (below >= 0 && above >= 0) {
      Door a = door(below, Known.EXACT, 0);
      Door b = door(above, Known.EXACT, 0);
      double meters = meters(a.lon, a.lat, b.lon, b.lat);
      if (meters <= FARTHEST_METERS) {
        return Optional.of(reckoned(a, b, house, meters, widening));
      }
    }
    int only = below >= 0 ? below : above;
    if (only < 0 || Math.abs(number(only) - house.number()) > FARTHEST_NUMBER) {
      return Optional.empty();
    }
    return Optional.of(door(only, Known.NEAREST, Double.NaN));
  }

  private static Door reckoned(Door a, Door b, HouseNumber house, double meters, double widening) {
    double t =
        (house.number() - a.number.number()) / (double) (b.number.number() - a.number.number());
    double off = Math.max(5, Math.max(t, 1 - t) * meters + widening);
    return new Door(
        Known.INTERPOLATED,
        house,
        a.lon + t * (b.lon - a.lon),
        a.lat + t * (b.lat - a.lat),
        off,
        a.area.equals(b.area) ? a.area : "",
        a.layer,
        0);
  }

  /** The next door of a street in one direction on one side of it; -1 where there is none. */
  private int walk(int street, int from, int step, int parity) {
    int at = from;
    for (int i = 0; i < MOST_STEPS && at >= 0 && at < doors.length; i++, at += step) {
      if (doors[at] >>> STREET_SHIFT != street) {
        return -1;
      }
      if (parity < 0 || (number(at) & 1) == parity) {
        return at;
      }
    }
    return -1;
  }

  private int number(int at) {
    return (int) (doors[at] >>> NUMBER_SHIFT) & (1 << STREET_SHIFT - NUMBER_SHIFT) - 1;
  }

  private Door door(int at, Known known, double meters) {
    int place = (int) doors[at] & (1 << NUMBER_SHIFT) - 1;
    int layer = owner(doorBases, place);
    StreetPieces pieces = layers.get(layer);
    int door = place - doorBases[layer];
    return new Door(
        known,
        pieces.house(door),
        pieces.doorX(door) / StreetPieces.SCALE,
        pieces.doorY(door) / StreetPieces.SCALE,
        known == Known.EXACT ? 0 : meters,
        pieces.doorArea(door),
        pieces.layer(),
        pieces.doorFeature(door));
  }

  private static int owner(int[] bases, int place) {
    int at = Arrays.binarySearch(bases, place);
    int owner = at < 0 ? -at - 2 : at;
    while (bases[owner + 1] == bases[owner]) {
      owner++;
    }
    return owner;
  }

  private static double meters(double aLon, double aLat, double bLon, double bLat) {
    double dx = (aLon - bLon) * Math.cos(Math.toRadians(aLat));
    return 111_320 * Math.hypot(dx, aLat - bLat);
  }

  // ---- crossings

  /** Where two streets meet, the best first; empty where they do not. */
  List<Crossing> crossings(int a, int b) {
    int[] aBox = streets.get(a).box;
    int[] bBox = streets.get(b).box;
    int margin = (int) (MEETING_METERS / METERS_PER_UNIT * 1.5);
    if (a == b || apart(aBox, bBox, margin)) {
      return List.of();
    }
    List<int[]> ours = lines(a, bBox, margin);
    List<int[]> theirs = lines(b, aBox, margin);
    double east = Math.cos(Math.toRadians(aBox[1] / StreetPieces.SCALE));
    List<Crossing> found = new ArrayList<>();
    for (int[] one : ours) {
      for (int[] other : theirs) {
        if (!apart(one, other, margin)) {
          meeting(one, other, east).ifPresent(found::add);
        }
      }
    }
    found.sort((x, y) -> Double.compare(x.meters, y.meters));
    List<Crossing> distinct = new ArrayList<>();
    for (Crossing one : found) {
      if (distinct.stream()
          .allMatch(
              known -> meters(known.lon, known.lat, one.lon, one.lat) > SAME_CROSSING_METERS)) {
        distinct.add(one);
      }
    }
    return distinct;
  }

  private static boolean apart(int[] a, int[] b, int margin) {
    return a[0] - margin > b[2]
        || b[0] - margin > a[2]
        || a[1] - margin > b[3]
        || b[1] - margin > a[3];
  }

  /** The pieces near a box: each as its own box, its layer, and its first and last position. */
  private List<int[]> lines(int street, int[] near, int margin) {
    List<int[]> lines = new ArrayList<>();
    for (int place : streets.get(street).pieces) {
      int owner = owner(pieceBases, place);
      StreetPieces layer = layers.get(owner);
      int piece = place - pieceBases[owner];
      int[] line = {
        Integer.MAX_VALUE,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        Integer.MIN_VALUE,
        owner,
        layer.pieceStart(piece),
        layer.pieceStart(piece + 1)
      };
      for (int p = line[5]; p < line[6]; p++) {
        line[0] = Math.min(line[0], layer.x(p));
        line[1] = Math.min(line[1], layer.y(p));
        line[2] = Math.max(line[2], layer.x(p));
        line[3] = Math.max(line[3], layer.y(p));
      }
      if (line[5] < line[6] && !apart(line, near, margin)) {
        lines.add(line);
      }
    }
    return lines;
  }

  private Optional<Crossing> meeting(int[] one, int[] other, double east) {
    StreetPieces a = layers.get(one[4]);
    StreetPieces b = layers.get(other[4]);
    SegmentMeeting nearest = new SegmentMeeting(east * METERS_PER_UNIT, METERS_PER_UNIT);
    for (int p = one[5]; p + 1 < one[6]; p++) {
      for (int q = other[5]; q + 1 < other[6]; q++) {
        nearest.see(a.x(p), a.y(p), a.x(p + 1), a.y(p + 1), b.x(q), b.y(q), b.x(q + 1), b.y(q + 1));
      }
    }
    return nearest.meters() > MEETING_METERS
        ? Optional.empty()
        : Optional.of(
            new Crossing(
                nearest.x() / StreetPieces.SCALE,
                nearest.y() / StreetPieces.SCALE,
                nearest.meters()));
  }
}
