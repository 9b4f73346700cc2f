package org.tequio.mapping.project;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A mapping project.
 *
 * @param id its number
 * @param author the account that made it
 * @param created when
 * @param updated when it, or one of its tasks, last changed
 * @param area its ground, a GeoJSON MultiPolygon
 * @param isGrid true where its tasks are tiles
 * @param priorityAreas what of it comes first, a GeoJSON MultiPolygon; null for nothing
 * @param settings what its coordinators decide
 */
public record Project(
    long id,
    String author,
    Instant created,
    Instant updated,
    String area,
    boolean isGrid,
    @Nullable String priorityAreas,
    ProjectSettings settings) {}
