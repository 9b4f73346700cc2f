/**
 * The catalogue's own tables: all of its SQL, what imports say in one class and what stewards say
 * in another. Internal to the catalogue.
 */
@NullMarked
package org.tequio.catalogue.tables;

import org.jspecify.annotations.NullMarked;
