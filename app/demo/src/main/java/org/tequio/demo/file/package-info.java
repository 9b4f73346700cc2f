/**
 * The files of the departments, written as they really come: with the formats' old habits, and with
 * the faults that Tequio's own writers refuse to make. Kept apart from the product's writers on
 * purpose, so that a reader is never tested against its own twin. Every byte depends on the rows
 * alone: no clock, no name of the machine.
 */
@NullMarked
package org.tequio.demo.file;

import org.jspecify.annotations.NullMarked;
