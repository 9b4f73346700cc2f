package org.tequio.procedure;

import java.time.Period;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;

/**
 * What comes out of a procedure.
 *
 * @param name of the paper
 * @param template by which it is written; null for an answer on the screen
 * @param validity how long it holds; null where it does not end or nobody said
 * @param basis on what this stands
 */
public record Result(
    LocalText name, @Nullable String template, @Nullable Period validity, Basis basis) {}
