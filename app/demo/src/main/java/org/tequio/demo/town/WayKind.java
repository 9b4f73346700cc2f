package org.tequio.demo.town;

/** What a line of the town's network is. */
public enum WayKind {
  /** The outer ring road. */
  EXPRESS(38, "Acceso controlado", "acceso_controlado", true),
  /** The avenues that come in from the country, and the inner ring. */
  PRIMARY(26, "Vialidad primaria", "primaria", true),
  /** Avenues between quarters. */
  SECONDARY(18, "Vialidad secundaria", "secundaria", true),
  /** Streets that gather the traffic of a neighbourhood. */
  COLLECTOR(14, "Colectora", "secundaria", true),
  /** Ordinary streets. */
  LOCAL(10.5, "Local", "local", true),
  /** Streets of the old centre. */
  OLD(10, "Local", "local", true),
  /** Lanes on the hills. */
  LANE(6.5, "Callejón", "peatonal", true),
  /** The roads along the river. */
  BANK(15, "Vialidad secundaria", "secundaria", true),
  /** The railway. */
  RAIL(24, "Vía férrea", "ferrocarril", false),
  /** A brook in its open bed. */
  BROOK(17, "Arroyo", "arroyo", false),
  /** The municipality's limit. */
  LIMIT(8, "Límite", "limite", false);

  private final double width;
  private final String title;
  private final String code;
  private final boolean street;

  WayKind(double width, String title, String code, boolean street) {
    this.width = width;
    this.title = title;
    this.code = code;
    this.street = street;
  }

  /** From house line to house line, metres. */
  public double width() {
    return width;
  }

  /** What it is called. */
  public String title() {
    return title;
  }

  /** What the mobility office writes. */
  public String code() {
    return code;
  }

  /** True where houses may stand on it. */
  public boolean isStreet() {
    return street;
  }

  /** True for the city's own avenues; the rest are the boroughs'. */
  public boolean isMajor() {
    return this == EXPRESS || this == PRIMARY;
  }
}
