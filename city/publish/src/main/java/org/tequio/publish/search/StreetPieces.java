package org.tequio.publish.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tequio.feature.LayerId;

/**
 * What one layer knows of streets: pieces of their lines, and doors with their numbers. Positions
 * are ten-millionths of a degree, which is a centimetre. Filled once, then only read.
 */
final class StreetPieces {
  static final double SCALE = 1e7;

  private final LayerId layer;
  private final Map<String, Integer> nameNumbers = new HashMap<>();
  private final List<String> names = new ArrayList<>();
  private final Map<String, Integer> areaNumbers = new HashMap<>();
  private final List<String> areas = new ArrayList<>();
  private final Map<String, Integer> suffixNumbers = new HashMap<>();
  private final List<String> suffixes = new ArrayList<>();

  private int[] xy = new int[256];
  private int positions;
  private int[] pieceStarts = new int[64];
  private int[] pieceNames = new int[64];
  private long[] pieceFeatures = new long[64];
  private int pieces;

  private int[] doorNames = new int[64];
  private int[] doorNumbers = new int[64];
  private int[] doorSuffixes = new int[64];
  private int[] doorAreas = new int[64];
  private int[] doorXy = new int[128];
  private long[] doorFeatures = new long[64];
  private int doors;

  StreetPieces(LayerId layer) {
    this.layer = layer;
    number("", suffixNumbers, suffixes);
    number("", areaNumbers, areas);
  }

  LayerId layer() {
    return layer;
  }

  boolean isEmpty() {
    return pieces == 0 && doors == 0;
  }

  long bytes() {
    return 4L * (xy.length + pieceStarts.length + pieceNames.length)
        + 8L * (pieceFeatures.length + doorFeatures.length)
        + 4L * (doorNames.length + doorNumbers.length + doorSuffixes.length)
        + 4L * (doorAreas.length + doorXy.length);
  }

  private static int number(String text, Map<String, Integer> numbers, List<String> texts) {
    Integer known = numbers.get(text);
    if (known != null) {
      return known;
    }
    numbers.put(text, texts.size());
    texts.add(text);
    return texts.size() - 1;
  }

  private static int fixed(double degrees) {
    return (int) Math.round(degrees * SCALE);
  }

  /** Begins a piece of a street's line; its positions follow. */
  void line(String name, long feature) {
    if (pieces + 1 >= pieceStarts.length) {
      pieceStarts = Arrays.copyOf(pieceStarts, pieces * 2 + 2);
      pieceNames = Arrays.copyOf(pieceNames, pieces * 2 + 2);
      pieceFeatures = Arrays.copyOf(pieceFeatures, pieces * 2 + 2);
    }
    pieceStarts[pieces] = positions;
    pieceNames[pieces] = number(name, nameNumbers, names);
    pieceFeatures[pieces] = feature;
    pieces++;
    pieceStarts[pieces] = positions;
  }

  /** A position of the piece that was begun last. */
  void position(double lon, double lat) {
    if (positions * 2 + 2 > xy.length) {
      xy = Arrays.copyOf(xy, xy.length * 2);
    }
    xy[positions * 2] = fixed(lon);
    xy[positions * 2 + 1] = fixed(lat);
    positions++;
    pieceStarts[pieces] = positions;
  }

  /** A door; {@code area} is the neighbourhood as its row says, empty where it does not. */
  void door(String street, HouseNumber house, String area, long feature, double lon, double lat) {
    if (doors == doorNames.length) {
      int more = doors * 2;
      doorNames = Arrays.copyOf(doorNames, more);
      doorNumbers = Arrays.copyOf(doorNumbers, more);
      doorSuffixes = Arrays.copyOf(doorSuffixes, more);
      doorAreas = Arrays.copyOf(doorAreas, more);
      doorXy = Arrays.copyOf(doorXy, more * 2);
      doorFeatures = Arrays.copyOf(doorFeatures, more);
    }
    doorNames[doors] = number(street, nameNumbers, names);
    doorNumbers[doors] = house.number();
    doorSuffixes[doors] = number(house.suffix(), suffixNumbers, suffixes);
    doorAreas[doors] = number(area, areaNumbers, areas);
    doorXy[doors * 2] = fixed(lon);
    doorXy[doors * 2 + 1] = fixed(lat);
    doorFeatures[doors] = feature;
    doors++;
  }

  List<String> names() {
    return names;
  }

  int pieces() {
    return pieces;
  }

  int pieceName(int piece) {
    return pieceNames[piece];
  }

  long pieceFeature(int piece) {
    return pieceFeatures[piece];
  }

  /** The first position of a piece; one past its last is that of the next piece. */
  int pieceStart(int piece) {
    return pieceStarts[piece];
  }

  int x(int position) {
    return xy[position * 2];
  }

  int y(int position) {
    return xy[position * 2 + 1];
  }

  int doors() {
    return doors;
  }

  int doorName(int door) {
    return doorNames[door];
  }

  HouseNumber house(int door) {
    return new HouseNumber(doorNumbers[door], suffixes.get(doorSuffixes[door]));
  }

  int doorNumber(int door) {
    return doorNumbers[door];
  }

  String doorArea(int door) {
    return areas.get(doorAreas[door]);
  }

  int doorAreaNumber(int door) {
    return doorAreas[door];
  }

  long doorFeature(int door) {
    return doorFeatures[door];
  }

  int doorX(int door) {
    return doorXy[door * 2];
  }

  int doorY(int door) {
    return doorXy[door * 2 + 1];
  }
}
