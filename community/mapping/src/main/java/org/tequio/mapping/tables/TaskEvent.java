package org.tequio.mapping.tables;

import org.jspecify.annotations.Nullable;
import org.tequio.mapping.task.TaskState;

/**
 * One thing that happened to a task. Events are never changed and never removed: what is counted is
 * counted from them.
 *
 * @param number grows with time, through all projects
 * @param at milliseconds since 1970
 * @param account who did it
 * @param text the state, or what was said
 * @param state the new state; null where it stayed
 * @param undoes the event that this one takes back; null for none
 * @param priorState the state before
 * @param priorMapper who had mapped it before; null for nobody
 * @param priorValidator who had validated it before; null for nobody
 */
public record TaskEvent(
    long number,
    long project,
    int task,
    long at,
    String account,
    EventKind kind,
    String text,
    @Nullable TaskState state,
    @Nullable Long undoes,
    TaskState priorState,
    @Nullable String priorMapper,
    @Nullable String priorValidator) {}
