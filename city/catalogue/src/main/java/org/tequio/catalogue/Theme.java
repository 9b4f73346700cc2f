package org.tequio.catalogue;

import org.tequio.feature.LocalText;

/**
 * A heading under which layers are listed.
 *
 * @param id lower-case letters: {@code water}
 * @param title what people read
 * @param iso the topic category of ISO 19115
 * @param dcat the data theme of the European vocabulary that DCAT catalogues use
 */
public record Theme(String id, LocalText title, String iso, String dcat) {}
