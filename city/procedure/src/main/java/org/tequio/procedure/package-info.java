/**
 * Procedures: what residents may ask of the city, as data of a pack. A procedure's rules ask the
 * layers; its terms run on the calendar of the office that resolves it; its case files keep every
 * step. This package is the module's API: the words of a procedure and the module's entry.
 */
@NullMarked
package org.tequio.procedure;

import org.jspecify.annotations.NullMarked;
