package org.tequio.catalogue.match;

/**
 * Two rows that may be one thing.
 *
 * @param before the feature's id in the state before
 * @param after the row's place in the state after
 * @param score how alike they are, 0 to 1
 * @param distance between their centres, in units of the layer; NaN where one has no place
 * @param sizeBefore area, or the length of what has none
 * @param sizeAfter likewise
 * @param equal columns whose values are equal
 * @param compared columns that are known on one side at least
 * @param keyDiffers true where the department's key says that they are two things
 */
public record Doubt(
    long before,
    int after,
    double score,
    double distance,
    double sizeBefore,
    double sizeAfter,
    int equal,
    int compared,
    boolean keyDiffers) {}
