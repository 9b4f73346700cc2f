package org.tequio.demo.town;

/**
 * A street of one name: an avenue across the town, or one line of a neighbourhood's grid. Its name
 * is given after the town is drawn.
 */
public final class Way {
  private final int id;
  private final WayKind kind;
  private final int colonia;
  private String name = "";

  Way(int id, WayKind kind, int colonia) {
    this.id = id;
    this.kind = kind;
    this.colonia = colonia;
  }

  /** Its number in the town. */
  public int id() {
    return id;
  }

  /** What it is. */
  public WayKind kind() {
    return kind;
  }

  /** The neighbourhood that it belongs to, or -1 for avenues. */
  public int colonia() {
    return colonia;
  }

  /** Its full name: "Calle Ahuehuete". */
  public String name() {
    return name;
  }

  void called(String chosen) {
    name = chosen;
  }
}
