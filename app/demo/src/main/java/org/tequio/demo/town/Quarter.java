package org.tequio.demo.town;

/** What a neighbourhood is like: how its streets run and how its lots are cut. */
public enum Quarter {
  /** The colonial centre around the square. */
  CENTER(94, 94, 10, WayKind.OLD, 15, 34),
  /** The first extensions. */
  OLD(70, 104, 10, WayKind.OLD, 10, 29),
  /** Ordinary neighbourhoods on a grid. */
  GRID(62, 112, 10.5, WayKind.LOCAL, 8.5, 24.5),
  /** Housing estates built at once: narrow lots, all alike. */
  ESTATE(46, 128, 10.5, WayKind.LOCAL, 6.8, 17.5),
  /** Self-built neighbourhoods on the slopes. */
  HILLSIDE(46, 88, 6.5, WayKind.LANE, 8.5, 17.5),
  /** Settlements without papers. */
  INFORMAL(42, 72, 6.5, WayKind.LANE, 7.4, 15.5),
  /** Factories and warehouses along the railway. */
  INDUSTRY(150, 230, 14, WayKind.COLLECTOR, 46, 66),
  /** Villages that the city has reached. */
  VILLAGE(88, 110, 9, WayKind.OLD, 17, 36);

  private final double depth;
  private final double length;
  private final double street;
  private final WayKind kind;
  private final double front;
  private final double lotDepth;

  Quarter(double depth, double length, double street, WayKind kind, double front, double lotDepth) {
    this.depth = depth;
    this.length = length;
    this.street = street;
    this.kind = kind;
    this.front = front;
    this.lotDepth = lotDepth;
  }

  double depth() {
    return depth;
  }

  double length() {
    return length;
  }

  double street() {
    return street;
  }

  WayKind kind() {
    return kind;
  }

  double front() {
    return front;
  }

  double lotDepth() {
    return lotDepth;
  }
}
