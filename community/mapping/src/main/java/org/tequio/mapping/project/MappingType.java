package org.tequio.mapping.project;

/** What is mapped. */
public enum MappingType {
  /** Streets and paths. */
  ROADS,
  /** Buildings. */
  BUILDINGS,
  /** Rivers, canals, drains. */
  WATERWAYS,
  /** What the land is used for. */
  LAND_USE,
  /** Anything else. */
  OTHER
}
