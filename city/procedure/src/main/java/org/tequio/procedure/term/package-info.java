/**
 * The law's clock: offices' calendars and the counting of terms on them. Pure: no file, no network
 * and no clock of its own is asked here. Case files and packs call it.
 */
@NullMarked
package org.tequio.procedure.term;

import org.jspecify.annotations.NullMarked;
