/**
 * The departments of Villa Tequio: each office writes its own files about the same town, in its own
 * formats and with its own habits, and notes the defects that it left in them.
 */
@NullMarked
package org.tequio.demo.office;

import org.jspecify.annotations.NullMarked;
