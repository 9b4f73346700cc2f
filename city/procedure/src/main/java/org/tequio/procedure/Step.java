package org.tequio.procedure;

import org.tequio.feature.LocalText;

/**
 * One step of those who handle a procedure.
 *
 * @param id unique in its procedure
 * @param name what is done
 * @param role who does it, as the permissions name roles
 */
public record Step(String id, LocalText name, String role) {}
