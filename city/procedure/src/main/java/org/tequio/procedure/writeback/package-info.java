/**
 * What a decision changes on the map, in the transaction that decides. Case files call it; it knows
 * nothing of them.
 */
@NullMarked
package org.tequio.procedure.writeback;

import org.jspecify.annotations.NullMarked;
