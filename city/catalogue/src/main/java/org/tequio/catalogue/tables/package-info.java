/** The catalogue's own tables: one class holds all of its SQL. Internal to the catalogue. */
@NullMarked
package org.tequio.catalogue.tables;

import org.jspecify.annotations.NullMarked;
