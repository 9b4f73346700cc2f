package org.tequio.catalogue;

import org.tequio.feature.LocalText;

/**
 * A kind of layer that the dictionary knows.
 *
 * @param id such as {@code cat.predio}
 * @param title what people read
 */
public record Kind(String id, LocalText title) {}
