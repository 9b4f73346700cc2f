/**
 * Keys of offices and the signatures that they make on PDF (PAdES baseline B-B, ETSI EN 319 142-1),
 * and what a signature that somebody hands in says. Knows nothing of procedures.
 */
@NullMarked
package org.tequio.procedure.signing;

import org.jspecify.annotations.NullMarked;
