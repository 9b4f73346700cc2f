package org.tequio.catalogue;

/**
 * A feature of the published layer and one of a new version that may be the same thing. They count
 * as two until someone settles it.
 *
 * @param before the published feature's id
 * @param after the new feature's id
 * @param score how alike they are, 0 to 1
 * @param meters between their centres; NaN where one has no place
 * @param sizeBefore area in m², or length in metres of what has no area
 * @param sizeAfter likewise
 * @param equal attributes with equal values
 * @param compared attributes that are known on one side at least
 * @param keyDiffers true where the department's key says that they are two things
 */
public record DoubtfulMatch(
    long before,
    long after,
    double score,
    double meters,
    double sizeBefore,
    double sizeAfter,
    int equal,
    int compared,
    boolean keyDiffers) {}
