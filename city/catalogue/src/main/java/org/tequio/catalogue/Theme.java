package org.tequio.catalogue;

import org.tequio.feature.LocalText;

/**
 * A heading under which layers are listed.
 *
 * @param id lower-case letters: {@code water}
 * @param title what people read
 */
public record Theme(String id, LocalText title) {}
