package org.tequio.catalogue;

import org.jspecify.annotations.Nullable;

/**
 * The office that answers for a layer: an office and its counter, never a person (ISO 19115
 * pointOfContact, DCAT contactPoint).
 *
 * @param office what it is called; null where the department answers itself
 * @param email of the office; null where there is none
 * @param phone of the office; null where there is none
 * @param url of the office; null where there is none
 */
public record Contact(
    @Nullable String office,
    @Nullable String email,
    @Nullable String phone,
    @Nullable String url) {}
