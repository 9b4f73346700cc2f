/**
 * Papers: what comes out of procedures, signed and kept. What the map answers at once and what
 * offices decide become PDF that everyone can verify by a code and recompute as of its day.
 */
@NullMarked
package org.tequio.procedure.paper;

import org.jspecify.annotations.NullMarked;
