package org.tequio.osm;

/**
 * What a file brought into the community map.
 *
 * @param nodes new ones, as its fellows
 * @param known those that were there already in the same version
 * @param gone those that the file tells to be deleted; they were left out
 * @param unversioned those of which the file knows no version; they begin with the first
 * @param missingNodes references of ways to nodes that are neither in the file nor on the map
 * @param missingMembers references of relations to what is in neither
 */
public record ImportReport(
    long nodes,
    long ways,
    long relations,
    long known,
    long gone,
    long unversioned,
    long missingNodes,
    long missingMembers) {}
