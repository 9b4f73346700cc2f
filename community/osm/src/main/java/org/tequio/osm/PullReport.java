package org.tequio.osm;

/**
 * What was brought from the map that a city follows.
 *
 * @param sequence the last change that is in
 * @param newest the last change that they have
 * @param taken elements that are now as they are there
 * @param merged elements with the changes of both sides
 * @param same elements on which both sides agree already
 * @param conflicts elements that wait for a person, in all
 * @param elsewhere elements that are not of this city
 */
public record PullReport(
    long sequence,
    long newest,
    long taken,
    long merged,
    long same,
    long conflicts,
    long elsewhere) {}
