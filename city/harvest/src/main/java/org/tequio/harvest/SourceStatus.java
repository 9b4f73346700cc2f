package org.tequio.harvest;

import org.jspecify.annotations.Nullable;

/**
 * A source and how it stands.
 *
 * @param source what is pulled
 * @param state how it stands
 * @param lastRun the newest pull that ended; null where there was none
 */
public record SourceStatus(Source source, SourceState state, @Nullable HarvestRun lastRun) {}
