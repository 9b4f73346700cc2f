package org.tequio.osm.draft;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a draft without reading it.
 *
 * @param id as the editor chose it
 * @param saved when it was kept last
 * @param changes how many elements it creates, modifies and deletes
 * @param bytes how long its document is
 * @param comment what the mapper wrote for the changeset so far; empty for nothing
 * @param task the task that it belongs to, as {@code project/task}; null for none
 */
record Draft(
    String id, Instant saved, int changes, int bytes, String comment, @Nullable String task) {}
