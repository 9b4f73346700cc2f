package org.tequio.feature;

/**
 * One entry of a code list: what is stored and what people read.
 *
 * @param value the stored value
 * @param label what it means
 */
public record Code(String value, LocalText label) {}
