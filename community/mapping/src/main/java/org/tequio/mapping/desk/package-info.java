/**
 * Where things are done: each action is one transaction that asks whether it may, changes tasks and
 * leases, and writes the history. Whatever is refused leaves no trace.
 */
@NullMarked
package org.tequio.mapping.desk;

import org.jspecify.annotations.NullMarked;
