package org.tequio.catalogue;

import org.tequio.feature.LocalText;

/**
 * The terms under which data may be used.
 *
 * @param id its SPDX id, an id of our own where SPDX has none, or its address
 * @param title what it is called
 * @param url where its text stands
 * @param isOpen true where it is known to meet the Open Definition 2.1
 */
public record Licence(String id, LocalText title, String url, boolean isOpen) {}
