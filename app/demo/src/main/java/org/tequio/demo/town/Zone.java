package org.tequio.demo.town;

/**
 * A part of the municipality that lines enclose: a postal zone, a neighbourhood or a district.
 *
 * @param id its number among its kind
 * @param parent the number of the zone of the next larger kind, or of the sector
 * @param ring its outline, on the centre lines of its streets
 */
public record Zone(int id, int parent, Ring ring) {}
