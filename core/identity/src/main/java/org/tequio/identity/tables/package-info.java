/** The tables of this module: one class a table, SQL in the common subset of both stores. */
@NullMarked
package org.tequio.identity.tables;

import org.jspecify.annotations.NullMarked;
