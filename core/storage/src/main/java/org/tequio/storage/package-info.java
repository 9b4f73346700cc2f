/**
 * The ports of a city's store: features with their revisions and history, the tables of modules,
 * blobs, the audit log. {@code storage-geopackage} and {@code storage-postgis} implement them and
 * pass the contract tests of this module.
 */
@NullMarked
package org.tequio.storage;

import org.jspecify.annotations.NullMarked;
