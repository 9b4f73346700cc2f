package org.tequio.procedure;

import org.jspecify.annotations.Nullable;
import org.tequio.feature.DataClass;
import org.tequio.feature.LocalText;

/**
 * One question of a procedure to whoever asks for it.
 *
 * @param id by which rules name the answer
 * @param type what may be answered
 * @param question in plain words
 * @param help how to answer it; null where the question says enough
 * @param required false where it may be left open; a rule that needs it then has no answer
 * @param when a condition (CEL) over the inputs before it, without which it is not asked; null
 *     where it always is
 * @param dataClass who may see the answer
 */
public record Input(
    String id,
    InputType type,
    LocalText question,
    @Nullable LocalText help,
    boolean required,
    @Nullable String when,
    DataClass dataClass) {}
