/**
 * What all tables share, whatever file they come in: their header, the coordinates among their
 * columns, cells that must not become formulas; and JSON arrays of records. Used by the other
 * packages of this module only.
 */
@NullMarked
package org.tequio.formats.table;

import org.jspecify.annotations.NullMarked;
