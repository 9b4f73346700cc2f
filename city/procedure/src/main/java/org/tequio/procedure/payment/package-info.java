/**
 * The port to whoever takes money for the city, and a complete provider for trying everything out.
 * Case files call it; it knows nothing of them.
 */
@NullMarked
package org.tequio.procedure.payment;

import org.jspecify.annotations.NullMarked;
