package org.tequio.procedure;

import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;

/**
 * Something that the layers or the inputs say, by a name that rules, fees and papers use.
 *
 * @param id by which it is named
 * @param label what people read; null for a step of a calculation, which nobody is shown
 * @param expression what it is (CEL)
 * @param unit UCUM code; null where there is none
 * @param when where it means something to people, and is told (CEL); null for everywhere
 */
public record Fact(
    String id,
    @Nullable LocalText label,
    String expression,
    @Nullable String unit,
    @Nullable String when) {}
