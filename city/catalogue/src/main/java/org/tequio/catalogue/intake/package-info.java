/**
 * The road of one import: files are read, transformed, checked and spooled in one pass; what all
 * rows together say decides types, keys and the city's area; then rows go to the store in Hilbert
 * order and everything becomes visible in one revision. Internal to the catalogue.
 */
@NullMarked
package org.tequio.catalogue.intake;

import org.jspecify.annotations.NullMarked;
