package org.tequio.demo.town;

/**
 * A district, the smallest unit with streets of its own; the census counts by it.
 *
 * @param id its number in the order of growth
 * @param colonia the number of its neighbourhood
 * @param quarter what it is like
 * @param ring its outline
 * @param age from 0 for the oldest to 1 for the newest
 */
public record District(int id, int colonia, Quarter quarter, Ring ring, double age) {}
