package org.tequio.procedure;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * On what a figure or a rule of a procedure stands.
 *
 * @param law the law or the register that says it, with its article
 * @param source where it was read; null where nobody wrote it down
 * @param noted when it was read; null as above
 * @param confirmed true where the city's lawyers have confirmed it; else people are told that it is
 *     still to be confirmed
 */
public record Basis(
    String law, @Nullable String source, @Nullable LocalDate noted, boolean confirmed) {}
