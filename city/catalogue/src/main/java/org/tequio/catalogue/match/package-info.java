/**
 * Which feature of a new version is which of the one before: by the department's key, else by equal
 * content, by columns that turn out to be keys, by geometry and by attributes. Internal to the
 * catalogue.
 */
@NullMarked
package org.tequio.catalogue.match;

import org.jspecify.annotations.NullMarked;
