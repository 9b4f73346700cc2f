/**
 * How other servers are asked: politely, again where that may help, within limits, and so that a
 * pull that was broken off goes on from the pages that it has.
 */
@NullMarked
package org.tequio.harvest.fetch;

import org.jspecify.annotations.NullMarked;
