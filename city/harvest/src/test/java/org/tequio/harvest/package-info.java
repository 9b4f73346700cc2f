/** Pulls from real and from faulty servers on this machine. */
@NullMarked
package org.tequio.harvest;

import org.jspecify.annotations.NullMarked;
